/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zoned.h"

#include "base/fold.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

static bool is_called(const struct place *p, const char *text)
{
	return strcmp(p->code, text) == 0 || fold_same(p->name, text);
}

/* Names are shared: communes of two districts may have one. */
static bool lies_in(const struct places *places, const char *code, const char *text,
		    struct date day)
{
	for (int i = 0; i < places->count; i++)
		if (is_called(&places->list[i], text) &&
		    places_at(places, places->list[i].code, day) != NULL &&
		    places_within(places, code, places->list[i].code, day))
			return true;
	return false;
}

static bool is_place(const struct places *places, const char *text)
{
	for (int i = 0; i < places->count; i++)
		if (is_called(&places->list[i], text))
			return true;
	return false;
}

bool zoned(const struct settings *s, const struct places *places, struct date day,
	   const char **place, char out[static ZONED_BYTES], struct err *e)
{
	size_t len = 0;

	if (*place == NULL || (*place)[0] == '\0' || s == NULL || settings_zone(s, *place) >= 0 ||
	    !is_place(places, *place))
		return true;
	out[0] = '\0';
	for (int i = 0; i < s->zone_count; i++) {
		const struct zone *z = &s->zones[i];
		if (lies_in(places, z->place[0] != '\0' ? z->place : s->place, *place, day))
			len += (size_t)snprintf(out + len, ZONED_BYTES - len, "%s%s",
						len > 0 ? "," : "", z->name);
	}
	if (len == 0)
		return err_set(e, ERR_USAGE,
			       T("--place %.60s: không cụm loa nào ở địa bàn này; ghi place: ở cụm "
				 "loa, hoặc cho cả đài, trong station.yaml",
				 "--place %.60s: no zone is in this place; write place: at a zone, "
				 "or for the station, in station.yaml"), *place);
	*place = out;
	return true;
}
