/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa report: tables over what aired. Reads the folder beside a running station. */
#include "base/must.h"
#include "base/text.h"
#include "cli/answer.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/made.h"
#include "cli/outfile.h"
#include "cli/report_all.h"
#include "cli/report_packs.h"
#include "cli/station_tz.h"
#include "proof/afresh.h"
#include "proof/lag.h"
#include "proof/reader.h"
#include "report/filetype.h"
#include "report/formats.h"
#include "report/known.h"
#include "report/summary.h"
#include "report/wish.h"
#include "sys/disk.h"

#include <locale.h>
#include <string.h>

struct words {
	const char *data, *format, *path, *lang, *reply;
	struct wish wish;
	struct arg_list packs, keys;
	int left_out; /* of the packs */
};

/* As which file: a table, or the report in words. */
struct as {
	const struct table_format *table;
	document_write *document;
};

static bool choose(const struct words *w, struct as *to, struct err *e)
{
	static const char *const tables[] = {"pdf", "xlsx", "csv", "json", "html", NULL};
	static const char *const documents[] = {"pdf", "html", "json", NULL};
	bool words = strcmp(w->wish.table, SUMMARY_NAME) == 0;
	const char *format = outfile_format(w->path, w->format, words ? documents : tables,
					    words ? "html" : "csv", e);

	if (format == NULL)
		return false;
	to->document = words ? document_format(format) : NULL;
	to->table = words ? NULL : report_format(format);
	must(to->document != NULL || to->table != NULL);
	return true;
}

/* Every table, into a folder. */
static bool is_all(const char *table)
{
	return strcmp(table, "all") == 0;
}

/* Of the words that are about a table every one is as good as another. */
static bool read_all(struct words *w, struct period *p, struct err *e)
{
	struct wish wish = w->wish;
	const char *field;

	if (w->reply != NULL || w->packs.count > 0 || w->format != NULL ||
	    strcmp(w->path, "-") == 0)
		return err_set(e, ERR_USAGE,
			       T("all: mọi bảng vào một thư mục: -o THƯ-MỤC, không --format, không "
				 "--from-pack", "all: every table into a folder: -o FOLDER, "
				 "neither --format nor --from-pack"));
	wish.table = "F";
	bool ok = wish_read(&wish, p, &field, e);
	w->wish.filter = wish.filter;
	return ok;
}

static bool read_words(struct words *w, struct period *p, struct as *to, struct err *e)
{
	const char *field;

	if (w->reply != NULL && w->path == NULL)
		w->path = "-";
	if (w->path == NULL)
		return err_set(e, ERR_USAGE, T("thiếu -o TỆP (\"-\": ra màn hình)",
					       "-o FILE is missing (\"-\": to the terminal)"));
	if (is_all(w->wish.table))
		return read_all(w, p, e);
	return wish_read(&w->wish, p, &field, e) && choose(w, to, e);
}

static bool write_report(const struct report *r, const char *table, const struct as *as,
			 FILE *out, struct err *e)
{
	struct table_writer w = {.out = out, .format = as->table};

	if (as->document != NULL)
		return summary_write(r, as->document, out, e);
	bool ok = report_write(r, table, &w, e);

	table_finish(&w);
	return ok;
}

static bool write_file(const struct report *r, const char *table, const struct as *as,
		       const char *path, struct err *e)
{
	struct outfile o;

	return outfile_begin(&o, path, e) &&
	       outfile_end(&o, write_report(r, table, as, o.out, e), e);
}

/* Its rows are of the log, not of the view. */
static bool make(struct made *m, const char *table, struct view *have, struct disk *disk,
		 struct err *e)
{
	struct wall from, to;

	period_span(&m->r.period, &m->tz, &from, &to);
	from = tz_wall(&m->tz, is_all(table) ? report_all_first(&m->r)
					     : report_first(&m->r, table), 0);
	return afresh_make(&m->r.view, have, disk, from, to, e);
}

static bool write_to(const struct made *m, const struct words *w, const struct as *as, FILE *out,
		     struct err *e)
{
	const char *table = w->wish.table;

	if (is_all(table))
		return report_all(&m->r, w->path, e);
	if (out != NULL)
		return write_report(&m->r, table, as, out, e);
	return strcmp(w->path, "-") == 0 ? write_report(&m->r, table, as, stdout, e)
					 : write_file(&m->r, table, as, w->path, e);
}

