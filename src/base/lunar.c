/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New moons: Jean Meeus, Astronomical Algorithms, 2nd ed., chapter 49 (to seconds). The sun:
 * chapter 25, lower accuracy (0.01°, a quarter of an hour). ΔT: the observed values, ten years
 * apart, then what Espenak and Meeus expect (NASA). */
#include "base/lunar.h"

#include "base/must.h"

#include <math.h>
#include <string.h>

#define J2000 2451545.0
#define UNIX_JD 2440587.5
#define ZONE_DAYS (7.0 / 24) /* UTC+7 */
#define MONTHS_MAX 13
#define RADIANS (3.14159265358979323846 / 180)

/* The months from one 11th month to the next. */
struct round {
	int year; /* in which the last of them lies: its 10th month is this year's */
	int count;
	int leap; /* number of the leap month in the list, −1 none */
	int64_t start[MONTHS_MAX + 1]; /* days since 1970; one more: the next 11th month */
};

/* Terrestrial less universal time, in days. */
static double delta_t(double jd)
{
	static const double decades_s[] = {-2.8, 10.5, 21.2, 24.0, 24.3, 29.1,
					   33.2, 40.2, 50.5, 56.9, 63.8};
	double year = 2000 + (jd - J2000) / 365.25, at = (year - 1900) / 10, s;
	double t = year - 2000, u = (year - 1820) / 100;

	if (at < 0)
		s = decades_s[0];
	else if (at < 10)
		s = decades_s[(int)at] +
		    (at - (int)at) * (decades_s[(int)at + 1] - decades_s[(int)at]);
	else if (year < 2050)
		s = 62.92 + 0.32217 * t + 0.005589 * t * t;
	else
		s = -20 + 32 * u * u - (year < 2150 ? 0.5628 * (2150 - year) : 0);
	return s / 86400;
}

static double sine(double degrees)
{
	return sin(fmod(degrees, 360) * RADIANS);
}

/* coefficient × E^|sun| × sin(sun M + moon M' + node F) */
static const struct {
	double coefficient;
	int sun, moon, node;
} moon_terms[] = {
	{-0.40720, 0, 1, 0}, {0.17241, 1, 0, 0}, {0.01608, 0, 2, 0}, {0.01039, 0, 0, 2},
	{0.00739, -1, 1, 0}, {-0.00514, 1, 1, 0}, {0.00208, 2, 0, 0}, {-0.00111, 0, 1, -2},
	{-0.00057, 0, 1, 2}, {0.00056, 1, 2, 0}, {-0.00042, 0, 3, 0}, {0.00042, 1, 0, 2},
	{0.00038, 1, 0, -2}, {-0.00024, -1, 2, 0}, {-0.00007, 2, 1, 0}, {0.00004, 0, 2, -2},
	{0.00004, 3, 0, 0}, {0.00003, 1, 1, -2}, {0.00003, 0, 2, 2}, {-0.00003, 1, 1, 2},
	{0.00003, -1, 1, 2}, {-0.00002, -1, 1, -2}, {-0.00002, 1, 3, 0}, {0.00002, 0, 4, 0},
};

/* coefficient × sin(at + rate k): the planets. */
static const struct {
	double coefficient, at, rate;
} planet_terms[] = {
	{0.000325, 299.77, 0.107408}, {0.000165, 251.88, 0.016321},
	{0.000164, 251.83, 26.651886}, {0.000126, 349.42, 36.412478},
	{0.000110, 84.66, 18.206239}, {0.000062, 141.74, 53.303771},
	{0.000060, 207.14, 2.453732}, {0.000056, 154.84, 7.306860},
	{0.000047, 34.52, 27.261239}, {0.000042, 207.19, 0.121824},
	{0.000040, 291.34, 1.844379}, {0.000037, 161.72, 24.198154},
	{0.000035, 239.56, 25.513099}, {0.000023, 331.55, 3.592518},
};

/* Terms of one angle: a + b k + c T² + d T³ + f T⁴. */
static double angle(double k, double t, double a, double b, double c, double d, double f)
{
	return a + b * k + t * t * (c + t * (d + t * f));
}

