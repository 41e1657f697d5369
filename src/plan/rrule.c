/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rrule.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static struct icalrecurrencetype read_rule(const char *text)
{
	/* Debian's libical aborts on bad input unless told not to. */
	icalerror_set_errors_are_fatal(false);
	icalerror_clear_errno();
	return icalrecurrencetype_from_string(text);
}

static bool has(const short *by)
{
	return by[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* The parts that choose days, each with a value that is right. */
static const struct {
	const char *name, *example;
} parts[] = {
	{"FREQ", "FREQ=WEEKLY"}, {"UNTIL", "UNTIL=20261231"}, {"COUNT", "COUNT=10"},
	{"INTERVAL", "INTERVAL=2"}, {"BYDAY", "BYDAY=MO,WE,FR"}, {"BYMONTHDAY", "BYMONTHDAY=1,15"},
	{"BYYEARDAY", "BYYEARDAY=1,100"}, {"BYWEEKNO", "BYWEEKNO=1,26"}, {"BYMONTH", "BYMONTH=1,7"},
	{"BYSETPOS", "BYSETPOS=-1"}, {"WKST", "WKST=MO"},
};
#define PARTS (int)(sizeof(parts) / sizeof(parts[0]))
enum { FREQ, UNTIL, COUNT }; /* numbers of the first in the list */
#define EXAMPLE "FREQ=WEEKLY;BYDAY=MO,WE,FR"

/* One part of the text: "NAME=VALUE" of len bytes. */
struct part {
	const char *text;
	int len, name_len;
	int number; /* in parts[], PARTS if there is no such name */
};

/* Takes the part at `text`; returns where the next begins, NULL behind the last. */
static const char *take_part(const char *text, struct part *p)
{
	p->text = text;
	p->len = (int)strcspn(text, ";");
	p->name_len = (int)strcspn(text, "=;");
	for (p->number = 0; p->number < PARTS; p->number++)
		if ((int)strlen(parts[p->number].name) == p->name_len &&
		    strncasecmp(parts[p->number].name, text, (size_t)p->name_len) == 0)
			break;
	return text[p->len] == ';' ? text + p->len + 1 : NULL;
}

static bool unknown_part(const struct part *p, struct err *e)
{
	char names[128];
	size_t len = 0;

	if (p->name_len == 0)
		return err_set(e, ERR_FAILED, T("rrule có dấu ; hoặc = thừa; ví dụ: %s",
						"rrule has a ; or = too many; an example: %s"),
			       EXAMPLE);
	for (int i = 0; i < PARTS && len < sizeof(names); i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s", i > 0 ? ", " : "",
					parts[i].name);
	return err_set(e, ERR_FAILED,
		       T("rrule không có phần \"%.*s\"; các phần dùng được: %s; ví dụ: %s",
			 "rrule has no part \"%.*s\"; it may have: %s; an example: %s"),
		       p->name_len < 60 ? p->name_len : 60, p->text, names, EXAMPLE);
}

/* libical takes UNTIL=2026-12-31 and 20261399 for some day, and thirteen months. */
static bool until_ok(const char *value)
{
	const char *rest = value + 8;
	char day[16];
	struct date d;

	if (strspn(value, "0123456789") != 8)
		return false;
	snprintf(day, sizeof(day), "%.4s-%.2s-%.2s", value, value + 4, value + 6);
	if (!date_parse(day, &d))
		return false;
	if (*rest == '\0')
		return true;
	return rest[0] == 'T' && strspn(rest + 1, "0123456789") == 6 &&
	       (rest[7] == '\0' || strcmp(rest + 7, "Z") == 0);
}

static bool months_ok(const struct icalrecurrencetype *rule)
{
	for (int i = 0; i < ICAL_BY_MONTH_SIZE && has(rule->by_month + i); i++)
		if (rule->by_month[i] < 1 || rule->by_month[i] > 12)
			return false;
	return true;
}

/* libical takes a value that it cannot read in silence when others stand beside it. */
static bool readable(const struct part *p)
{
	char text[NAME_BYTES + 16];

	if (p->number == UNTIL) {
		snprintf(text, sizeof(text), "%.*s", p->len - p->name_len - 1,
			 p->text + p->name_len + 1);
		if (!until_ok(text))
			return false;
	}

	/* COUNT and the others mean something only beside a frequency. */
	snprintf(text, sizeof(text), "%s%.*s", p->number == FREQ ? "" : "FREQ=YEARLY;", p->len,
		 p->text);
	struct icalrecurrencetype rule = read_rule(text);
	return rule.freq != ICAL_NO_RECURRENCE && icalerrno == ICAL_NO_ERROR &&
	       rule.interval >= 1 && rule.count >= 0 && months_ok(&rule);
}

static bool check_part(const struct part *p, unsigned *seen, struct err *e)
{
	int shown = p->len < 60 ? p->len : 60;

	if (p->number == PARTS)
		return unknown_part(p, e);
	const char *name = parts[p->number].name, *example = parts[p->number].example;
	if ((*seen & 1u << p->number) != 0)
		return err_set(e, ERR_FAILED,
			       T("rrule có %s hai lần; gộp lại thành một, ví dụ: %s",
				 "rrule has %s twice; make one of them, for example: %s"),
			       name, example);
	*seen |= 1u << p->number;
	if (p->len <= p->name_len + 1)
		return err_set(e, ERR_FAILED, T("rrule: %s thiếu giá trị; ví dụ: %s",
						"rrule: %s has no value; for example: %s"),
			       name, example);
	if (p->number == FREQ && !readable(p))
		return err_set(e, ERR_FAILED,
			       T("rrule: \"%.*s\" không đúng; dùng FREQ=DAILY, FREQ=WEEKLY, "
				 "FREQ=MONTHLY hoặc FREQ=YEARLY",
				 "rrule: \"%.*s\" is not right; use FREQ=DAILY, FREQ=WEEKLY, "
				 "FREQ=MONTHLY or FREQ=YEARLY"),
			       shown, p->text);
	if (!readable(p))
		return err_set(e, ERR_FAILED, T("rrule: \"%.*s\" không đúng; ví dụ: %s",
						"rrule: \"%.*s\" is not right; for example: %s"),
			       shown, p->text, example);
	return true;
}

/* Part by part, because libical only says that something is wrong, if that. */
static bool check_parts(const char *text, struct err *e)
{
	unsigned seen = 0;
	struct part p;

	for (const char *next = text; next != NULL;) {
		next = take_part(next, &p);
		if (!check_part(&p, &seen, e))
			return false;
	}
	if ((seen & 1u << FREQ) == 0)
		return err_set(e, ERR_FAILED, T("rrule thiếu FREQ; ví dụ: %s",
						"rrule has no FREQ; an example: %s"), EXAMPLE);
	if ((seen & 1u << UNTIL) != 0 && (seen & 1u << COUNT) != 0)
		return err_set(e, ERR_FAILED, T("rrule chỉ được có một trong hai: UNTIL hoặc COUNT",
						"rrule may have UNTIL or COUNT, not both"));
	return true;
}

/* RFC 5545 gives these parts no meaning for FREQ=DAILY. */
static bool daily_ok(const struct icalrecurrencetype *rule)
{
	for (int i = 0; i < ICAL_BY_DAY_SIZE && has(rule->by_day + i); i++)
		if (icalrecurrencetype_day_position(rule->by_day[i]) != 0)
			return false;
	return !has(rule->by_year_day) && !has(rule->by_week_no) && !has(rule->by_set_pos);
}

static bool start_matters(const struct icalrecurrencetype *rule)
{
	if (rule->count > 0 || rule->interval > 1)
		return true;
	switch (rule->freq) {
	case ICAL_WEEKLY_RECURRENCE:
		return !has(rule->by_day);
	case ICAL_MONTHLY_RECURRENCE:
		return !has(rule->by_day) && !has(rule->by_month_day);
	case ICAL_YEARLY_RECURRENCE:
		return !has(rule->by_year_day) && !has(rule->by_day) &&
		       !(has(rule->by_month) && has(rule->by_month_day));
	default:
		return false;
	}
}

bool rrule_check(const char *text, bool *needs_start, struct err *e)
{
	if (strcasestr(text, "RSCALE") != NULL)
		return err_set(e, ERR_FAILED, T("rrule không dùng được RSCALE; ghi từng ngày vào "
						"\"dates\"",
						"rrule cannot use RSCALE; list the days under "
						"\"dates\""));
	if (strcasestr(text, "BYHOUR") != NULL || strcasestr(text, "BYMINUTE") != NULL ||
	    strcasestr(text, "BYSECOND") != NULL || strcasestr(text, "HOURLY") != NULL ||
	    strcasestr(text, "MINUTELY") != NULL || strcasestr(text, "SECONDLY") != NULL)
		return err_set(e, ERR_FAILED,
			       T("rrule chỉ chọn ngày; giờ ghi ở \"start\" và \"repeat\"",
				 "rrule chooses days only; times go to \"start\" and \"repeat\""));
	if (!check_parts(text, e))
		return false;
	struct icalrecurrencetype rule = read_rule(text);
	if (rule.freq == ICAL_DAILY_RECURRENCE && !daily_ok(&rule))
		return err_set(e, ERR_FAILED,
			       T("rrule: FREQ=DAILY không đi với BYYEARDAY, BYWEEKNO, BYSETPOS hay "
				 "BYDAY có số; dùng FREQ=MONTHLY hoặc FREQ=YEARLY, ví dụ: "
				 "FREQ=MONTHLY;BYDAY=1MO",
				 "rrule: FREQ=DAILY does not go with BYYEARDAY, BYWEEKNO, BYSETPOS "
				 "or a numbered BYDAY; use FREQ=MONTHLY or FREQ=YEARLY, for "
				 "example: FREQ=MONTHLY;BYDAY=1MO"));
	/* An unreadable rule gives no error, only a frequency of "none". */
	if (rule.freq == ICAL_NO_RECURRENCE || icalerrno != ICAL_NO_ERROR || rule.interval < 1 ||
	    rule.count < 0)
		return err_set(e, ERR_FAILED,
			       T("rrule: các phần của \"%.80s\" không đi với nhau; ví dụ: %s",
				 "rrule: the parts of \"%.80s\" do not go together; an example: "
				 "%s"),
			       text, EXAMPLE);
	*needs_start = start_matters(&rule);
	return true;
}

/* Noon, not a bare date: libical 3.0 gives the same date for ever when FREQ=DAILY starts at one. */
static struct icaltimetype noon_of(struct date d)
{
	struct icaltimetype t = icaltime_null_time();

	t.year = d.year;
	t.month = d.month;
	t.day = d.day;
	t.hour = 12;
	return t;
}

/* The last day that matters: UNTIL if it is given, but never later than `to`, because a rule that
 * never occurs would search on until the year 2582. Beside COUNT too: only the text may not have
 * both. */
static void bound(struct icalrecurrencetype *rule, struct date to)
{
	struct icaltimetype last = noon_of(to), *until = &rule->until;

	if (!icaltime_is_null_time(*until) && icaltime_compare_date_only(*until, last) < 0)
		last = noon_of((struct date){until->year, until->month, until->day});
	last.hour = 23;
	*until = last;
}

static bool listed(const short *by, int size, int value, int other)
{
	if (!has(by))
		return true;
	for (int i = 0; i < size && has(by + i); i++)
		if (by[i] == value || by[i] == other)
			return true;
	return false;
}

static bool daily_on(const struct icalrecurrencetype *rule, struct date d)
{
	struct date next = {d.year + d.month / 12, d.month % 12 + 1, 1};
	int64_t rest = date_to_days(next) - date_to_days(d); /* this day and those after it */
	int weekday = (date_weekday(d) + 1) % 7 + 1; /* libical: 1 Sunday */

	return listed(rule->by_month, ICAL_BY_MONTH_SIZE, d.month, d.month) &&
	       listed(rule->by_month_day, ICAL_BY_MONTHDAY_SIZE, d.day, -(int)rest) &&
	       listed(rule->by_day, ICAL_BY_DAY_SIZE, weekday, weekday);
}

/* FREQ=DAILY is counted here: libical looks for the next day of one that never comes (30 February,
 * or each seventh day from a Monday on Tuesdays) through all days until 2582, half a second each
 * time, and UNTIL does not stop it. */
static void daily_days(const struct icalrecurrencetype *rule, int64_t start, int64_t from,
		       int64_t to, uint8_t *on)
{
	const struct icaltimetype *until = &rule->until;
	int64_t last = date_to_days((struct date){until->year, until->month, until->day});
	int left = rule->count > 0 ? rule->count : -1;

	if (left < 0 && start < from) /* without COUNT the days before need no counting */
		start += (from - start) / rule->interval * rule->interval;
	for (int64_t day = start; day <= to && day <= last && left != 0; day += rule->interval) {
		if (!daily_on(rule, date_from_days(day)))
			continue;
		left -= left > 0;
		if (day >= from)
			on[day - from] = 1;
	}
}

void rrule_days(const char *text, struct date start, struct date from, struct date to, uint8_t *on)
{
	struct icalrecurrencetype rule = read_rule(text);
	int64_t from_days = date_to_days(from), to_days = date_to_days(to), last = INT64_MIN;

	must(rule.freq != ICAL_NO_RECURRENCE);
	bound(&rule, to);
	if (rule.freq == ICAL_DAILY_RECURRENCE) {
		daily_days(&rule, date_to_days(start), from_days, to_days, on);
		return;
	}
	icalrecur_iterator *it = icalrecur_iterator_new(rule, noon_of(start));
	if (it == NULL)
		return; /* parts that contradict each other never occur */
	/* Jumping ahead forgets the phase of longer intervals; those are counted through. */
	if (rule.count == 0 && rule.interval == 1 && date_compare(start, from) < 0)
		icalrecur_iterator_set_start(it, noon_of(from));
	for (;;) {
		struct icaltimetype t = icalrecur_iterator_next(it);
		if (icaltime_is_null_time(t))
			break;
		int64_t days = date_to_days((struct date){t.year, t.month, t.day});
		if (days > to_days || days <= last)
			break;
		last = days;
		if (days >= from_days)
			on[days - from_days] = 1;
	}
	icalrecur_iterator_free(it);
}
