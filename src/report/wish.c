/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/wish.h"

#include "base/text.h"
#include "report/by.h"
#include "report/summary.h"

#include <string.h>

static bool read_day(const char *which, const char *text, struct date *d, const char **field,
		     struct err *e)
{
	*field = which;
	if (text != NULL && date_parse(text, d))
		return true;
	if (text != NULL && strlen(text) == strlen("2026-11-23") &&
	    strspn(text, "0123456789-") == strlen(text) && text[4] == '-' && text[7] == '-')
		return err_set(e, ERR_USAGE, T("%s: không có ngày %s", "%s: there is no day %s"),
			       which, text);
	return err_set(e, ERR_USAGE,
		       T("%s cần một ngày như 2026-11-23, hoặc cho một kỳ (period)",
			 "%s needs a day like 2026-11-23, or give a period"), which);
}

static bool read_range(const struct wish *w, struct period *p, const char **field, struct err *e)
{
	struct date from = {0}, to = {0};

	return read_day("from", w->from, &from, field, e) &&
	       read_day("to", w->to, &to, field, e) && period_range(from, to, p, e);
}

static bool read_period(const struct wish *w, struct period *p, const char **field, struct err *e)
{
	bool reporting = w->cycle != NULL && strcmp(w->cycle, "report") == 0;

	*field = "cycle";
	if (w->cycle != NULL && !reporting && strcmp(w->cycle, "calendar") != 0)
		return err_set(e, ERR_USAGE,
			       T("cycle %.40s: chọn calendar (tháng dương lịch) hoặc report (kỳ "
				 "báo cáo, từ ngày %d tháng trước)",
				 "cycle %.40s: choose calendar or report (from the %dth of the "
				 "month before)"), w->cycle, PERIOD_REPORT_DAY);
	if (w->period == NULL)
		return read_range(w, p, field, e);
	*field = "period";
	if (w->from != NULL || w->to != NULL)
		return err_set(e, ERR_USAGE, T("period hoặc from và to, không phải cả hai",
					       "period, or from and to, and not both"));
	return period_parse(w->period, reporting ? PERIOD_REPORT_DAY : PERIOD_CALENDAR, p, e);
}

static bool read_by(struct wish *w, const char **field, struct err *e)
{
	w->divided = REPORT_BY_ALL;
	*field = "by";
	if (w->by == NULL)
		return true;
	if (!by_parse(w->by, &w->divided))
		return err_set(e, ERR_USAGE,
			       T("by %.40s: chọn programme, language, place, producer hoặc fund",
				 "by %.40s: choose programme, language, place, producer or fund"),
			       w->by);
	return strcmp(w->table, "B") == 0 ||
	       err_set(e, ERR_USAGE,
		       T("chỉ bảng B chia được theo \"by\"; các bảng khác lọc được",
			 "only table B is divided by \"by\"; others can be narrowed"));
}

bool wish_read(struct wish *w, struct period *p, const char **field, struct err *e)
{
	*field = "table";
	if (summary_named(w->table))
		w->table = SUMMARY_NAME;
	else if (report_table_find(w->table) == NULL)
		return report_no_table(w->table, e);
	w->filter.only = -1;
	*field = "only";
	if (w->only != NULL && !report_class_parse(w->only, &w->filter.only))
		return err_set(e, ERR_USAGE,
			       T("only %.40s: chọn aired, not-aired hoặc unclear",
				 "only %.40s: choose aired, not-aired or unclear"), w->only);
	return read_by(w, field, e) && read_period(w, p, field, e);
}