/* out: where it goes to; NULL: as the words say. */
static bool run(struct words *w, struct made *m, FILE *out, struct err *e)
{
	const char *dir = args_data(w->data);
	struct as as = {0};
	struct disk_real disk;
	char path[PATH_BYTES + 16];
	struct view *have;

	snprintf(path, sizeof(path), "%s/view.sqlite", dir);
	if (!read_words(w, &m->r.period, &as, e) || !station_tz(&m->tz, dir, e) ||
	    !disk_real_open(&disk, dir, e))
		return false;
	m->r.filter = w->wish.filter;
	m->r.by = w->wish.divided;
	bool ok = reader_open(&have, path, e);
	if (ok) {
		made_gather(m, dir, &disk.disk);
		lag_warn(dir, have);
		ok = zoned(m->settings, &m->lists.places, m->r.period.last, &m->r.filter.place,
			   m->zones_asked, e) &&
		     make(m, w->wish.table, have, &disk.disk, e);
		made_began(m, have);
		reader_close(have);
		if (ok) {
			made_head(m, &disk.disk);
			ok = known_filter(&m->r, e) && write_to(m, w, &as, out, e);
			reader_close(m->r.view);
		}
		made_let_go(m);
	}
	disk_real_close(&disk);
	return ok;
}

static bool write_packs(struct words *w, const struct report_packs *a, const struct as *as,
			FILE *out, struct err *e)
{
	struct table_writer writer = {.out = out, .format = as->table};

	if (as->document != NULL)
		return report_packs_tell(a, as->document, out, &w->left_out, e);
	bool ok = report_packs_write(a, &writer, &w->left_out, e);

	table_finish(&writer);
	return ok;
}

/* Of the packs that stations handed over, and of nobody's folder. */
static bool run_packs(struct words *w, struct err *e)
{
	struct report_packs a = {.paths = &w->packs, .keys = &w->keys, .data = w->data,
				 .table = w->wish.table};
	struct as as = {0};
	struct outfile o;

	if (w->reply != NULL)
		return err_set(e, ERR_USAGE, T("--from-pack: không qua trang",
					       "--from-pack: not over the page"));
	if (!read_words(w, &a.period, &as, e))
		return false;
	a.table = w->wish.table;
	a.filter = w->wish.filter;
	a.by = w->wish.divided;
	if (strcmp(w->path, "-") == 0)
		return write_packs(w, &a, &as, stdout, e);
	return outfile_begin(&o, w->path, e) &&
	       outfile_end(&o, write_packs(w, &a, &as, o.out, e), e);
}

/* A table that lacks a pack is written, and is not what was asked for. */
static int merge(struct words *w)
{
	struct err e = {0};

	setlocale(LC_CTYPE, "C.UTF-8"); /* names of recordings in a zip file */
	if (!run_packs(w, &e))
		return args_fail(&e);
	if (w->left_out > 0)
		fprintf(stderr, T("vangxa: %s: số gói bị loại: %d, kể ở cuối bảng\n",
				  "vangxa: %s: packs left out: %d; it names them\n"),
			w->path, w->left_out);
	return w->left_out > 0 ? 3 : 0;
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
	static struct words w; /* zeroed; too large for a stack that is to stay small */
	struct wish *wish = &w.wish;
	struct made m = {.log = ""};
	struct err e = {0};
	char **words;
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
		{.name = "place", .value = &wish->filter.place},
		{.name = "producer", .value = &wish->filter.producer},
		{.name = "only", .value = &wish->only},
		{.name = "by", .value = &wish->by},
		{.name = "from-pack", .list = &w.packs, .path = true},
		{.name = "key", .list = &w.keys, .path = true},
		{.name = "format", .value = &w.format},
		{.name = "lang", .value = &w.lang},   /* of who takes it over a page … */
		{.name = "reply", .value = &w.reply}, /* … and the question it answers */
		{.name = "output", .letter = 'o', .value = &w.path, .path = true},
		{0},
	};

	if (!args_read(argc, argv, options, 1, 2, &words, &count, &e))
		return args_fail(&e);
	text_speak(text_reader(w.lang));
	wish->table = words[0];
	if (count > 1 && wish->period != NULL) {
		err_set(&e, ERR_USAGE, T("kỳ báo cáo ghi hai lần", "the period is said twice"));
		return args_fail(&e);
	}
	wish->period = count > 1 ? words[1] : wish->period;
	if (w.packs.count > 0)
		return merge(&w);
	if (w.keys.count > 0) {
		err_set(&e, ERR_USAGE, T("--key chỉ đi với --from-pack",
					 "--key goes with --from-pack only"));
		return args_fail(&e);
	}
	if (w.reply != NULL)
		return reply(&w);
	return run(&w, &m, NULL, &e) ? 0 : args_fail(&e);
}
