/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the figures that an airing.checked tells are those of a sound that was found: by the
 * thresholds of base/heard.h, and as far as anybody ever looked. Pure. */
#ifndef VX_PROOF_VERIFY_FOUND_H
#define VX_PROOF_VERIFY_FOUND_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What airing.ended says of it. */
struct verify_aired {
	int64_t frames;
	int zones; /* that it tells of one by one; 0: it does not */
	uint32_t took; /* of them those whose device took it whole: see verify_level.h */
};

/* Whether the entry tells the level of each of its zones: then they are judged one by one, and the
 * airing has the lowest of theirs. */
bool verify_by_zone(const json_t *o);

/* Why this zone of the entry has not the level that it claims there; NULL: it has. */
const char *verify_zone_unfounded(const struct verify_aired *a, const char *method,
				  const json_t *o, const char *name, const json_t *zone);

/* Why the airing as a whole has not the level that it claims beside those of its zones. */
const char *verify_whole_unfounded(const struct verify_aired *a, const json_t *o);

/* Why the entry o is no level B, or no level C; NULL: it is. method: one that heard_judged_min
 * knows. In the language of the thread. */
const char *verify_not_recorded(const struct verify_aired *a, const char *method, const json_t *o);
const char *verify_not_heard(const struct verify_aired *a, const char *method, const json_t *o);

#endif
