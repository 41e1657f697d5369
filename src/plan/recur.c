/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/recur.h"

#include "base/must.h"
#include "plan/rrule.h"

#include <string.h>

static void mark_dates(const struct date *dates, int count, int64_t first, int64_t last,
		       uint8_t value, uint8_t *on)
{
	for (int i = 0; i < count; i++) {
		int64_t day = date_to_days(dates[i]);
		if (day >= first && day <= last)
			on[day - first] = value;
	}
}

static void mark_weekdays(uint8_t days, struct date from, int64_t count, uint8_t *on)
{
	int weekday = date_weekday(from);

	for (int64_t i = 0; i < count; i++) {
		on[i] = days >> weekday & 1;
		weekday = weekday == 6 ? 0 : weekday + 1;
	}
}

static void mark_lunar(const struct lunar_pick *picks, int count, const struct lunar *lunar,
		       int64_t days, uint8_t value, uint8_t *on)
{
	for (int64_t i = 0; i < days; i++)
		for (int k = 0; k < count; k++)
			if (lunar_pick_is(&picks[k], lunar[i]))
				on[i] = value;
}

/* What takes days away: exceptions, holidays, a special period. at: of the almanac's arrays. */
static void take_away(const struct slot *slot, const struct almanac *a, int64_t at, int64_t days,
		      uint8_t *on)
{
	int64_t first = a->first + at;

	mark_dates(slot->except, slot->except_count, first, first + days - 1, 0, on);
	if (slot->lunar_except_count > 0)
		mark_lunar(slot->lunar_except, slot->lunar_except_count, a->lunar + at, days, 0,
			   on);
	for (int64_t i = 0; i < days && slot->holidays != HOLIDAYS_AS_EVER; i++) {
		bool holiday = a->holidays != NULL && a->holidays[at + i] != NULL;
		if (holiday == (slot->holidays == HOLIDAYS_SKIP))
			on[i] = 0;
	}
	for (int64_t i = 0; i < days && a->replaced != NULL; i++)
		if ((a->replaced[at + i] >> slot->table & 1) != 0)
			on[i] = 0;
}

void recur_days(const struct slot *slot, const struct almanac *a, struct date from,
		struct date to, uint8_t *on)
{
	struct date first = date_compare(slot->valid_from, from) > 0 ? slot->valid_from : from;
	bool ends = slot->has_valid_to && date_compare(slot->valid_to, to) < 0;
	struct date last = ends ? slot->valid_to : to;
	int64_t from_days = date_to_days(from), first_days = date_to_days(first);
	int64_t last_days = date_to_days(last), days = last_days - first_days + 1;

	must(from_days >= a->first && date_to_days(to) < a->first + a->count);
	memset(on, 0, (size_t)(date_to_days(to) - from_days + 1));
	if (days <= 0)
		return;
	on += first_days - from_days;
	if (slot->date_count > 0)
		mark_dates(slot->dates, slot->date_count, first_days, last_days, 1, on);
	else if (slot->lunar_count > 0)
		mark_lunar(slot->lunar, slot->lunar_count, a->lunar + (first_days - a->first),
			   days, 1, on);
	else if (slot->rrule[0] != '\0')
		rrule_days(slot->rrule, slot->valid_from, first, last, on);
	else
		mark_weekdays(slot->days, first, days, on);
	take_away(slot, a, first_days - a->first, days, on);
}

const struct slot_off *recur_off(const struct slot *slot, struct date day)
{
	for (int i = 0; i < slot->off_count; i++)
		if (date_compare(day, slot->offs[i].from) >= 0 &&
		    date_compare(day, slot->offs[i].to) <= 0)
			return &slot->offs[i];
	return NULL;
}
