/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a sheet go into the log, an entry at a time with pauses between, so that neither the
 * air nor anybody's command waits. What was written when the power went stays, and the same sheet
 * once more writes the rest: rows that are there already are the same. */
#ifndef VX_STATION_IMPORTS_H
#define VX_STATION_IMPORTS_H

#include "base/err.h"
#include "base/limits.h"
#include "base/register.h"
#include "sys/loop.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct desk;

/* Rows that wait, in a file without a name: a line "SP5 {…}" each, "- {…}" for one that gets its id
 * when it is written. */
struct imports_rows {
	FILE *spool; /* from its beginning on */
	int64_t count;
	const struct register_shape *shape;
	char name[NAME_BYTES], sha256[SHA256_HEX_BYTES]; /* of the sheet */
	char who[CODE_BYTES];
};

/* One after the other; zero-initialise. Main thread. */
struct imports {
	struct desk *desk;
	struct loop *loop; /* NULL: without a station all of it happens at once */
	struct timer timer;
	struct imports_rows rows;
	int64_t done;
	char *line; /* read, and had no room in the last entry */
	size_t line_bytes;
	bool failed;
	struct err why;
};

void imports_init(struct imports *m, struct desk *desk, struct loop *loop);

/* Takes the rows over. False + err: without a loop, the log could not take them. */
bool imports_begin(struct imports *m, struct imports_rows *rows, struct err *e);

bool imports_busy(const struct imports *m);

/* {"register", "name", "rows", "done", "busy", "error"}; null: none since the start. */
json_t *imports_json(const struct imports *m);

void imports_stop(struct imports *m);

#endif
