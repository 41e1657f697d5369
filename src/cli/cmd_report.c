/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa report: tables over what aired. Reads the folder beside a running station. */
#include "base/json.h"
#include "base/text.h"
#include "cli/answer.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/outfile.h"
#include "cli/station_tz.h"
#include "people/users.h"
#include "plan/settings.h"
#include "proof/afresh.h"
#include "proof/lag.h"
#include "proof/newest.h"
#include "proof/reader.h"
#include "report/filetype.h"
#include "report/formats.h"
#include "report/wish.h"
#include "station/catalogue.h"
#include "station/persons.h"
#include "sys/disk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct words {
	const char *data, *format, *path, *lang, *reply;
	struct wish wish;
};

/* What a report is made from, and its names. */
struct made {
	struct report r;
	struct tz tz;
	struct codes lists[CODES_LISTS];
	struct settings *settings; /* NULL: none can be read */
	struct report_zone zones[ZONES_MAX];
	struct users *users;
	struct letter letter;
	json_t *people; /* id → name, as they were asked for */
	char station[NAME_BYTES], log[512], mark[HASH_TEXT_BYTES + 24];
};

/* What is asked for, else what the file's name ends with, else CSV. */
static const struct table_format *choose(const struct words *w)
{
	const char *end = strrchr(w->path, '.');

	if (w->format != NULL)
		return report_format(w->format);
	if (end != NULL && strchr(end, '/') == NULL && report_format(end + 1) != NULL)
		return report_format(end + 1);
	return &table_csv;
}

static bool read_words(struct words *w, struct period *p, const struct table_format **format,
		       struct err *e)
{
	const char *field;

	if (w->reply != NULL && w->path == NULL)
		w->path = "-";
	if (w->path == NULL)
		return err_set(e, ERR_USAGE, T("thiếu -o TỆP (\"-\": ra màn hình)",
					       "-o FILE is missing (\"-\": to the terminal)"));
	*format = choose(w);
	if (*format == NULL)
		return err_set(e, ERR_USAGE,
			       T("--format %.40s: chọn pdf, xlsx, csv, json hoặc html",
				 "--format %.40s: choose pdf, xlsx, csv, json or html"), w->format);
	return wish_read(&w->wish, p, &field, e);
}

static const char *person(void *arg, const char *id)
{
	struct made *m = arg;
	json_t *name = json_object_get(m->people, id);

	if (name == NULL) {
		persons_add(m->users, m->people, id);
		if (json_object_get(m->people, id) == NULL)
			json_object_set_new(m->people, id, json_string(id));
		name = json_object_get(m->people, id);
	}
	return json_is_string(name) ? json_string_value(name) : id;
}

/* Whoever keeps the report can show later that nothing was taken out of the log. */
static void read_head(struct made *m, struct disk *disk)
{
	struct checkpoint head;
	char root[HASH_TEXT_BYTES];
	struct err none = {0};

	m->log[0] = m->mark[0] = '\0';
	if (!newest_head(disk, &head, &none) || head.size == 0)
		return;
	hash_print(&head.root, root);
	snprintf(m->log, sizeof(m->log),
		 T("Lập từ sổ nhật ký %.200s: %" PRId64 " mục đã ký, mã gốc %s",
		   "Made from log %.200s: %" PRId64 " entries signed, root %s"),
		 head.origin, head.size, root);
	snprintf(m->mark, sizeof(m->mark), "%" PRId64 ":%s", head.size, root);
}

static void gather(struct made *m, const char *dir, struct disk *disk)
{
	struct faults ignored = {0}; /* vangxa check tells them */

	read_head(m, disk);
	catalogue_load(disk, m->lists, &ignored);
	faults_finish(&ignored);
	m->settings = station_settings(dir);
	if (m->settings != NULL) {
		snprintf(m->station, sizeof(m->station), "%s", m->settings->name);
		m->letter = m->settings->letter;
		m->r.zone_count = m->settings->zone_count;
	}
	for (int i = 0; i < m->r.zone_count; i++)
		m->zones[i] = (struct report_zone){m->settings->zones[i].name,
						   m->settings->zones[i].device};
	m->r.zones = m->zones;
	m->users = users_create(dir);
	m->people = json_object();
	m->r.tz = &m->tz;
	m->r.lists = m->lists;
	m->r.station = m->station;
	m->r.letter = &m->letter;
	m->r.log = m->log;
	m->r.mark = m->mark;
	m->r.made.ns = (int64_t)time(NULL) * NS_PER_S;
	m->r.person = person;
	m->r.person_arg = m;
}

