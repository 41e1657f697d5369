/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rrule_tell.h"

#include "base/must.h"
#include "base/text.h"

#include <libical/ical.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define NTH_TOLD_MAX 5 /* "the fifth Monday" is the last that a month may have */

static bool has(const short *by)
{
	return by[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

static int count_of(const short *by)
{
	int count = 0;

	while (by[count] != ICAL_RECURRENCE_ARRAY_MAX)
		count++;
	return count;
}

const char *rrule_tell_between(int i, int count)
{
	if (i == 0)
		return "";
	return i == count - 1 ? T(" và ", " and ") : ", ";
}

static const char *weekday(int day)
{
	static const char *const vi[] = {"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm",
					 "thứ Sáu", "thứ Bảy", "Chủ nhật"};
	static const char *const en[] = {"Monday", "Tuesday", "Wednesday", "Thursday",
					 "Friday", "Saturday", "Sunday"};

	return text_english() ? en[day] : vi[day];
}

void rrule_tell_weekdays(uint8_t days, struct buf *out)
{
	int count = __builtin_popcount(days);

	for (int day = 0, i = 0; day < 7; day++)
		if ((days >> day & 1) != 0)
			buf_print(out, "%s%s", rrule_tell_between(i++, count), weekday(day));
}

/* Monday 0, from libical's Sunday 1. */
static int day_of(short by)
{
	return (icalrecurrencetype_day_day_of_week(by) + 5) % 7;
}

static bool numbered(const struct icalrecurrencetype *rule)
{
	for (int i = 0; i < count_of(rule->by_day); i++)
		if (icalrecurrencetype_day_position(rule->by_day[i]) != 0)
			return true;
	return false;
}

/* True if every day of the rule has a number that people use: the first to the fifth, the last. */
static bool numbered_plainly(const struct icalrecurrencetype *rule)
{
	for (int i = 0; i < count_of(rule->by_day); i++) {
		int nth = icalrecurrencetype_day_position(rule->by_day[i]);
		if (nth < -1 || nth == 0 || nth > NTH_TOLD_MAX)
			return false;
	}
	return true;
}

static const char *nth_words(int nth)
{
	static const char *const vi[] = {"cuối cùng", "", "đầu tiên", "lần thứ hai",
					 "lần thứ ba", "lần thứ tư", "lần thứ năm"};
	static const char *const en[] = {"last", "", "first", "second", "third", "fourth",
					 "fifth"};

	return text_english() ? en[nth + 1] : vi[nth + 1];
}

/* "hằng tuần", "2 tuần một lần". */
static void tell_every(int interval, const char *unit, struct buf *out)
{
	if (interval == 1)
		buf_print(out, T("hằng %s", "every %s"), unit);
	else if (text_english())
		buf_print(out, "every %d %ss", interval, unit);
	else
		buf_print(out, "%d %s một lần", interval, unit);
}

static void tell_daily(const struct icalrecurrencetype *rule, struct buf *out)
{
	tell_every(rule->interval, T("ngày", "day"), out);
}

static uint8_t weekdays_of(const struct icalrecurrencetype *rule, struct date start)
{
	uint8_t days = 0;

	for (int i = 0; i < count_of(rule->by_day); i++)
		days |= (uint8_t)(1u << day_of(rule->by_day[i]));
	return days != 0 ? days : (uint8_t)(1u << date_weekday(start));
}

static void tell_weekly(const struct icalrecurrencetype *rule, struct date start, struct buf *out)
{
	if (text_english()) {
		tell_every(rule->interval, "week", out);
		buf_text(out, " on ");
		rrule_tell_weekdays(weekdays_of(rule, start), out);
		return;
	}
	rrule_tell_weekdays(weekdays_of(rule, start), out);
	buf_text(out, rule->interval > 1 ? ", " : " ");
	tell_every(rule->interval, "tuần", out);
}

/* "ngày 1 và 15": in a month; only the last is counted from its end. */
static void tell_month_days(const struct icalrecurrencetype *rule, struct date start,
			    struct buf *out)
{
	int count = count_of(rule->by_month_day);

	if (count == 0) {
		buf_print(out, T("ngày %d", "on day %d"), start.day);
		return;
	}
	buf_text(out, T("", "on "));
	for (int i = 0; i < count; i++) {
		int day = rule->by_month_day[i];
		buf_text(out, rrule_tell_between(i, count));
		if (day < 0)
			buf_text(out, T("ngày cuối tháng", "the last day"));
		else
			buf_print(out, T("ngày %d", "day %d"), day);
	}
}

static void tell_nth_days(const struct icalrecurrencetype *rule, struct buf *out)
{
	int count = count_of(rule->by_day);

	buf_text(out, T("", "on "));
	for (int i = 0; i < count; i++) {
		const char *day = weekday(day_of(rule->by_day[i]));
		const char *nth = nth_words(icalrecurrencetype_day_position(rule->by_day[i]));
		buf_text(out, rrule_tell_between(i, count));
		if (text_english())
			buf_print(out, "the %s %s", nth, day);
		else
			buf_print(out, "%s %s", day, nth);
	}
}

static void tell_monthly(const struct icalrecurrencetype *rule, struct date start, struct buf *out)
{
	if (has(rule->by_day))
		tell_nth_days(rule, out);
	else
		tell_month_days(rule, start, out);
	buf_text(out, text_english() || rule->interval == 1 ? " " : ", ");
	if (text_english())
		buf_text(out, "of ");
	tell_every(rule->interval, T("tháng", "month"), out);
}

/* "ngày 2/9 và 19/5 hằng năm". */
static void tell_yearly(const struct icalrecurrencetype *rule, struct date start, struct buf *out)
{
	short here_day[] = {start.day}, here_month[] = {start.month};
	const short *days = has(rule->by_month_day) ? rule->by_month_day : here_day;
	const short *months = has(rule->by_month) ? rule->by_month : here_month;
	int day_count = has(rule->by_month_day) ? count_of(days) : 1;
	int count = day_count * (has(rule->by_month) ? count_of(months) : 1);

	buf_text(out, T("ngày ", "on "));
	for (int i = 0; i < count; i++) {
		int m = months[i / day_count], d = days[i % day_count];
		buf_text(out, rrule_tell_between(i, count));
		if (text_english())
			buf_print(out, "%d %s", d, text_month(m));
		else
			buf_print(out, "%d/%d", d, m);
	}
	buf_text(out, " ");
	tell_every(rule->interval, T("năm", "year"), out);
}

/* Days of the month that people say. */
static bool plain_month_days(const struct icalrecurrencetype *rule, int least)
{
	for (int i = 0; i < count_of(rule->by_month_day); i++)
		if (rule->by_month_day[i] < least || rule->by_month_day[i] == 0)
			return false;
	return true;
}

static bool plain(const struct icalrecurrencetype *rule)
{
	bool days = has(rule->by_day), month_days = has(rule->by_month_day);

	if (has(rule->by_year_day) || has(rule->by_week_no) || has(rule->by_set_pos))
		return false;
	switch (rule->freq) {
	case ICAL_DAILY_RECURRENCE:
		return !days && !month_days;
	case ICAL_WEEKLY_RECURRENCE:
		return !numbered(rule) && !month_days;
	case ICAL_MONTHLY_RECURRENCE:
		return days ? numbered_plainly(rule) && !month_days : plain_month_days(rule, -1);
	default:
		return !days && plain_month_days(rule, 1);
	}
}

static void tell_days(const struct icalrecurrencetype *rule, struct date start, struct buf *out)
{
	switch (rule->freq) {
	case ICAL_DAILY_RECURRENCE:
		tell_daily(rule, out);
		break;
	case ICAL_WEEKLY_RECURRENCE:
		tell_weekly(rule, start, out);
		break;
	case ICAL_MONTHLY_RECURRENCE:
		tell_monthly(rule, start, out);
		break;
	default:
		tell_yearly(rule, start, out);
	}
}

static void tell_months(const struct icalrecurrencetype *rule, struct buf *out)
{
	int count = count_of(rule->by_month);

	if (count == 0 || rule->freq == ICAL_YEARLY_RECURRENCE)
		return;
	buf_text(out, T(", chỉ trong tháng ", ", only in "));
	for (int i = 0; i < count; i++)
		buf_print(out, "%s%s", rrule_tell_between(i, count), text_month(rule->by_month[i]));
}

void rrule_tell(const char *text, struct date start, struct buf *out)
{
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
	const struct icaltimetype *until = &rule.until;

	must(rule.freq != ICAL_NO_RECURRENCE);
	if (!plain(&rule)) {
		buf_print(out, T("theo quy tắc %s", "by the rule %s"), text);
		return;
	}
	tell_days(&rule, start, out);
	tell_months(&rule, out);
	if (rule.count > 0)
		buf_print(out, T(", %d lần rồi thôi", ", %d times and no more"), rule.count);
	if (!icaltime_is_null_time(*until))
		buf_print(out, T(", đến hết %d/%d/%d", ", until %d/%d/%d"), until->day,
			  until->month, until->year);
}
