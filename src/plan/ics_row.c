/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/ics_row.h"

#include "base/json.h"

#include <stdio.h>
#include <string.h>

bool ics_moment(const char *text, const struct tz *tz, int64_t shift_s, struct date *day,
		int32_t *second)
{
	char date[11], time[9];
	size_t len = strlen(text);
	bool utc = len == 20 && text[19] == 'Z';

	if (!(utc || len == 19))
		return false;
	snprintf(date, sizeof(date), "%.10s", text);
	snprintf(time, sizeof(time), "%.8s", text + 11);
	if (!date_parse(date, day) || !time_of_day_parse(time, second))
		return false;
	int64_t s = date_to_days(*day) * 86400 + *second;
	if (utc) {
		*day = tz_date(tz, (struct wall){s * NS_PER_S}, second);
		return true;
	}
	s = *second + shift_s;
	*day = date_add_days(*day, s < 0 ? -1 : s >= 86400);
	*second = (int32_t)((s + 86400) % 86400);
	return true;
}

bool ics_is_one(const json_t *event)
{
	return json_get_text(event, "recurs", "")[0] != '\0';
}

bool ics_is_cancelled(const json_t *event)
{
	return strcmp(json_get_text(event, "status", ""), "cancelled") == 0;
}

/* Without a uid nothing says what belongs together. */
static bool same_row(const json_t *one, const json_t *row)
{
	const char *uid = json_get_text(row, "uid", "");

	return uid[0] != '\0' && ics_is_one(one) && !ics_is_one(row) &&
	       strcmp(json_get_text(one, "uid", ""), uid) == 0;
}

static void add(json_t *dates, const char *text, const struct tz *tz, int64_t shift_s)
{
	struct date day;
	int32_t second;
	char date[11];
	const json_t *one;
	size_t i;

	if (!ics_moment(text, tz, shift_s, &day, &second))
		return;
	date_print(day, date);
	json_array_foreach(dates, i, one)
		if (strcmp(json_string_value(one), date) == 0)
			return;
	json_array_append_new(dates, json_string(date));
}

json_t *ics_row_except(const json_t *events, const json_t *row, const struct tz *tz,
		       int64_t shift_s)
{
	json_t *dates = json_array();
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(row, "except"), i, one)
		add(dates, json_string_value(one), tz, shift_s);
	json_array_foreach(events, i, one)
		if (same_row(one, row))
			add(dates, json_get_text(one, "recurs", ""), tz, shift_s);
	return dates;
}

bool ics_row_divided(const json_t *events, const json_t *row)
{
	const json_t *one;
	size_t i;

	json_array_foreach(events, i, one)
		if (same_row(one, row) && json_get_bool(one, "others", false))
			return true;
	return false;
}

const json_t *ics_row_of(const json_t *events, const json_t *one)
{
	const json_t *row;
	size_t i;

	json_array_foreach(events, i, row)
		if (same_row(one, row))
			return row;
	return NULL;
}