static void let_go(struct made *m)
{
	for (int i = 0; i < CODES_LISTS; i++)
		codes_finish(&m->lists[i]);
	free(m->settings);
	users_destroy(m->users);
	json_decref(m->people);
}

static bool write_table(const struct report *r, const char *table,
			const struct table_format *format, FILE *out, struct err *e)
{
	struct table_writer w = {.out = out, .format = format};
	bool ok = report_write(r, table, &w, e);

	table_finish(&w);
	return ok;
}

static bool write_file(const struct report *r, const char *table,
		       const struct table_format *format, const char *path, struct err *e)
{
	struct outfile o;

	return outfile_begin(&o, path, e) &&
	       outfile_end(&o, write_table(r, table, format, o.out, e), e);
}

/* Its rows are of the log, not of the view. */
static bool make(struct made *m, struct view *have, struct disk *disk, struct err *e)
{
	struct wall from, to;

	period_span(&m->r.period, &m->tz, &from, &to);
	return afresh_make(&m->r.view, have, disk, from, to, e);
}

static bool write_to(const struct made *m, const struct words *w,
		     const struct table_format *format, FILE *out, struct err *e)
{
	const char *table = w->wish.table;

	if (out != NULL)
		return write_table(&m->r, table, format, out, e);
	return strcmp(w->path, "-") == 0 ? write_table(&m->r, table, format, stdout, e)
					 : write_file(&m->r, table, format, w->path, e);
}

/* out: where it goes to; NULL: as the words say. */
static bool run(struct words *w, struct made *m, FILE *out, struct err *e)
{
	const char *dir = args_data(w->data);
	const struct table_format *format = NULL;
	struct disk_real disk;
	char path[PATH_BYTES + 16];
	struct view *have;

	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	if (!read_words(w, &m->r.period, &format, e) || !station_tz(&m->tz, dir, e) ||
	    !disk_real_open(&disk, dir, e))
		return false;
	m->r.filter = w->wish.filter;
	bool ok = reader_open(&have, path, e);
	if (ok) {
		lag_warn(dir, have);
		ok = make(m, have, &disk.disk, e);
		reader_close(have);
	}
	if (ok) {
		gather(m, dir, &disk.disk);
		ok = write_to(m, w, format, out, e);
		let_go(m);
		reader_close(m->r.view);
	}
	disk_real_close(&disk);
	return ok;
}

/* For whoever asked the station: what is wrong is an answer too. */
static int reply(struct words *w)
{
	struct made m = {.log = ""};
	char name[80], from[11], to[11];
	struct err e = {0};
	FILE *file = answer_begin(&e);
	bool ok = file != NULL && run(w, &m, file, &e);

	date_print(m.r.period.first, from);
	date_print(m.r.period.last, to);
	snprintf(name, sizeof(name), "bao-cao-%.8s-%s-%s.%.8s", w->wish.table, from, to,
		 w->format != NULL ? w->format : "csv");
	return answer_give(w->reply, file, ok, name,
			   filetype_of(w->format != NULL ? w->format : "csv"), &e);
}

int cmd_report(int argc, char **argv)
{
	struct words w = {0};
	struct wish *wish = &w.wish;
	struct made m = {.log = ""};
	struct err e = {0};
	char **tables;
	int count;
	const struct arg options[] = {
		{.name = "data", .value = &w.data, .path = true},
		{.name = "from", .value = &wish->from},
		{.name = "to", .value = &wish->to},
		{.name = "period", .value = &wish->period},
		{.name = "cycle", .value = &wish->cycle},
		{.name = "programme", .value = &wish->filter.programme},
		{.name = "language", .value = &wish->filter.language},
		{.name = "kind", .value = &wish->filter.kind},
		{.name = "fund", .value = &wish->filter.fund},
		{.name = "only", .value = &wish->only},
		{.name = "format", .value = &w.format},
		{.name = "lang", .value = &w.lang},   /* of who takes it over a page … */
		{.name = "reply", .value = &w.reply}, /* … and the question it answers */
		{.name = "output", .letter = 'o', .value = &w.path, .path = true},
		{0},
	};

	if (!args_read(argc, argv, options, 1, 1, &tables, &count, &e))
		return args_fail(&e);
	text_speak(text_reader(w.lang));
	wish->table = tables[0];
	if (w.reply != NULL)
		return reply(&w);
	return run(&w, &m, NULL, &e) ? 0 : args_fail(&e);
}
