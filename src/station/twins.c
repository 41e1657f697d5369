/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/twins.h"

#include "base/saying.h"
#include "proof/reader.h"
#include "station/likeness.h"
#include "sys/log.h"

#include <stdio.h>
#include <string.h>

static json_t *under(const struct bulletin *twin)
{
	if (twin->fund[0] == '\0')
		return json_string("");
	json_t *said = saying(SAYING_UNDER_FUND);
	json_object_set_new(said, "fund", json_string(twin->fund));
	return said;
}

static void tell(const struct bulletin *twin, json_t *said, const struct tz *tz,
		 struct warnings *w)
{
	int32_t second;
	char day[11];

	date_print(tz_date(tz, twin->received, &second), day);
	json_object_set_new(said, "bulletin", json_string(twin->id));
	json_object_set_new(said, "title", json_string(twin->title));
	json_object_set_new(said, "day", json_string(day));
	json_object_set_new(said, "under", under(twin));
	warnings_add(w, said);
}

/* Rounded down: 100 % is said of no less. */
static json_t *sounds_same(double share)
{
	json_t *said = saying(SAYING_SOUNDS_SAME);

	json_object_set_new(said, "percent", json_integer((json_int_t)(share * 100)));
	return said;
}

void twins_tell(struct view *view, const struct bulletin *b, const char *original_sha256,
		const struct likeness *like, const struct tz *tz, struct warnings *w)
{
	static const enum saying sayings[] = {[READER_SAME_FILE] = SAYING_SAME_FILE,
					      [READER_SAME_SOUND] = SAYING_SAME_SOUND,
					      [READER_SAME_TITLE] = SAYING_SAME_TITLE};
	struct bulletin twin;
	enum reader_same how;
	struct err e = {0};
	bool found = reader_twin(view, b, original_sha256, &twin, &how, &e);

	if (!found && e.kind != ERR_NOT_FOUND) {
		log_warn("%s", e.text);
		return;
	}
	if (like->bulletin[0] != '\0' && (!found || how == READER_SAME_TITLE)) {
		if (reader_bulletin(view, like->bulletin, &twin, &e))
			tell(&twin, sounds_same(like->share), tz, w);
		return;
	}
	/* A new version is like what it replaces; that is what it is for. */
	if (found && strcmp(twin.id, b->replaces) != 0)
		tell(&twin, saying(sayings[how]), tz, w);
}
