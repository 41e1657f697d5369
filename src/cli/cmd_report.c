/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa report: tables over what aired. Reads the folder beside a running station. */
#include "base/json.h"
#include "base/text.h"
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
#include "report/formats.h"
#include "report/report.h"
#include "station/catalogue.h"
#include "station/persons.h"
#include "sys/disk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct words {
	const char *data, *from, *to, *period, *cycle, *format, *path, *only, *lang;
	struct report_filter filter;
};

/* What a report is made from, and its names. */
struct made {
	struct report r;
	struct tz tz;
	struct codes lists[CODES_LISTS];
	struct settings *settings; /* NULL: none can be read */
	struct report_zone zones[ZONES_MAX];
	struct users *users;
	json_t *people; /* id → name, as they were asked for */
	char station[NAME_BYTES], log[512], mark[HASH_TEXT_BYTES + 24];
};

static bool read_day(const char *option, const char *text, struct date *d, struct err *e)
{
	if (text != NULL && date_parse(text, d))
		return true;
	return err_set(e, ERR_USAGE, T("--%s cần một ngày như 2026-11-23, hoặc cho --period",
				       "--%s needs a day like 2026-11-23, or give --period"),
		       option);
}

static bool read_period(const struct words *w, struct period *p, struct err *e)
{
	bool reporting = w->cycle != NULL && strcmp(w->cycle, "report") == 0;
	struct date from = {0}, to = {0};

	if (w->cycle != NULL && !reporting && strcmp(w->cycle, "calendar") != 0)
		return err_set(e, ERR_USAGE,
			       T("--cycle %.40s: chọn calendar (tháng dương lịch) hoặc report (kỳ "
				 "báo cáo, từ ngày %d tháng trước)",
				 "--cycle %.40s: choose calendar or report (from the %dth of the "
				 "month before)"), w->cycle, PERIOD_REPORT_DAY);
	if (w->period != NULL && (w->from != NULL || w->to != NULL))
		return err_set(e, ERR_USAGE, T("--period hoặc --from và --to, không phải cả hai",
					       "--period, or --from and --to, and not both"));
	if (w->period != NULL)
		return period_parse(w->period, reporting ? PERIOD_REPORT_DAY : PERIOD_CALENDAR, p,
				    e);
	return read_day("from", w->from, &from, e) && read_day("to", w->to, &to, e) &&
	       period_range(from, to, p, e);
}

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
	w->filter.only = -1;
	if (w->only != NULL && !report_class_parse(w->only, &w->filter.only))
		return err_set(e, ERR_USAGE,
			       T("--only %.40s: chọn aired, not-aired hoặc unclear",
				 "--only %.40s: choose aired, not-aired or unclear"), w->only);
	if (w->path == NULL)
		return err_set(e, ERR_USAGE, T("thiếu -o TỆP (\"-\": ra màn hình)",
					       "-o FILE is missing (\"-\": to the terminal)"));
	*format = choose(w);
	if (*format == NULL)
		return err_set(e, ERR_USAGE,
			       T("--format %.40s: chọn pdf, xlsx, csv, json hoặc html",
				 "--format %.40s: choose pdf, xlsx, csv, json or html"), w->format);
	return read_period(w, p, e);
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
	station_name(dir, m->station, sizeof(m->station));
	m->settings = station_settings(dir);
	m->r.zone_count = m->settings != NULL ? m->settings->zone_count : 0;
	for (int i = 0; i < m->r.zone_count; i++)
		m->zones[i] = (struct report_zone){m->settings->zones[i].name,
						   m->settings->zones[i].device};
	m->r.zones = m->zones;
	m->users = users_create(dir);
	m->people = json_object();
	m->r.tz = &m->tz;
	m->r.lists = m->lists;
	m->r.station = m->station;
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

static bool run(struct words *w, const char *table, struct err *e)
{
	const char *dir = args_data(w->data);
	const struct table_format *format = NULL;
	struct made m = {.log = ""};
	struct disk_real disk;
	char path[PATH_BYTES + 16];
	struct view *have;

	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	if (!read_words(w, &m.r.period, &format, e) || !station_tz(&m.tz, dir, e) ||
	    !disk_real_open(&disk, dir, e))
		return false;
	m.r.filter = w->filter;
	bool ok = reader_open(&have, path, e);
	if (ok) {
		lag_warn(dir, have);
		ok = make(&m, have, &disk.disk, e);
		reader_close(have);
	}
	if (ok) {
		gather(&m, dir, &disk.disk);
		ok = strcmp(w->path, "-") == 0 ? write_table(&m.r, table, format, stdout, e)
					       : write_file(&m.r, table, format, w->path, e);
		let_go(&m);
		reader_close(m.r.view);
	}
	disk_real_close(&disk);
	return ok;
}

int cmd_report(int argc, char **argv)
{
	struct words w = {0};
	struct err e = {0};
	char **tables;
	int count;
	const struct arg options[] = {
		{.name = "data", .value = &w.data, .path = true},
		{.name = "from", .value = &w.from},
		{.name = "to", .value = &w.to},
		{.name = "period", .value = &w.period},
		{.name = "cycle", .value = &w.cycle},
		{.name = "programme", .value = &w.filter.programme},
		{.name = "language", .value = &w.filter.language},
		{.name = "kind", .value = &w.filter.kind},
		{.name = "fund", .value = &w.filter.fund},
		{.name = "only", .value = &w.only},
		{.name = "format", .value = &w.format},
		{.name = "lang", .value = &w.lang}, /* of who takes it over a page */
		{.name = "output", .letter = 'o', .value = &w.path, .path = true},
		{0},
	};

	if (!args_read(argc, argv, options, 1, 1, &tables, &count, &e))
		return args_fail(&e);
	text_speak(text_reader(w.lang));
	return run(&w, tables[0], &e) ? 0 : args_fail(&e);
}
