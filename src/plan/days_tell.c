/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/days_tell.h"

#include "base/json.h"
#include "base/text.h"
#include "plan/days.h"
#include "plan/rrule_tell.h"

#include <string.h>

static void tell_date(struct date d, struct buf *out)
{
	buf_print(out, "%d/%d/%d", d.day, d.month, d.year);
}

static void tell_dates(const struct date *dates, int count, struct buf *out)
{
	int told = count > DAYS_TELL_DATES_MAX ? DAYS_TELL_DATES_MAX : count;

	for (int i = 0; i < told; i++) {
		buf_text(out, count > told && i > 0 ? ", " : rrule_tell_between(i, count));
		tell_date(dates[i], out);
	}
	if (count > told)
		buf_print(out, T(" và %d ngày nữa", " and %d more days"), count - told);
}

/* "mồng 1", "rằm", "ngày 23", "ngày cuối": of a month of the lunar calendar. */
static void tell_lunar_day(int day, struct buf *out)
{
	if (day == 30)
		buf_text(out, T("ngày cuối", "the last day"));
	else if (day == 15)
		buf_text(out, T("rằm", "day 15"));
	else
		buf_print(out, T(day <= 10 ? "mồng %d" : "ngày %d", "day %d"), day);
}

static void tell_lunar_month(const struct lunar_pick *p, struct buf *out)
{
	if (p->month == 0)
		buf_text(out, T(" hằng tháng", " of every month"));
	else if (!text_english() && !p->leap && (p->month == 1 || p->month == 12))
		buf_text(out, p->month == 1 ? " tháng Giêng" : " tháng Chạp");
	else
		buf_print(out, T(" tháng %d%s", " of month %d%s"), p->month,
			  p->leap ? T(" nhuận", " (leap)") : "");
}

static bool same_month(const struct lunar_pick *a, const struct lunar_pick *b)
{
	return a->month == b->month && a->leap == b->leap;
}

/* The month is said once for days of it that follow one another. */
static void tell_lunar(const struct lunar_pick *picks, int count, struct buf *out)
{
	buf_text(out, T("", "lunar "));
	for (int i = 0; i < count; i++) {
		buf_text(out, rrule_tell_between(i, count));
		tell_lunar_day(picks[i].day, out);
		if (i == count - 1 || !same_month(&picks[i], &picks[i + 1]))
			tell_lunar_month(&picks[i], out);
	}
	buf_text(out, T(" âm lịch", ""));
}

static void tell_weekdays(uint8_t days, struct buf *out)
{
	static const uint8_t week = 0x1f;

	if (days == DAYS_ALL) {
		buf_text(out, T("hằng ngày", "every day"));
		return;
	}
	buf_text(out, T("", "every week on "));
	if (days == week)
		buf_text(out, T("thứ Hai đến thứ Sáu", "Monday to Friday"));
	else if (days == (week | 0x20))
		buf_text(out, T("thứ Hai đến thứ Bảy", "Monday to Saturday"));
	else
		rrule_tell_weekdays(days, out);
	buf_text(out, T(" hằng tuần", ""));
}

static void tell_when(const struct slot *slot, struct buf *out)
{
	if (slot->date_count > 0) {
		buf_text(out, T("ngày ", "on "));
		tell_dates(slot->dates, slot->date_count, out);
	} else if (slot->lunar_count > 0) {
		tell_lunar(slot->lunar, slot->lunar_count, out);
	} else if (slot->rrule[0] != '\0') {
		rrule_tell(slot->rrule, slot->valid_from, out);
	} else {
		tell_weekdays(slot->days, out);
	}
}

static void tell_valid(const struct slot *slot, struct buf *out)
{
	if (!slot->valid_named)
		return;
	if (slot->valid_from.year > 1970) { /* before it: nobody said */
		buf_text(out, T(", từ ", ", from "));
		tell_date(slot->valid_from, out);
	}
	if (slot->has_valid_to) {
		buf_text(out, T(", đến hết ", ", until "));
		tell_date(slot->valid_to, out);
	}
}

void days_tell(const struct slot *slot, struct buf *out)
{
	tell_when(slot, out);
	if (slot->except_count > 0) {
		buf_text(out, T(", trừ ", ", except "));
		tell_dates(slot->except, slot->except_count, out);
	}
	if (slot->lunar_except_count > 0) {
		buf_text(out, T(", trừ ", ", except "));
		tell_lunar(slot->lunar_except, slot->lunar_except_count, out);
	}
	if (slot->holidays == HOLIDAYS_SKIP)
		buf_text(out, T(", nghỉ ngày lễ", ", not on holidays"));
	else if (slot->holidays == HOLIDAYS_ONLY)
		buf_text(out, T(", chỉ khi là ngày lễ", ", only on holidays"));
	tell_valid(slot, out);
}

static json_t *in_language(const struct slot *slot, enum text_reader reader)
{
	enum text_reader before = text_speak(reader);
	struct buf out = {0};

	days_tell(slot, &out);
	text_speak(before);
	json_t *text = json_text(buf_str(&out));
	buf_finish(&out);
	return text;
}

json_t *days_tell_texts(const struct slot *slot)
{
	return json_pack("{s:o, s:o}", "vi", in_language(slot, TEXT_VI), "en",
			 in_language(slot, TEXT_EN));
}
