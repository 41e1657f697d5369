/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/period.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define YEAR_FIRST 1971
#define YEAR_LAST 9998
#define DAY_TEXT "2026-11-23"

static bool refuse(const char *text, struct err *e)
{
	return err_set(e, ERR_USAGE,
		       T("kỳ \"%.40s\" không hiểu được; viết như 2026-11 (tháng), 2026-Q4 (quý), "
			 "2026-H1 (6 tháng đầu năm), 2026 (năm) hoặc 2026-11-01..2026-11-15 (ngày)",
			 "no period \"%.40s\"; write it like 2026-11 (month), 2026-Q4 (quarter), "
			 "2026-H1 (first half), 2026 (year) or 2026-11-01..2026-11-15 (days)"),
		       text);
}

/* So many digits and nothing behind them; −1. */
static int digits(const char *text, size_t count)
{
	int value = 0;

	if (strspn(text, "0123456789") != count || text[count] != '\0')
		return -1;
	for (; *text != '\0'; text++)
		value = value * 10 + (*text - '0');
	return value;
}

static bool of_months(struct period *p, enum period_kind kind, int number, int first, int last)
{
	p->kind = kind;
	p->number = number;
	p->first = date_month_begin(p->year, first, p->from_day);
	p->last = date_add_days(date_month_begin(p->year, last + 1, p->from_day), -1);
	return true;
}

/* What stands behind the year. */
static bool read_part(const char *part, struct period *p)
{
	int number;

	if (part[0] == '\0')
		return of_months(p, PERIOD_YEAR, 0, 1, 12);
	if (part[0] != '-')
		return false;
	part++;
	if ((number = digits(part, 2)) >= 1 && number <= 12)
		return of_months(p, PERIOD_MONTH, number, number, number);
	if (part[0] == 'Q' && (number = digits(part + 1, 1)) >= 1 && number <= 4)
		return of_months(p, PERIOD_QUARTER, number, 3 * number - 2, 3 * number);
	if (part[0] == 'H' && (number = digits(part + 1, 1)) >= 1 && number <= 2)
		return of_months(p, PERIOD_HALF, number, 6 * number - 5, 6 * number);
	return false;
}

static bool read_days(const char *text, struct period *p, struct err *e)
{
	const size_t len = sizeof(DAY_TEXT) - 1;
	struct date first, last;
	char day[sizeof(DAY_TEXT)];

	snprintf(day, sizeof(day), "%.10s", text);
	if (!date_parse(day, &first))
		return refuse(text, e);
	if (text[len] == '\0')
		return period_range(first, first, p, e);
	if (strncmp(text + len, "..", 2) != 0 || !date_parse(text + len + 2, &last))
		return refuse(text, e);
	return period_range(first, last, p, e);
}

bool period_parse(const char *text, int from_day, struct period *p, struct err *e)
{
	char year[5];

	must(from_day >= 1 && from_day <= 28);
	if (strlen(text) >= sizeof(DAY_TEXT) - 1)
		return read_days(text, p, e);
	snprintf(year, sizeof(year), "%.4s", text);
	*p = (struct period){.year = digits(year, 4), .from_day = from_day};
	if (p->year < YEAR_FIRST || p->year > YEAR_LAST || !read_part(text + 4, p))
		return refuse(text, e);
	return true;
}

bool period_range(struct date first, struct date last, struct period *p, struct err *e)
{
	int64_t days = date_to_days(last) - date_to_days(first) + 1;
	char from[11], to[11];

	*p = (struct period){.kind = PERIOD_DAYS, .from_day = PERIOD_CALENDAR, .first = first,
			     .last = last};
	date_tell(first, from);
	date_tell(last, to);
	if (days < 1)
		return err_set(e, ERR_USAGE,
			       T("ngày cuối %s đứng trước ngày đầu %s; đổi lại hai ngày",
				 "the last day, %s, is before the first, %s; exchange the two"),
			       to, from);
	if (first.year < YEAR_FIRST || last.year > YEAR_LAST || days > PERIOD_DAYS_MAX)
		return err_set(e, ERR_USAGE,
			       T("từ %s đến %s: báo cáo nhiều nhất %d ngày, từ năm %d",
				 "%s to %s: a report is about %d days at most, from %d on"),
			       from, to, PERIOD_DAYS_MAX, YEAR_FIRST);
	return true;
}

