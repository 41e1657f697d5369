/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's own lists of codes, languages and programmes, as DIR/seeds/ holds them: data that
 * a station edits, because programmes are founded and end by decision. */
#ifndef VX_STATION_CATALOGUE_H
#define VX_STATION_CATALOGUE_H

#include "base/err.h"
#include "base/warnings.h"

#include <jansson.h>
#include <stdbool.h>

struct disk;

struct catalogue {
	const char *file, *list; /* "seeds/tieng.yaml", "tieng": a list of maps with the key `ma` */
	const char *field;	 /* of the request */
};
extern const struct catalogue catalogue_languages, catalogue_programmes;

/* True if the code is in the list, or if the station keeps no such list. False + ERR_USAGE: a
 * sentence that names field, code and file, and the codes there are if they are few. A list that
 * cannot be read refuses nothing; that is a warning. Reads the file each time: it is small, and a
 * line added to it holds at once. */
bool catalogue_has(const struct catalogue *c, struct disk *disk, const char *code,
		   struct warnings *w, struct err *e);

/* [{"code", "name", "from", "to"}…], the days null where the list has none; empty if the station
 * keeps no such list or it cannot be read. The caller's. */
json_t *catalogue_list(const struct catalogue *c, struct disk *disk);

#endif
