/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report is made from besides the log's rows: the station's name and settings, its catalogue
 * with targets and pay rates, the names of persons, and the log's newest head. Read beside a
 * running station. */
#ifndef VX_CLI_MADE_H
#define VX_CLI_MADE_H

#include "base/letter.h"
#include "cli/zoned.h"
#include "people/users.h"
#include "plan/called.h"
#include "plan/concern.h"
#include "plan/lists.h"
#include "plan/settings.h"
#include "proof/checkpoint.h"
#include "report/report.h"

#include <jansson.h>

struct disk;

/* Zero-initialise; `r` points into the rest, so that it must not be moved once it is gathered. */
struct made {
	struct report r;
	struct tz tz; /* the caller's to set */
	struct lists lists;
	struct settings *settings; /* NULL: none can be read */
	struct report_zone zones[ZONES_MAX];
	struct report_target *targets;
	struct users *users;
	struct letter letter;
	json_t *people; /* id → name, as they were asked for */
	struct concern concern;
	char zones_asked[ZONED_BYTES];
	struct called called;
	char station[NAME_BYTES], log[512], mark[HASH_TEXT_BYTES + 24];
};

/* When the log began, if that is within the period or after it; r.period and tz are set. */
void made_began(struct made *m, struct view *have);
/* All of r but its view, period, filter and the log's head. What cannot be read is left out,
 * and the first of its faults logged. */
void made_gather(struct made *m, const char *dir, struct disk *disk);
/* The head as it is now: of all that was read before, so that it comes last. */
void made_head(struct made *m, struct disk *disk);
void made_let_go(struct made *m);

#endif
