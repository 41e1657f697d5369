/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/night.h"

double night_db(const struct settings *s, int32_t second)
{
	bool since = second >= s->night_from_s, until = second < s->night_to_s;
	bool wraps = s->night_to_s < s->night_from_s;

	return s->has_night && (wraps ? since || until : since && until) ? s->night_db : 0;
}

double night_db_at(const struct settings *s, struct wall t)
{
	int32_t second;

	tz_date(&s->tz, t, &second);
	return night_db(s, second);
}
