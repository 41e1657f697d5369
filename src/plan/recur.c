/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/recur.h"

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

void recur_days(const struct slot *slot, struct date from, struct date to, uint8_t *on)
{
	struct date first = date_compare(slot->valid_from, from) > 0 ? slot->valid_from : from;
	bool ends = slot->has_valid_to && date_compare(slot->valid_to, to) < 0;
	struct date last = ends ? slot->valid_to : to;
	int64_t from_days = date_to_days(from), first_days = date_to_days(first);
	int64_t last_days = date_to_days(last);

	memset(on, 0, (size_t)(date_to_days(to) - from_days + 1));
	if (last_days < first_days)
		return;
	on += first_days - from_days;
	if (slot->date_count > 0)
		mark_dates(slot->dates, slot->date_count, first_days, last_days, 1, on);
	else if (slot->rrule[0] != '\0')
		rrule_days(slot->rrule, slot->valid_from, first, last, on);
	else
		mark_weekdays(slot->days, first, last_days - first_days + 1, on);
	mark_dates(slot->except, slot->except_count, first_days, last_days, 0, on);
}

const struct slot_off *recur_off(const struct slot *slot, struct date day)
{
	for (int i = 0; i < slot->off_count; i++)
		if (date_compare(day, slot->offs[i].from) >= 0 &&
		    date_compare(day, slot->offs[i].to) <= 0)
			return &slot->offs[i];
	return NULL;
}
