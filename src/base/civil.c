/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/civil.h"

#include "base/must.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define DAY_S 86400

int64_t date_to_days(struct date d)
{
	int64_t y = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

struct date date_from_days(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t mp = (5 * day_of_year + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct date){
		.year = (int)(year_of_era + era * 400 + (month <= 2)),
		.month = month,
		.day = (int)(day_of_year - (153 * mp + 2) / 5 + 1),
	};
}

int date_weekday(struct date d)
{
	int64_t since_monday = (date_to_days(d) + 3) % 7; /* 1970-01-01 was a Thursday */

	return (int)(since_monday < 0 ? since_monday + 7 : since_monday);
}

bool date_valid(struct date d)
{
	if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
		return false;
	return d.day <= 28 || date_compare(date_from_days(date_to_days(d)), d) == 0;
}

int date_compare(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year - b.year;
	if (a.month != b.month)
		return a.month - b.month;
	return a.day - b.day;
}

struct date date_add_days(struct date d, int64_t days)
{
	return date_from_days(date_to_days(d) + days);
}

struct date date_month_begin(int year, int month, int from_day)
{
	if (from_day != 1)
		month--;
	if (month == 0)
		return (struct date){year - 1, 12, from_day};
	if (month == 13)
		return (struct date){year + 1, 1, from_day};
	return (struct date){year, month, from_day};
}

/* Reads exactly `digits` decimal digits at *p into *value and moves *p behind them. */
static bool take_digits(const char **p, int digits, int *value)
{
	*value = 0;
	for (int i = 0; i < digits; i++, (*p)++) {
		if (!isdigit((unsigned char)**p))
			return false;
		*value = *value * 10 + (**p - '0');
	}
	return true;
}

static bool take_char(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static bool take_date(const char **p, struct date *d)
{
	return take_digits(p, 4, &d->year) && take_char(p, '-') && take_digits(p, 2, &d->month) &&
	       take_char(p, '-') && take_digits(p, 2, &d->day) && date_valid(*d);
}

static bool take_time(const char **p, int32_t *s)
{
	int hour, minute, second = 0;

	if (!take_digits(p, 2, &hour) || !take_char(p, ':') || !take_digits(p, 2, &minute))
		return false;
	if (take_char(p, ':') && !take_digits(p, 2, &second))
		return false;
	if (hour >= 24 || minute >= 60 || second >= 60)
		return false;
	*s = hour * 3600 + minute * 60 + second;
	return true;
}

bool date_parse(const char *text, struct date *d)
{
	return take_date(&text, d) && *text == '\0';
}

/* So many digits of value, leading zeros included; returns what follows them. A year's plan prints
 * a million times: snprintf takes ten times as long. */
static char *put_digits(char *out, unsigned value, int digits)
{
	for (int i = digits - 1; i >= 0; i--, value /= 10)
		out[i] = (char)('0' + value % 10);
	return out + digits;
}

static char *put_date(char *out, struct date d)
{
	out = put_digits(out, (unsigned)d.year, 4);
	*out++ = '-';
	out = put_digits(out, (unsigned)d.month, 2);
	*out++ = '-';
	return put_digits(out, (unsigned)d.day, 2);
}

static char *put_time(char *out, int32_t second_of_day)
{
	out = put_digits(out, (unsigned)second_of_day / 3600, 2);
	*out++ = ':';
	out = put_digits(out, (unsigned)second_of_day / 60 % 60, 2);
	*out++ = ':';
	return put_digits(out, (unsigned)second_of_day % 60, 2);
}

void date_print(struct date d, char out[static 11])
{
	must(date_valid(d));
	*put_date(out, d) = '\0';
}

void date_tell(struct date d, char out[static 11])
{
	must(date_valid(d));
	snprintf(out, 11, "%02u/%02u/%04u", (unsigned)d.day % 100, (unsigned)d.month % 100,
		 (unsigned)d.year % 10000);
}

bool time_of_day_parse(const char *text, int32_t *s)
{
	return take_time(&text, s) && *text == '\0';
}

static int64_t unit_seconds(char unit)
{
	switch (unit) {
	case 'h':
		return 3600;
	case 'm':
		return 60;
	case 's':
	case '\0':
		return 1;
	default:
		return 0;
	}
}

bool duration_parse(const char *text, int32_t *s)
{
	int64_t total = 0, last_unit = INT64_MAX;

	if (*text == '\0')
		return false;
	while (*text != '\0') {
		int64_t value = 0;
		int digits = 0;
		for (; isdigit((unsigned char)*text) && digits < 7; digits++, text++)
			value = value * 10 + (*text - '0');
		int64_t unit = unit_seconds(*text);
		if (digits == 0 || unit == 0 || unit >= last_unit)
			return false;
		last_unit = unit;
		total += value * unit;
		text += *text != '\0';
	}
	*s = (int32_t)total;
	return total <= 7 * DAY_S;
}

int32_t tz_offset_s(const struct tz *tz, struct wall t)
{
	int64_t s = t.ns / NS_PER_S - (t.ns % NS_PER_S < 0); /* rounded down, without overflow */
	int low = 0, high = tz->changes - 1;

	must(tz->changes > 0);
	while (low < high) {
		int mid = (low + high + 1) / 2;
		if (tz->at_s[mid] <= s)
			low = mid;
		else
			high = mid - 1;
	}
	return tz->offset_s[low];
}

struct date tz_date(const struct tz *tz, struct wall t, int32_t *second_of_day)
{
	int64_t s = t.ns / NS_PER_S - (t.ns % NS_PER_S < 0) + tz_offset_s(tz, t);
	int64_t days = (s >= 0 ? s : s - DAY_S + 1) / DAY_S;

	if (second_of_day != NULL)
		*second_of_day = (int32_t)(s - days * DAY_S);
	return date_from_days(days);
}

struct wall tz_wall(const struct tz *tz, struct date d, int32_t second_of_day)
{
	int64_t local_s = date_to_days(d) * DAY_S + second_of_day;

	/* Try the offsets in force a day before and a day after: the earlier that fits is meant. */
	struct wall before = {(local_s - DAY_S) * NS_PER_S}, after = {(local_s + DAY_S) * NS_PER_S};
	int32_t first = tz_offset_s(tz, before), second = tz_offset_s(tz, after);
	struct wall a = {(local_s - first) * NS_PER_S}, b = {(local_s - second) * NS_PER_S};
	if (tz_offset_s(tz, a) == first)
		return a;
	return tz_offset_s(tz, b) == second ? b : a;
}

void tz_fixed(struct tz *tz, const char *name, int32_t offset_s)
{
	*tz = (struct tz){.changes = 1, .at_s = {INT64_MIN}, .offset_s = {offset_s}};
	snprintf(tz->name, sizeof(tz->name), "%s", name);
}

void wall_print(struct wall t, const struct tz *tz, char out[static 32])
{
	int32_t s, offset_min = tz_offset_s(tz, t) / 60;
	struct date d = tz_date(tz, t, &s);
	int64_t fraction_ns = t.ns % NS_PER_S;
	if (fraction_ns < 0)
		fraction_ns += NS_PER_S;
	unsigned offset = (unsigned)(offset_min < 0 ? -offset_min : offset_min);
	out = put_date(out, d);
	*out++ = 'T';
	out = put_time(out, s);
	*out++ = '.';
	out = put_digits(out, (unsigned)(fraction_ns / NS_PER_MS), 3);
	*out++ = offset_min < 0 ? '-' : '+';
	out = put_digits(out, offset / 60, 2);
	*out++ = ':';
	*put_digits(out, offset % 60, 2) = '\0';
}

/* ".123" up to nine digits → nanoseconds; nothing there is 0. */
static bool take_fraction(const char **p, int64_t *ns)
{
	int64_t unit = NS_PER_S / 10;

	*ns = 0;
	if (!take_char(p, '.'))
		return true;
	if (!isdigit((unsigned char)**p))
		return false;
	for (; isdigit((unsigned char)**p); (*p)++, unit /= 10)
		*ns += (**p - '0') * unit;
	return true;
}

/* "Z" or "+07:00"; *found says whether one stood there. */
static bool take_offset(const char **p, int32_t *offset_s, bool *found)
{
	int hour, minute, sign = **p == '-' ? -1 : 1;

	*found = true;
	*offset_s = 0;
	if (take_char(p, 'Z'))
		return true;
	if (!take_char(p, '+') && !take_char(p, '-')) {
		*found = false;
		return true;
	}
	if (!take_digits(p, 2, &hour) || !take_char(p, ':') || !take_digits(p, 2, &minute))
		return false;
	*offset_s = sign * (hour * 3600 + minute * 60);
	return hour < 24 && minute < 60;
}

bool wall_parse(const char *text, const struct tz *tz, struct wall *t)
{
	struct date d;
	int32_t s = 0, offset_s = 0;
	int64_t fraction_ns = 0;
	bool has_offset = false;

	if (!take_date(&text, &d))
		return false;
	if (*text != '\0') {
		if (!take_char(&text, 'T') && !take_char(&text, ' '))
			return false;
		if (!take_time(&text, &s) || !take_fraction(&text, &fraction_ns))
			return false;
		if (!take_offset(&text, &offset_s, &has_offset) || *text != '\0')
			return false;
	}
	/* Instants are nanoseconds in 64 bits: 1678 to 2262. */
	if (d.year < 1700 || d.year > 2200)
		return false;
	if (has_offset)
		t->ns = (date_to_days(d) * DAY_S + s - offset_s) * NS_PER_S;
	else
		*t = tz_wall(tz, d, s);
	t->ns += fraction_ns;
	return true;
}
