/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/twins.h"

#include "base/saying.h"
#include "proof/reader.h"
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

void twins_tell(struct view *view, const struct bulletin *b, const char *original_sha256,
		const struct tz *tz, struct warnings *w)
{
	static const enum saying sayings[] = {[READER_SAME_FILE] = SAYING_SAME_FILE,
					      [READER_SAME_SOUND] = SAYING_SAME_SOUND,
					      [READER_SAME_TITLE] = SAYING_SAME_TITLE};
	struct bulletin twin;
	enum reader_same how;
	struct err e = {0};
	int32_t second;
	char day[11];

	if (!reader_twin(view, b, original_sha256, &twin, &how, &e)) {
		if (e.kind != ERR_NOT_FOUND)
			log_warn("%s", e.text);
		return;
	}
	if (strcmp(twin.id, b->replaces) == 0)
		return; /* that is what it is for */
	date_print(tz_date(tz, twin.received, &second), day);
	json_t *said = saying(sayings[how]);
	json_object_set_new(said, "bulletin", json_string(twin.id));
	json_object_set_new(said, "title", json_string(twin.title));
	json_object_set_new(said, "day", json_string(day));
	json_object_set_new(said, "under", under(&twin));
	warnings_add(w, said);
}
