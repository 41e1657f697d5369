/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil dates and times of day: days ↔ year-month-day, time zones as tables, RFC 3339 text.
 * Pure. */
#ifndef VX_BASE_CIVIL_H
#define VX_BASE_CIVIL_H

#include "base/moment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A calendar date in the proleptic Gregorian calendar; year 1–9999. */
struct date {
	int year, month, day;
};

/* Offsets of one time zone as a table; filled by sys/tz.h from the system's database, so that the
 * plan stays a pure function. offset_s[i] (seconds east of UTC) holds from at_s[i] (Unix seconds)
 * until at_s[i + 1]; at_s[0] is INT64_MIN. */
#define TZ_CHANGES_MAX 256
struct tz {
	char name[64];
	int changes;
	int64_t at_s[TZ_CHANGES_MAX];
	int32_t offset_s[TZ_CHANGES_MAX];
};

/* Days since 1970-01-01. Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms",
 * days_from_civil / civil_from_days. */
int64_t date_to_days(struct date d);
struct date date_from_days(int64_t days);

/* 0 Monday … 6 Sunday. */
int date_weekday(struct date d);

/* True for a date that exists (30 February does not). */
bool date_valid(struct date d);

/* <0, 0, >0 as a is before, the same as or after b. */
int date_compare(struct date a, struct date b);

struct date date_add_days(struct date d, int64_t days);

/* The first day of month 1–12 of a year whose months begin on from_day (1–28), 13: of the next
 * year. 1 is the calendar; 15: month 1 begins on 15 December before, as reporting months do. */
struct date date_month_begin(int year, int month, int from_day);

/* "2026-11-23" ↔ date. Parsing takes exactly that form and only dates that exist. out ≥ 11
 * bytes. */
bool date_parse(const char *text, struct date *d);
void date_print(struct date d, char out[static 11]);
/* "23/11/2026", as people write it, in both languages: for sentences. */
void date_tell(struct date d, char out[static 11]);

/* "05:30" or "05:30:15", 00:00 to 23:59:59 → seconds since midnight. */
bool time_of_day_parse(const char *text, int32_t *s);

/* "90", "90s", "30m", "1h", "1h30m", "1h30m15s" → seconds, 0 to 7 days. */
bool duration_parse(const char *text, int32_t *s);

/* Seconds east of UTC in force at t. */
int32_t tz_offset_s(const struct tz *tz, struct wall t);

/* The local civil date of t; second_of_day (0–86399) may be NULL. */
struct date tz_date(const struct tz *tz, struct wall t, int32_t *second_of_day);

/* The instant at which local time is d + second_of_day. A local time that a change of offset skips
 * maps to the instant of the change's old offset; one that occurs twice maps to the first. */
struct wall tz_wall(const struct tz *tz, struct date d, int32_t second_of_day);

/* Fixed offset without changes, for tests and for "UTC". */
void tz_fixed(struct tz *tz, const char *name, int32_t offset_s);

/* RFC 3339 with milliseconds and offset: "2026-11-23T05:30:00.000+07:00". Milliseconds are cut, not
 * rounded, so that text never lies in the future. out ≥ 32 bytes. */
void wall_print(struct wall t, const struct tz *tz, char out[static 32]);

/* RFC 3339 (fraction and offset optional; without offset the local time of tz), or a bare date
 * "2026-11-23" (midnight) → instant. "24:00" is not accepted. */
bool wall_parse(const char *text, const struct tz *tz, struct wall *t);

#endif
