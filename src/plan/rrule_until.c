/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rrule_until.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define DAY_DIGITS 8
#define TIME_DIGITS 6

/* The value of the part, NULL if there is none. */
static char *until_of(char *rule)
{
	for (char *part = rule; part != NULL;) {
		if (strncasecmp(part, "UNTIL=", 6) == 0)
			return part + 6;
		part = strchr(part, ';');
		part += part != NULL;
	}
	return NULL;
}

/* "20261209T223000" → the day and its second. */
static bool read_moment(const char *value, struct date *day, int32_t *second)
{
	char date[16], time[16];

	snprintf(date, sizeof(date), "%.4s-%.2s-%.2s", value, value + 4, value + 6);
	snprintf(time, sizeof(time), "%.2s:%.2s:%.2s", value + 9, value + 11, value + 13);
	if (strncmp(time, "24", 2) == 0) /* libical lets it pass */
		snprintf(time, sizeof(time), "23:59:59");
	return date_parse(date, day) && time_of_day_parse(time, second);
}

void rrule_until_here(char *rule, const struct tz *tz, int32_t start_s)
{
	char *value = until_of(rule), day_text[11];
	size_t len = value != NULL ? strcspn(value, ";") : 0;
	struct date day;
	int32_t second;

	if (len < DAY_DIGITS + 1 + TIME_DIGITS || !read_moment(value, &day, &second))
		return;
	if (value[len - 1] == 'Z') {
		int64_t s = date_to_days(day) * 86400 + second;
		day = tz_date(tz, (struct wall){s * NS_PER_S}, &second);
	}
	if (start_s > second)
		day = date_add_days(day, -1);
	date_print(day, day_text);
	memcpy(value, day_text, 4);
	memcpy(value + 4, day_text + 5, 2);
	memcpy(value + 6, day_text + 8, 2);
	memmove(value + DAY_DIGITS, value + len, strlen(value + len) + 1);
}
