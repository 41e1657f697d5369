/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's own lists of codes, as DIR/seeds/ holds them (plan/seeds.h): data that a station
 * edits, because programmes are founded and end by decision. */
#ifndef VX_STATION_CATALOGUE_H
#define VX_STATION_CATALOGUE_H

#include "base/codes.h"
#include "base/err.h"
#include "base/warnings.h"
#include "plan/faults.h"
#include "plan/lists.h"

#include <jansson.h>
#include <stdbool.h>

struct disk;

/* True if the code is in the list, or if the station keeps no such list. False + ERR_USAGE: a
 * sentence that names the request's field, code and file, and the codes there are if they are few.
 * A list that cannot be read refuses nothing; that is a warning. Reads the file each time: it is
 * small, and a line added to it holds at once. */
bool catalogue_has(enum codes_list which, struct disk *disk, const char *code,
		   struct warnings *w, struct err *e);

/* [{"code", "name", "from", "to"}…], the days null where the list has none; empty if the station
 * keeps no such list or it cannot be read. The caller's. */
json_t *catalogue_list(enum codes_list which, struct disk *disk);

/* All lists that there are; codes_finish each. What is wrong with them goes to faults: a file that
 * is not there is no fault. */
void catalogue_load(struct disk *disk, struct codes lists[static CODES_LISTS],
		    struct faults *faults);

/* The whole catalogue, places, targets, rates and deadlines too; lists_finish. */
void catalogue_all(struct disk *disk, struct lists *lists, struct faults *faults);

#endif
