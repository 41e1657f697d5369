/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rrule.h"

#include "base/must.h"
#include "base/text.h"

#include <libical/ical.h>
#include <string.h>
#include <strings.h>

static struct icalrecurrencetype read_rule(const char *text)
{
	/* Debian's libical aborts on bad input unless told not to. */
	icalerror_set_errors_are_fatal(false);
	icalerror_clear_errno();
	return icalrecurrencetype_from_string(text);
}

/* libical takes parts it does not know, and doubled ones, in silence. */
static bool known_parts(const char *text)
{
	static const char *const parts[] = {"FREQ", "UNTIL", "COUNT", "INTERVAL", "BYDAY",
					    "BYMONTHDAY",
					    "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST"};
	unsigned seen = 0;

	for (;; text++) {
		size_t name = strcspn(text, "=;"), i = 0, count = sizeof(parts) / sizeof(parts[0]);
		while (i < count && (strlen(parts[i]) != name || strncasecmp(parts[i], text,
									     name) != 0))
			i++;
		if (i == count || text[name] != '=' || strcspn(text + name + 1, ";") == 0 ||
		    (seen & 1u << i) != 0)
			return false;
		seen |= 1u << i;
		text += strcspn(text, ";");
		if (*text == '\0')
			return true;
	}
}

static bool has(const short *by)
{
	return by[0] != ICAL_RECURRENCE_ARRAY_MAX;
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
	const char *example = "FREQ=WEEKLY;BYDAY=MO,WE,FR";

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
	if (!known_parts(text))
		return err_set(e, ERR_FAILED, T("rrule \"%.80s\" không đúng; ví dụ: %s",
						"rrule \"%.80s\" is not right; an example: %s"),
			       text, example);
	struct icalrecurrencetype rule = read_rule(text);
	/* An unreadable rule gives no error, only a frequency of "none". */
	if (rule.freq == ICAL_NO_RECURRENCE || icalerrno != ICAL_NO_ERROR || rule.interval < 1 ||
	    rule.count < 0 || (rule.freq == ICAL_DAILY_RECURRENCE && !daily_ok(&rule)))
		return err_set(e, ERR_FAILED, T("rrule \"%.80s\" không đúng; ví dụ: %s",
						"rrule \"%.80s\" is not right; an example: %s"),
			       text, example);
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