/* The k-th new moon since January 2000, as a local day since 1970. */
static int64_t new_moon(int k)
{
	double t = k / 1236.85, e = 1 - t * (0.002516 + 0.0000074 * t);
	double jd = angle(k, t, 2451550.09766, 29.530588861, 0.00015437, -0.000000150, 7.3e-10);
	double sun = angle(k, t, 2.5534, 29.10535670, -0.0000014, -0.00000011, 0);
	double moon = angle(k, t, 201.5643, 385.81693528, 0.0107582, 0.00001238, -0.000000058);
	double node = angle(k, t, 160.7108, 390.67050284, -0.0016118, -0.00000227, 0.000000011);
	double rising = angle(k, t, 124.7746, -1.56375588, 0.0020672, 0.00000215, 0);

	for (size_t i = 0; i < sizeof(moon_terms) / sizeof(moon_terms[0]); i++) {
		double sum = moon_terms[i].sun * sun + moon_terms[i].moon * moon +
			     moon_terms[i].node * node;
		double by = moon_terms[i].coefficient;
		for (int n = moon_terms[i].sun; n != 0; n += n > 0 ? -1 : 1)
			by *= e;
		jd += by * sine(sum);
	}
	jd -= 0.00017 * sine(rising);
	for (size_t i = 0; i < sizeof(planet_terms) / sizeof(planet_terms[0]); i++)
		jd += planet_terms[i].coefficient *
		      sine(planet_terms[i].at + planet_terms[i].rate * k);
	return (int64_t)floor(jd - delta_t(jd) + ZONE_DAYS - UNIX_JD);
}

/* Apparent longitude of the sun in degrees, 0 to 360, at the beginning of a local day. */
static double sun_longitude(int64_t day)
{
	double jd = (double)day + UNIX_JD - ZONE_DAYS;
	double t = (jd + delta_t(jd) - J2000) / 36525;
	double m = 357.52911 + t * (35999.05029 - 0.0001537 * t);
	double mean = 280.46646 + t * (36000.76983 + 0.0003032 * t);
	double centre = (1.914602 - t * (0.004817 + 0.000014 * t)) * sine(m) +
			(0.019993 - 0.000101 * t) * sine(2 * m) + 0.000289 * sine(3 * m);
	double at = mean + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t);

	at = fmod(at, 360);
	return at < 0 ? at + 360 : at;
}

/* Number of the principal solar term that came last: 0 the spring equinox … 9 the winter
 * solstice. */
static int term(int64_t day)
{
	return (int)(sun_longitude(day) / 30);
}

/* Number of the last new moon on or before the day of the winter solstice of the year. */
static int moon_of_solstice(int year)
{
	int64_t day = date_to_days((struct date){year, 12, 18});

	while (term(day + 1) < 9)
		day++;
	int k = (int)floor(((double)day + UNIX_JD - 2451550.1) / 29.530588861) + 1;
	while (new_moon(k) > day)
		k--;
	return k;
}

static void make_round(struct round *r, int year)
{
	int first = moon_of_solstice(year - 1);

	*r = (struct round){.year = year, .leap = -1,
			    .count = moon_of_solstice(year) - first};
	must(r->count == 12 || r->count == MONTHS_MAX);
	for (int i = 0; i <= r->count; i++)
		r->start[i] = new_moon(first + i);
	for (int i = 1; r->count == MONTHS_MAX && r->leap < 0 && i < r->count; i++)
		if (term(r->start[i]) == term(r->start[i + 1]))
			r->leap = i;
}

/* The month that the i-th of a round is, without its day. */
static struct lunar month_of(const struct round *r, int i)
{
	int number = r->leap >= 0 && i >= r->leap ? i - 1 : i; /* 0: the 11th */

	return (struct lunar){.year = (int16_t)(number < 2 ? r->year - 1 : r->year),
			      .month = (uint8_t)((number + 10) % 12 + 1), .leap = i == r->leap};
}

static void fill_month(const struct round *r, int i, int64_t first, int64_t count,
		       struct lunar *out)
{
	struct lunar one = month_of(r, i);

	if (one.year < LUNAR_FIRST_YEAR || one.year > LUNAR_LAST_YEAR)
		return;
	for (int64_t day = r->start[i]; day < r->start[i + 1]; day++) {
		if (day < first || day >= first + count)
			continue;
		one.day = (uint8_t)(day - r->start[i] + 1);
		one.last = day + 1 == r->start[i + 1];
		out[day - first] = one;
	}
}

void lunar_days(int64_t first, int64_t count, struct lunar *out)
{
	int from = date_from_days(first).year, to = date_from_days(first + count - 1).year + 1;
	struct round r;

	memset(out, 0, (size_t)count * sizeof(*out));
	from = from > LUNAR_FIRST_YEAR ? from : LUNAR_FIRST_YEAR;
	to = to < LUNAR_LAST_YEAR + 1 ? to : LUNAR_LAST_YEAR + 1;
	for (int year = from; year <= to; year++) {
		make_round(&r, year);
		for (int i = 0; i < r.count; i++)
			fill_month(&r, i, first, count, out);
	}
}

struct date lunar_new_year(int year)
{
	struct round r;
	int i = 2;

	must(year >= LUNAR_FIRST_YEAR && year <= LUNAR_LAST_YEAR);
	make_round(&r, year);
	while (month_of(&r, i).month != 1)
		i++;
	return date_from_days(r.start[i]);
}
