/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa register NAME --export: a register as a file, read beside a running station. */
#include "base/must.h"
#include "base/text.h"
#include "cli/answer.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/made.h"
#include "cli/outfile.h"
#include "cli/station_tz.h"
#include "proof/afresh.h"
#include "proof/lag.h"
#include "proof/reader.h"
#include "report/filetype.h"
#include "report/formats.h"
#include "report/registerout.h"
#include "station/persons.h"
#include "sys/disk.h"

#include <stdlib.h>
#include <string.h>

struct words {
	const char *data, *format, *path, *lang, *reply;
	const struct register_shape *shape;
};

/* What is made of it, and of whom. */
struct making {
	struct made m;
	json_t *accounts; /* NULL: there are none to be read */
};

static const char *person(void *arg, const char *id)
{
	struct making *k = arg;
	const char *name = k->m.r.person(k->m.r.person_arg, id);
	int64_t found = persons_find(k->accounts, name);

	/* A name that two bear would be taken in again as the other one's. */
	return strncmp(id, "user:", 5) == 0 && strtoll(id + 5, NULL, 10) == found ? name : id;
}

static bool choose(struct words *w, struct err *e)
{
	static const char *const formats[] = {"csv", "xlsx", "json", NULL};

	const char *format = outfile_format(w->path, w->format, formats, "csv", e);

	w->format = format != NULL ? format : w->format;
	return format != NULL;
}

static bool write_out(struct making *k, const struct words *w, FILE *out, struct err *e)
{
	const struct registerout o = {&k->m.r, w->shape, person, k};
	struct table_writer to = {.out = out};

	if (strcmp(w->format, "json") == 0)
		return registerout_json(&o, out, e);
	to.format = report_format(w->format);
	must(to.format != NULL);
	bool ok = registerout_table(&o, &to, e);
	table_finish(&to);
	return ok;
}

static bool write_file(struct making *k, const struct words *w, struct err *e)
{
	struct outfile o;

	return outfile_begin(&o, w->path, e) &&
	       outfile_end(&o, write_out(k, w, o.out, e), e);
}

/* Its rows are of the log, not of the view, and of no period: all registers are held against it. */
static bool read_log(struct making *k, struct view *have, struct disk *disk, struct err *e)
{
	struct wall never = {0};

	return afresh_make(&k->m.r.view, have, disk, never, never, e);
}

static bool make(struct making *k, const struct words *w, struct view *have, struct disk *disk,
		 FILE *out, struct err *e)
{
	struct err none;

	made_gather(&k->m, args_data(w->data), disk);
	k->accounts = k->m.users != NULL ? users_list(k->m.users, &k->m.tz, &none) : NULL;
	bool ok = read_log(k, have, disk, e);
	if (ok) {
		made_head(&k->m, disk);
		ok = out != NULL || w->path == NULL || strcmp(w->path, "-") == 0
			     ? write_out(k, w, out != NULL ? out : stdout, e)
			     : write_file(k, w, e);
		reader_close(k->m.r.view);
	}
	json_decref(k->accounts);
	made_let_go(&k->m);
	return ok;
}

/* out: where it goes to; NULL: as the words say. */
static bool run(struct words *w, FILE *out, struct err *e)
{
	const char *dir = args_data(w->data);
	struct making k = {.accounts = NULL};
	struct disk_real disk;
	char path[PATH_BYTES + 16];
	struct view *have;

	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	if (!choose(w, e) || !station_tz(&k.m.tz, dir, e) || !disk_real_open(&disk, dir, e))
		return false;
	bool ok = reader_open(&have, path, e);
	if (ok) {
		lag_warn(dir, have);
		ok = make(&k, w, have, &disk.disk, out, e);
		reader_close(have);
	}
	disk_real_close(&disk);
	return ok;
}

/* For whoever asked the station: what is wrong is an answer too. */
static int reply(struct words *w)
{
	char name[80];
	struct err e = {0};
	FILE *file = answer_begin(&e);
	bool ok = file != NULL && run(w, file, &e);

	snprintf(name, sizeof(name), "so-%.40s.%.8s", w->shape->name, w->format);
	return answer_give(w->reply, file, ok, name, filetype_of(w->format), &e);
}

static bool find_shape(struct words *w, const char *name, struct err *e)
{
	w->shape = register_find(name);
	return w->shape != NULL ||
	       err_set(e, ERR_USAGE,
		       T("không có sổ \"%.40s\"; xem các sổ: vangxa register",
			 "there is no register \"%.40s\"; to see them: vangxa register"), name);
}

int cmd_register_out(int argc, char **argv)
{
	struct words w = {0};
	struct err e = {0};
	char **names;
	int count;
	const struct arg options[] = {
		{.name = "data", .value = &w.data, .path = true},
		{.name = "export", .value = &w.path, .path = true},
		{.name = "format", .value = &w.format},
		{.name = "lang", .value = &w.lang},   /* of who takes it over a page … */
		{.name = "reply", .value = &w.reply}, /* … and the question it answers */
		{0},
	};

	if (!args_read(argc, argv, options, 1, 1, &names, &count, &e) ||
	    !find_shape(&w, names[0], &e))
		return args_fail(&e);
	text_speak(text_reader(w.lang));
	if (w.reply != NULL && w.format != NULL)
		return reply(&w);
	return run(&w, NULL, &e) ? 0 : args_fail(&e);
}
