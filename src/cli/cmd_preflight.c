/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa preflight: tomorrow, planned and rendered without a sound, and what of it somebody should
 * look at. Reads DIR beside a running station and changes nothing; the station starts it every
 * evening and writes down what it says. */
#include "base/json.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/faulty.h"
#include "cli/remote.h"
#include "plan/preflight.h"
#include "station/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SOUNDLESS_LUFS (-60.0) /* of what was mixed: no horn makes anything of it */

/* What people know it by: a bulletin's title, else the file, the relay, or the slot it stood in. */
static const char *name_of(const struct world *w, const json_t *line)
{
	static const char *const keys[] = {"file", "relay", "slot"};
	const char *id = json_get_text(line, "bulletin", ""), *name = id;

	for (int i = 0; id[0] != '\0' && i < w->input.bulletin_count; i++)
		if (strcmp(w->input.bulletins[i].id, id) == 0 &&
		    w->input.bulletins[i].title[0] != '\0')
			return w->input.bulletins[i].title;
	for (size_t i = 0; name[0] == '\0' && i < sizeof(keys) / sizeof(keys[0]); i++)
		name = json_get_text(line, keys[i], "");
	return name;
}

static void add_line(struct preflight *p, const struct world *w, const json_t *line, enum saying s)
{
	const char *planned = json_get_text(line, "planned", "");
	char at[8] = "";
	json_t *said = saying(s);

	if (strlen(planned) > 16)
		snprintf(at, sizeof(at), "%.5s", planned + 11);
	json_object_set_new(said, "at", json_text(at));
	json_object_set_new(said, "title", json_text(name_of(w, line)));
	preflight_add(p, "error", said);
}

/* One airing as it would stand in the log. */
static void judge(struct preflight *p, const struct world *w, const char *text)
{
	struct err ignored = {0};
	json_t *line = json_read(text, strlen(text), &ignored);
	const char *reason = json_get_text(line, "reason", "");
	bool ended = strcmp(json_get_text(line, "kind", ""), "airing.ended") == 0;

	if (strcmp(reason, "damaged-file") == 0 || strcmp(reason, "missing-file") == 0)
		add_line(p, w, line, SAYING_PREFLIGHT_DAMAGED);
	else if (strcmp(reason, "master-changed") == 0)
		add_line(p, w, line, SAYING_PREFLIGHT_CHANGED);
	else if (ended && json_get_number(line, "frames", 0) > FRAMES_PER_S &&
		 json_get_number(line, "loudness_lufs", -70) < SOUNDLESS_LUFS)
		add_line(p, w, line, SAYING_PREFLIGHT_SOUNDLESS);
	json_decref(line);
}

/* The next stretch of the plan, from number *i on, in which something sounds that is more than a
 * demonstration. Silence between is not rendered: on an old PC it would cost minutes. */
static bool next_stretch(const struct plan *p, int *i, struct wall *from, struct wall *to)
{
	for (*to = (struct wall){INT64_MIN}; *i < p->count; (*i)++) {
		const struct occurrence *o = &p->list[*i];
		struct wall end = wall_add_ns(o->start, ns_of_frames(o->finish_frames));
		if (o->slot->demo || o->item_count == 0)
			continue;
		if (to->ns == INT64_MIN)
			*from = o->start;
		else if (o->start.ns > to->ns)
			return true;
		if (end.ns > to->ns)
			*to = end;
	}
	return to->ns != INT64_MIN;
}

/* By the engine that is on air, without a file. */
static bool render_all(const struct world *w, const char *dir, const struct plan *plan, FILE *lines,
		       struct err *e)
{
	struct render_job job = {.world = w, .dir = dir, .as_run = lines};
	bool ok = true;

	for (int i = 0; ok && next_stretch(plan, &i, &job.from, &job.to);)
		ok = render_run(&job, e);
	return ok;
}

static bool render_day(struct preflight *p, const struct world *w, const char *dir,
		       struct date day, struct err *e)
{
	const struct tz *tz = &w->files->settings.tz;
	struct plan plan = {0};
	FILE *lines = tmpfile();
	char *line = NULL;
	size_t size = 0;

