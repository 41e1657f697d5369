/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report of several stations says of the packs it was made from: which they are, by which
 * key, of what their logs know nothing, and which were left out. */
#ifndef VX_CLI_PACKS_TOLD_H
#define VX_CLI_PACKS_TOLD_H

#include "report/report.h"

#include <jansson.h>

/* As notes. taken: names of logs → what pack_take told, and "path", "label" and "first_ms", of the
 * log's first entry; left: [text]. */
bool packs_told(const struct report *r, json_t *taken, const json_t *left,
		struct table_writer *w, struct err *e);

#endif
