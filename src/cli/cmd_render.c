/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa render: a stretch of the broadcast day as a sound file. */
#include "base/limits.h"
#include "base/saying.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/faulty.h"
#include "cli/remote.h"
#include "plan/collide_tell.h"
#include "station/render.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RENDER_MAX_NS (31 * 86400 * NS_PER_S)

struct words {
	const char *data, *from, *to, *out, *zone, *as_run, *bits, *bitrate, *channels;
};

static bool number(const char *option, const char *text, int *out, struct err *e)
{
	char *end;

	if (text == NULL)
		return true;
	long value = strtol(text, &end, 10);
	if (*text == '\0' || *end != '\0' || value < 0 || value > 1000)
		return err_set(e, ERR_USAGE, T("--%s %s: không phải số hợp lệ",
					       "--%s %s: not a valid number"), option, text);
	*out = (int)value;
	return true;
}

static bool instant(const char *option, const char *text, const struct tz *tz, struct wall *t,
		    struct err *e)
{
	if (text != NULL && wall_parse(text, tz, t))
		return true;
	return err_set(e, ERR_USAGE,
		       T("--%s cần một thời điểm như 2026-11-23T05:30 hoặc 2026-11-23",
			 "--%s needs a time like 2026-11-23T05:30 or 2026-11-23"),
		       option);
}

static bool read_job(struct render_job *job, const struct words *w, struct err *e)
{
	const struct settings *s = &job->world->files->settings;

	if (!instant("from", w->from, &s->tz, &job->from, e) ||
	    !instant("to", w->to, &s->tz, &job->to, e))
		return false;
	if (job->to.ns <= job->from.ns || job->to.ns - job->from.ns > RENDER_MAX_NS)
		return err_set(e, ERR_USAGE, T("--to phải sau --from, nhiều nhất 31 ngày",
					       "--to must be after --from, 31 days at most"));
	if (w->out == NULL)
		return err_set(e, ERR_USAGE, T("thiếu -o TỆP.wav, .flac hoặc .mp3",
					       "-o FILE.wav, .flac or .mp3 is missing"));
	job->zone = w->zone != NULL ? settings_zone(s, w->zone) : 0;
	if (job->zone < 0)
		return err_set(e, ERR_NOT_FOUND, T("không có cụm loa \"%s\"", "no zone \"%s\""),
			       w->zone);
	job->path = w->out;
	return number("bits", w->bits, &job->file.bits, e) &&
	       number("bitrate", w->bitrate, &job->file.bitrate_kbps, e) &&
	       number("channels", w->channels, &job->file.channels, e);
}

/* What is heard of priority bulletins that nobody has put in order is the default. */
static void tell_orders(const struct render_job *job)
{
	const struct plan_input *in = &job->world->input;
	struct collision met[COLLISIONS_MAX];
	struct plan p;
	struct err e = {0};
	char words[1024];

	if (!plan_make(&p, in, job->from, job->to, &e))
		return; /* render has said so */
	int count = collide_find(&p, wall_add_ns(job->from, -1), met, COLLISIONS_MAX);
	for (int i = 0; i < count; i++) {
		if (met[i].given)
			continue;
		json_t *said = collide_saying(&met[i], &in->settings->tz);
		saying_words(said, text_english(), words, sizeof(words));
		fprintf(stderr, T("vangxa: lưu ý: %s\n", "vangxa: note: %s\n"), words);
		json_decref(said);
	}
	plan_finish(&p);
}

/* The as-run lines go to a file of their own, "-" is stdout. */
static bool run(struct render_job *job, const struct words *w, struct err *e)
{
	bool to_stdout = w->as_run != NULL && strcmp(w->as_run, "-") == 0;

	if (w->as_run != NULL)
		job->as_run = to_stdout ? stdout : fopen(w->as_run, "we");
	if (w->as_run != NULL && job->as_run == NULL)
		return err_errno(e, "%s", w->as_run);
	bool ok = render_run(job, e);
	if (job->as_run != NULL && !to_stdout && fclose(job->as_run) != 0 && ok)
		ok = err_errno(e, "%s", w->as_run);
	return ok;
}

int cmd_render(int argc, char **argv)
{
	struct words w = {0};
	struct err e = {0};
	struct world world;
	const struct arg options[] = {{.name = "data", .value = &w.data, .path = true},
				      {.name = "from", .value = &w.from},
				      {.name = "to", .value = &w.to},
				      {.name = "output",
				       .letter = 'o',
				       .value = &w.out,
				       .path = true},
				      {.name = "zone", .value = &w.zone},
				      {.name = "as-run", .value = &w.as_run, .path = true},
				      {.name = "bits", .value = &w.bits},
				      {.name = "bitrate", .value = &w.bitrate},
				      {.name = "channels", .value = &w.channels},
				      {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e) ||
	    !world_open(&world, args_data(w.data), NULL, &e))
		return args_fail(&e);
	struct render_job job = {
		.world = &world, .dir = args_data(w.data), .progress = remote_progress};
	/* As in `plan`: made of what is whole, and the status says that it is not all. */
	int left_out = faulty_tell(&world.files->faults, job.dir, stderr);
	bool ok = read_job(&job, &w, &e) && run(&job, &w, &e);
	if (ok)
		tell_orders(&job);
	world_finish(&world);
	if (!ok)
		return args_fail(&e);
	return left_out > 0 ? 1 : 0;
}