	if (lines == NULL)
		return err_errno(e, T("tệp tạm", "a temporary file"));
	bool ok = plan_make(&plan, &w->input, tz_wall(tz, day, 0),
			    tz_wall(tz, date_add_days(day, 1), 0), e) &&
		  render_all(w, dir, &plan, lines, e);
	rewind(lines);
	while (ok && getline(&line, &size, lines) > 0)
		judge(p, w, line);
	plan_finish(&plan);
	free(line);
	fclose(lines);
	return ok;
}

/* What is faulty is in none of the starts above: nothing else may be said to be in order. */
static json_t *faults_json(const struct faults *f)
{
	json_t *list = json_array();

	for (int i = 0; i < f->count; i++) {
		char place[PATH_BYTES + 16];
		if (f->list[i].grade != FAULT_ERROR)
			continue;
		fault_place(&f->list[i], place);
		json_array_append_new(list, json_pack("{s:o, s:o}", "place", json_text(place),
						      "text", json_text(fault_text(&f->list[i]))));
	}
	return list;
}

static void print_text(const struct preflight *p, const json_t *faults)
{
	const json_t *one;
	char text[REASON_BYTES + 200];
	size_t i;

	json_array_foreach(faults, i, one)
		printf("! %s: %s\n", json_get_text(one, "place", ""),
		       json_get_text(one, "text", ""));
	printf(T("%d lượt phát:\n", "%d starts:\n"), (int)p->start_count);
	json_array_foreach(p->starts, i, one)
		printf("  %s\n", json_string_value(one));
	if (json_array_size(p->findings) == 0 && json_array_size(faults) == 0)
		puts(T("Không có gì phải xem lại.", "Nothing to look at."));
	json_array_foreach(p->findings, i, one) {
		saying_words(one, text_english(), text, sizeof(text));
		printf("%s %s\n", strcmp(json_get_text(one, "grade", ""), "info") == 0 ? "-" : "!",
		       text);
	}
}

static void print_json(const struct preflight *p, json_t *faults, struct date day)
{
	char date[11];

	date_print(day, date);
	json_t *json = json_pack("{s:s, s:O, s:O, s:O, s:I}", "date", date, "faults", faults,
				 "findings", p->findings, "starts", p->starts, "start_count",
				 (json_int_t)p->start_count);
	remote_print(json);
	json_decref(json);
}

/* Tomorrow, unless said. */
static bool read_day(const char *text, const struct tz *tz, struct date *day, struct err *e)
{
	*day = date_add_days(tz_date(tz, (struct wall){time(NULL) * NS_PER_S}, NULL), 1);
	return text == NULL || date_parse(text, day) ||
	       err_set(e, ERR_USAGE, T("--date cần một ngày như 2026-11-24",
				       "--date needs a day like 2026-11-24"));
}

int cmd_preflight(int argc, char **argv)
{
	const char *data = NULL, *date = NULL;
	bool as_json = false;
	struct err e = {0};
	struct world w;
	struct preflight p = {0};
	struct date day;
	const struct arg options[] = {{.name = "data", .value = &data, .path = true},
				      {.name = "date", .value = &date},
				      {.name = "json", .flag = &as_json},
				      {0}};

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e) ||
	    !world_open(&w, args_data(data), NULL, &e))
		return args_fail(&e);
	faulty_tell(&w.files->faults, args_data(data), stderr);
	bool ok = read_day(date, &w.files->settings.tz, &day, &e) &&
		  preflight_make(&p, &w.input, day, &e);
	if (ok && !(ok = render_day(&p, &w, args_data(data), day, &e)))
		preflight_finish(&p);
	json_t *faults = faults_json(&w.files->faults);
	bool faulty = json_array_size(faults) > 0;
	world_finish(&w);
	if (ok && as_json)
		print_json(&p, faults, day);
	else if (ok)
		print_text(&p, faults);
	json_decref(faults);
	if (!ok)
		return args_fail(&e);
	bool found = json_array_size(p.findings) > 0;
	preflight_finish(&p);
	if (faulty)
		return 1;
	return found && !as_json ? 3 : 0;
}
