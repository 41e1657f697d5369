/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an airing proves in each of its zones: what the outcome says of the zone's device, and what
 * listening to it again found there. The airing's own level is that of the worst. */
#ifndef VX_PROOF_ZONELEVEL_H
#define VX_PROOF_ZONELEVEL_H

#include "base/buf.h"

#include <jansson.h>
#include <stdbool.h>

/* {zone: "A" | "B" | "C" | null}, the caller's; NULL of a single zone, of which the airing's level
 * says it. by_zone: that of airing.ended, checked: airing.checked, both as JSON, "" or NULL none.
 * A zone whose device did not take it has no level, whatever was found. */
json_t *zonelevel_read(const char *by_zone, const char *checked);

/* The level that the log claims of the zone with its outcome; "" none. */
const char *zonelevel_sent(const json_t *by_zone, const char *zone);

/* Whether some zone has another level than the airing as a whole (proof, "" none). */
bool zonelevel_differs(const json_t *levels, const char *proof);

/* The highest that is claimed of the airing or of any of its zones; "" none. It lives as long as
 * both arguments. */
const char *zonelevel_best(const json_t *levels, const char *proof);

/* "mot: B; hai: -", in the order of the names; "" for NULL. */
void zonelevel_print(struct buf *out, const json_t *levels);

/* The airing's level where all of its zones have that one, else as zonelevel_print. */
void zonelevel_tell(struct buf *out, const json_t *levels, const char *proof);

#endif
