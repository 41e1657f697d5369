/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/days_next.h"

#include "base/json.h"
#include "base/must.h"
#include "plan/almanac.h"
#include "plan/days_json.h"
#include "plan/recur.h"

#include <stdlib.h>
#include <string.h>

/* The bit of its timetable in `around`. One that is not there is replaced by what replaces all: the
 * last bit is that of no timetable as long as one more finds place. */
static int table_of(const struct schedule *around, const char *file)
{
	for (int i = 0; i < around->table_count; i++)
		if (strcmp(around->tables[i].file, file) == 0)
			return i;
	return TIMETABLES_MAX - 1;
}

static void add(json_t *list, const struct slot *slot, const struct almanac *a, int64_t i,
		const struct tz *tz)
{
	struct date day = date_from_days(a->first + i);
	json_t *one = days_json_one(a, i);

	json_object_set_new(one, "start", json_time(tz_wall(tz, day, slot->start_s), tz));
	json_object_set_new(one, "off", json_boolean(recur_off(slot, day) != NULL));
	must(json_array_append_new(list, one) == 0);
}

/* The days first … first + count − 1. */
static void look(json_t *list, const struct slot *slot, const struct schedule *around,
		 const struct tz *tz, struct wall now, int64_t first, int64_t count)
{
	uint8_t *on = malloc((size_t)count);
	struct almanac a;

	must(on != NULL);
	almanac_make(&a, around, first, count, true);
	recur_days(slot, &a, date_from_days(first), date_from_days(first + count - 1), on);
	for (int64_t i = 0; i < count && json_array_size(list) < DAYS_NEXT_TOLD; i++)
		if (on[i] != 0 &&
		    tz_wall(tz, date_from_days(first + i), slot->start_s).ns >= now.ns)
			add(list, slot, &a, i, tz);
	almanac_finish(&a);
	free(on);
}

json_t *days_next(const struct slot *slot, const struct schedule *around, const struct tz *tz,
		  struct wall now)
{
	static const int soon = 92; /* enough for nearly all, and quick to look through */
	int64_t first = date_to_days(tz_date(tz, now, NULL));
	struct slot one = *slot;
	json_t *list = json_array();

	one.table = table_of(around, slot->file);
	look(list, &one, around, tz, now, first, soon);
	if (json_array_size(list) < DAYS_NEXT_TOLD)
		look(list, &one, around, tz, now, first + soon, DAYS_NEXT_MAX - soon);
	return list;
}
