/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa pack: what an inspector takes away. Reads the folder beside a running station. */
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/forms.h"
#include "cli/outfile.h"
#include "cli/station_tz.h"
#include "proof/afresh.h"
#include "proof/lag.h"
#include "proof/parcel.h"
#include "proof/reader.h"
#include "report/period.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct words {
	const char *data, *from, *to, *period, *cycle, *path, *lang;
	bool silent, forms;
};

static bool day(const char *option, const char *text, struct date *d, struct err *e)
{
	if (text != NULL && date_parse(text, d))
		return true;
	return err_set(e, ERR_USAGE, T("--%s cần một ngày như 2026-11-23",
				       "--%s needs a day like 2026-11-23"), option);
}

/* A place and a month is what an inspection is about. */
static bool read_named(const struct words *w, struct parcel *p, struct err *e)
{
	bool reporting = w->cycle != NULL && strcmp(w->cycle, "report") == 0;
	struct period period;

	if (w->cycle != NULL && !reporting && strcmp(w->cycle, "calendar") != 0)
		return err_set(e, ERR_USAGE,
			       T("--cycle %.40s: chọn calendar hoặc report (từ ngày %d tháng "
				 "trước)",
				 "--cycle %.40s: choose calendar or report (from the %dth of the "
				 "month before)"), w->cycle, PERIOD_REPORT_DAY);
	if (w->from != NULL || w->to != NULL)
		return err_set(e, ERR_USAGE, T("--period, hoặc --from và --to, không phải cả hai",
					       "--period, or --from and --to, and not both"));
	if (!period_parse(w->period, reporting ? PERIOD_REPORT_DAY : PERIOD_CALENDAR, &period,
			  e))
		return false;
	p->first = period.first;
	p->last = period.last;
	return true;
}

static bool read_period(const struct words *w, struct parcel *p, struct err *e)
{
	if (w->path == NULL)
		return err_set(e, ERR_USAGE, T("thiếu -o TỆP.zip", "-o FILE.zip is missing"));
	if (w->period != NULL)
		return read_named(w, p, e);
	if (w->cycle != NULL)
		return err_set(e, ERR_USAGE, T("--cycle chỉ đi với --period",
					       "--cycle goes with --period only"));
	if (!day("from", w->from, &p->first, e) || !day("to", w->to, &p->last, e))
		return false;
	return date_compare(p->first, p->last) <= 0 ||
	       err_set(e, ERR_USAGE, T("--to không được trước --from",
				       "--to must not be before --from"));
}

static bool write_file(const struct parcel *p, const char *path, struct err *e)
{
	struct outfile o;

	return outfile_begin(&o, path, e) &&
	       outfile_end(&o, parcel_write(p, fileno(o.out), e), e);
}

/* What was written, and what is not in it: an empty period is whole and proves the log, and is
 * seldom what was meant. */
static bool tell(const struct words *w, const struct parcel *p, struct err *e)
{
	struct parcel_size size = {0};
	char first[11], last[11];
	struct stat st;

	if (stat(w->path, &st) != 0)
		return err_errno(e, "%s", w->path);
	if (!parcel_size(p, &size, e))
		return false;
	date_print(p->first, first);
	date_print(p->last, last);
	printf(T("Đã ghi %s: sổ đến đầu đã ký, kỳ %s – %s, %lld bản ghi âm, %lld kB.\n",
		 "Wrote %s: the log up to its signed head, %s to %s, %lld recordings, %lld kB.\n"),
	       w->path, first, last, (long long)(w->silent ? 0 : size.recordings),
	       (long long)(st.st_size + 999) / 1000);
	if (p->forms != NULL)
		printf(T("Kèm %d tệp biểu mẫu (forms/): phiếu kiểm tra F và các bảng có số.\n",
			 "With %d files of reports (forms/): checklist F and the tables that say "
			 "something.\n"), (int)json_object_size(p->forms));
	if (size.lines == 0)
		puts(T("LƯU Ý: sổ không có việc gì trong kỳ này, nên các bảng đều trống. Xem lại "
		       "--from và --to nếu không phải ý định.",
		       "NOTE: the log has nothing in this period, and all tables are empty. Look "
		       "at --from and --to again if that was not meant."));
	return true;
}

/* Its tables are of the log, not of the view. */
static bool write_afresh(const struct words *w, struct parcel *p, struct view *have, struct err *e)
{
	struct wall from = tz_wall(&p->tz, p->first, 0);
	struct wall to = tz_wall(&p->tz, date_add_days(p->last, 1), 0);

	if (!afresh_make(&p->view, have, p->disk, from, to, e))
		return false;
	bool ok = strcmp(w->path, "-") == 0 ? parcel_write(p, STDOUT_FILENO, e)
					    : write_file(p, w->path, e) && tell(w, p, e);
	reader_close(p->view);
	return ok;
}

static bool run(const struct words *w, struct err *e)
{
	const char *data = args_data(w->data);
	struct parcel p = {.dir = data, .silent = w->silent};
	struct forms forms = {.list = NULL};
	struct disk_real disk;
	char view[PATH_BYTES + 16];
	struct view *have;

	snprintf(view, sizeof(view), "%s/view.sqlite", data);
	if (!read_period(w, &p, e) || !station_tz(&p.tz, data, e) ||
	    !disk_real_open(&disk, data, e))
		return false;
	p.disk = &disk.disk;
	bool ok = (!w->forms || forms_make(&forms, data, p.first, p.last, e));
	p.forms = forms.list;
	p.forms_dir = forms.dir;
	if (ok && (ok = reader_open(&have, view, e))) {
		lag_warn(data, have);
		ok = write_afresh(w, &p, have, e);
		reader_close(have);
	}
	forms_finish(&forms);
	disk_real_close(&disk);
	return ok;
}

int cmd_pack(int argc, char **argv)
{
	struct words w = {0};
	struct err e = {0};
	const struct arg options[] = {
		{.name = "data", .value = &w.data, .path = true},
		{.name = "from", .value = &w.from},
		{.name = "to", .value = &w.to},
		{.name = "lang", .value = &w.lang}, /* of who takes it over a page */
		{.name = "period", .value = &w.period},
		{.name = "cycle", .value = &w.cycle},
		{.name = "no-recordings", .flag = &w.silent},
		{.name = "forms", .flag = &w.forms},
		{.name = "output", .letter = 'o', .value = &w.path, .path = true},
		{0},
	};

	setlocale(LC_CTYPE, "C.UTF-8"); /* names of recordings in the zip file */
	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e))
		return args_fail(&e);
	text_speak(text_reader(w.lang));
	return run(&w, &e) ? 0 : args_fail(&e);
}