bool period_before(const struct period *p, struct period *before)
{
	static const int parts[] = {[PERIOD_MONTH] = 12, [PERIOD_QUARTER] = 4, [PERIOD_HALF] = 2,
				    [PERIOD_YEAR] = 1};
	struct err ignored = {0};
	char text[16];

	if (p->kind == PERIOD_DAYS)
		return period_range(date_add_days(p->first, -period_days(p)),
				    date_add_days(p->first, -1), before, &ignored);
	bool over = p->number <= 1; /* of a year it is 0 */
	int year = p->year - over, part = over ? parts[p->kind] : p->number - 1;
	if (p->kind == PERIOD_MONTH)
		snprintf(text, sizeof(text), "%04d-%02d", year, part);
	else if (p->kind == PERIOD_YEAR)
		snprintf(text, sizeof(text), "%04d", year);
	else
		snprintf(text, sizeof(text), "%04d-%c%d", year,
			 p->kind == PERIOD_QUARTER ? 'Q' : 'H', part);
	return period_parse(text, p->from_day, before, &ignored);
}

void period_span(const struct period *p, const struct tz *tz, struct wall *from, struct wall *to)
{
	*from = tz_wall(tz, p->first, 0);
	*to = tz_wall(tz, date_add_days(p->last, 1), 0);
}

int period_days(const struct period *p)
{
	return (int)(date_to_days(p->last) - date_to_days(p->first)) + 1;
}

int period_day(const struct period *p, struct date d)
{
	int64_t day = date_to_days(d) - date_to_days(p->first);

	return day >= 0 && day < period_days(p) ? (int)day : -1;
}

static void name_of_days(const struct period *p, char *out)
{
	char from[11], to[11];

	date_tell(p->first, from);
	date_tell(p->last, to);
	if (date_compare(p->first, p->last) == 0)
		snprintf(out, PERIOD_NAME_BYTES, T("ngày %s", "%s"), from);
	else
		snprintf(out, PERIOD_NAME_BYTES, T("từ ngày %s đến ngày %s", "%s to %s"), from,
			 to);
}

/* " (15/10–14/11)": with years only where they are not the period's own. */
static void add_days(const struct period *p, char *out)
{
	size_t len = strlen(out);
	char from[11], to[11];

	date_tell(p->first, from);
	date_tell(p->last, to);
	if (p->first.year == p->last.year)
		from[5] = to[5] = '\0';
	snprintf(out + len, PERIOD_NAME_BYTES - len, " (%s–%s)", from, to);
}

void period_name(const struct period *p, char out[static PERIOD_NAME_BYTES])
{
	static const char *const quarters[] = {"I", "II", "III", "IV"};

	switch (p->kind) {
	case PERIOD_DAYS:
		name_of_days(p, out);
		return;
	case PERIOD_MONTH:
		snprintf(out, PERIOD_NAME_BYTES, T("tháng %s năm %d", "%s %d"),
			 text_month(p->number), p->year);
		break;
	case PERIOD_QUARTER:
		snprintf(out, PERIOD_NAME_BYTES, T("quý %s năm %d", "quarter %s of %d"),
			 quarters[p->number - 1], p->year);
		break;
	case PERIOD_HALF:
		snprintf(out, PERIOD_NAME_BYTES, T("6 tháng %s năm %d", "%s half of %d"),
			 p->number == 1 ? T("đầu", "first") : T("cuối", "second"), p->year);
		break;
	case PERIOD_YEAR:
		snprintf(out, PERIOD_NAME_BYTES, T("năm %d", "%d"), p->year);
		break;
	}
	if (p->from_day != PERIOD_CALENDAR)
		add_days(p, out);
}
