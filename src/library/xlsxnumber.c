/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxnumber.h"

#include "base/civil.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S 86400
#define DAY_LAST 2958465 /* 9999-12-31 */
#define DAYS_TO_1904 1462
#define ZEROS_MAX 20

/* What a format shows. */
struct shown {
	bool day, month, year, hour, second, elapsed;
};

/* [h], [mm]: time that goes on; [Red], [$-42A], [>100]: neither here nor there. */
static const char *bracket(const char *at, struct shown *s)
{
	size_t len = strcspn(at + 1, "]");

	if (len > 0 && strspn(at + 1, "hHmMsS") == len)
		s->elapsed = true;
	return at + 1 + len;
}

/* The last byte of what is passed over; or at. */
static const char *pass(const char *at, struct shown *s)
{
	if (*at == '[')
		return bracket(at, s);
	if (*at == '"')
		return at + 1 + strcspn(at + 1, "\"");
	if (strchr("\\_*", *at) != NULL && at[1] != '\0')
		return at + 1;
	return at;
}

static void look(char sign, struct shown *s)
{
	switch (sign) {
	case 'd': case 'D':
		s->day = true;
		break;
	case 'm': case 'M':
		s->month = true;
		break;
	case 'y': case 'Y':
		s->year = true;
		break;
	case 'h': case 'H':
		s->hour = true;
		break;
	case 's': case 'S':
		s->second = true;
		break;
	default:
		break;
	}
}

/* The first section only: the others are for what is negative, zero or text. */
static struct shown shown_by(const char *format)
{
	struct shown s = {0};

	for (const char *at = format; *at != '\0' && *at != ';'; at++) {
		const char *last = pass(at, &s);
		if (last == at)
			look(*at, &s);
		else if (*last == '\0')
			break;
		at = last;
	}
	return s;
}

unsigned char xlsxnumber_kind(const char *format)
{
	size_t zeros = strspn(format, "0");
	const struct shown s = shown_by(format);

	if (zeros > 1 && zeros <= ZEROS_MAX && format[zeros] == '\0')
		return (unsigned char)(XLSXNUMBER_ZEROS + zeros);
	if (s.elapsed)
		return XLSXNUMBER_ELAPSED;
	if (s.day || (s.year && s.hour))
		return s.hour ? XLSXNUMBER_MOMENT : XLSXNUMBER_DATE;
	if (s.hour || s.second)
		return XLSXNUMBER_TIME;
	if (s.month)
		return XLSXNUMBER_MONTH;
	return s.year ? XLSXNUMBER_YEAR : XLSXNUMBER_PLAIN;
}

unsigned char xlsxnumber_known(unsigned id)
{
	switch (id) {
	case 17:
		return XLSXNUMBER_MONTH;
	case 18: case 19: case 20: case 21: case 45: case 47:
		return XLSXNUMBER_TIME;
	case 22:
		return XLSXNUMBER_MOMENT;
	case 46:
		return XLSXNUMBER_ELAPSED;
	default:
		/* 27–31, 36, 50–58: dates of the languages of East Asia. */
		return (id >= 14 && id <= 16) || (id >= 27 && id <= 31) || id == 36 ||
				       (id >= 50 && id <= 58)
			       ? XLSXNUMBER_DATE
			       : XLSXNUMBER_PLAIN;
	}
}

/* Fifteen digits, as spreadsheets show: 0.1 + 0.2 is 0.3. */
static void plain(double number, int zeros, char *out)
{
	size_t len;

	if (number == 0)
		number = 0; /* −0 too */
	if (number == floor(number) && fabs(number) < 1e18) {
		snprintf(out, XLSXNUMBER_BYTES, "%0*.0f", zeros, number);
		return;
	}
	snprintf(out, XLSXNUMBER_BYTES, "%.15g", number);
	len = strlen(out);
	if (len > 4 && out[len - 4] == '.' && strspn(out + len - 3, "0123456789") == 3)
		memcpy(out + len, "0", 2);
}

static void time_text(int64_t seconds, char out[static 32])
{
	int used = snprintf(out, 32, "%02lld:%02d", (long long)(seconds / 3600),
			    (int)(seconds / 60 % 60));

	if (seconds % 60 != 0)
		snprintf(out + used, 32 - (size_t)used, ":%02d", (int)(seconds % 60));
}

/* Day 60 of 1900 is 29 February, which there was none of: Lotus 1-2-3 had it, and files since. */
static void day_text(int64_t day, bool from_1904, char out[static 11])
{
	int64_t first = from_1904 ? date_to_days((struct date){1904, 1, 1})
				  : date_to_days((struct date){1899, 12, day < 60 ? 31 : 30});

	if (!from_1904 && day == 60)
		snprintf(out, 11, "1900-02-29");
	else
		date_print(date_from_days(first + day), out);
}

static void calendar(double number, unsigned char kind, bool from_1904, char *out)
{
	int64_t seconds = llround(number * DAY_S), day = seconds / DAY_S;
	char text[11], clock[32];

	seconds %= DAY_S;
	day_text(day, from_1904, text);
	time_text(seconds, clock);
	if (kind == XLSXNUMBER_TIME)
		snprintf(out, XLSXNUMBER_BYTES, "%s", clock);
	else if (kind == XLSXNUMBER_MOMENT && seconds != 0)
		snprintf(out, XLSXNUMBER_BYTES, "%s %s", text, clock);
	else
		snprintf(out, XLSXNUMBER_BYTES, "%.*s",
			 kind == XLSXNUMBER_YEAR ? 4 : kind == XLSXNUMBER_MONTH ? 7 : 10, text);
}

void xlsxnumber_text(const char *value, unsigned char kind, bool from_1904,
		     char out[static XLSXNUMBER_BYTES])
{
	char *end;
	double number = strtod(value, &end);

	if (end == value || *end != '\0' || !isfinite(number) ||
	    value[strspn(value, "0123456789+-.eE")] != '\0') {
		snprintf(out, XLSXNUMBER_BYTES, "%s", value);
		utf8_cut(out, XLSXNUMBER_BYTES - 4);
	} else if (kind == XLSXNUMBER_PLAIN || kind >= XLSXNUMBER_ZEROS)
		plain(number, kind > XLSXNUMBER_ZEROS ? kind - XLSXNUMBER_ZEROS : 0, out);
	else if (number < 0 || number >= DAY_LAST - (from_1904 ? DAYS_TO_1904 : 0))
		plain(number, 0, out);
	else if (kind == XLSXNUMBER_ELAPSED)
		time_text(llround(number * DAY_S), out);
	else
		calendar(number, kind, from_1904, out);
}
