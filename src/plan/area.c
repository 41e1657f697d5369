/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/area.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CORNERS_MIN 4 /* CAP-v1.2 §3.2.4: the first one is said twice */
#define EARTH_KM 6371.0088
#define WORLD_EDGE 0.01 /* degrees */

static bool take_number(const char **at, double limit, double *out)
{
	char *end;

	/* strtod knows "nan", "0x10" and white space in front as well. */
	if (strspn(*at, "+-.0123456789") == 0)
		return false;
	*out = strtod(*at, &end);
	bool ok = end != *at && fabs(*out) <= limit &&
		  memchr(*at, 'x', (size_t)(end - *at)) == NULL;
	*at = end;
	return ok;
}

static bool take_place(const char **at, struct place *p)
{
	if (!take_number(at, 90, &p->lat) || **at != ',')
		return false;
	++*at;
	return take_number(at, 180, &p->lon);
}

static void skip_space(const char **at)
{
	*at += strspn(*at, " \t\r\n");
}

bool area_place(const char *text, struct place *p)
{
	skip_space(&text);
	if (!take_place(&text, p))
		return false;
	skip_space(&text);
	return *text == '\0';
}

/* Does a ray to the east from p cross this edge? */
static bool crosses(struct place a, struct place b, struct place p)
{
	if ((a.lat > p.lat) == (b.lat > p.lat))
		return false;
	return p.lon < (b.lon - a.lon) * (p.lat - a.lat) / (b.lat - a.lat) + a.lon;
}

bool area_is_polygon(const char *polygon)
{
	struct place first = {0}, last = {0};
	int corners = 0;

	for (skip_space(&polygon); *polygon != '\0'; skip_space(&polygon)) {
		if (!take_place(&polygon, &last) || strchr(" \t\r\n", *polygon) == NULL)
			return false;
		if (corners++ == 0)
			first = last;
	}
	return corners >= CORNERS_MIN && fabs(first.lat - last.lat) < 1e-9 &&
	       fabs(first.lon - last.lon) < 1e-9;
}

/* How far to the east the shorter way leads. All around the earth is what somebody meant: "the
 * world", from -180 to 180. */
static double eastwards(double from, double to)
{
	double way = to - from;

	return fabs(way) > 180 && fabs(way) < 360 - WORLD_EDGE ? way - copysign(360, way) : way;
}

/* On a map that goes on beyond ±180 degrees. */
static bool in_unrolled(const char *polygon, struct place p)
{
	struct place last = {0}, next = {0};
	bool inside = false;
	double lon = 0; /* of the last corner, as it was said */
	int corners = 0;

	for (skip_space(&polygon); *polygon != '\0'; skip_space(&polygon)) {
		if (!take_place(&polygon, &next))
			return false;
		double said = next.lon;
		if (corners > 0)
			next.lon = last.lon + eastwards(lon, said);
		if (corners++ > 0 && crosses(last, next, p))
			inside = !inside;
		lon = said;
		last = next;
	}
	return inside;
}

bool area_in_polygon(const char *polygon, struct place p)
{
	struct place east = {p.lat, p.lon + 360}, west = {p.lat, p.lon - 360};

	return area_is_polygon(polygon) &&
	       (in_unrolled(polygon, p) || in_unrolled(polygon, east) ||
		in_unrolled(polygon, west));
}

static double radians(double degrees)
{
	return degrees * 3.14159265358979323846 / 180;
}

/* Haversine: well-behaved for small distances. */
static double distance_km(struct place a, struct place b)
{
	double dlat = sin(radians(b.lat - a.lat) / 2), dlon = sin(radians(b.lon - a.lon) / 2);
	double h = dlat * dlat + cos(radians(a.lat)) * cos(radians(b.lat)) * dlon * dlon;

	return 2 * EARTH_KM * asin(fmin(1, sqrt(h)));
}

static bool read_circle(const char *circle, struct place *centre, double *radius_km)
{
	skip_space(&circle);
	if (!take_place(&circle, centre) || *circle == '\0' || strchr(" \t\r\n", *circle) == NULL)
		return false;
	skip_space(&circle);
	if (!take_number(&circle, 20100, radius_km) || *radius_km < 0)
		return false;
	skip_space(&circle);
	return *circle == '\0';
}

bool area_is_circle(const char *circle)
{
	struct place centre;
	double radius_km;

	return read_circle(circle, &centre, &radius_km);
}

bool area_in_circle(const char *circle, struct place p)
{
	struct place centre;
	double radius_km;

	return read_circle(circle, &centre, &radius_km) && distance_km(centre, p) <= radius_km;
}
