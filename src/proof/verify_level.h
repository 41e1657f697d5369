/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the levels of proof that entries claim rest on what the same entries tell: nobody signs
 * "B" beside figures that say otherwise without its being named. */
#ifndef VX_PROOF_VERIFY_LEVEL_H
#define VX_PROOF_VERIFY_LEVEL_H

#include "base/limits.h"
#include "proof/verdict.h"
#include "proof/verify_found.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Of an airing what airing.checked, some entries later, is held against. */
struct verify_airing {
	int64_t n;	/* of its intent */
	uint64_t sound;	/* the first digits of its master's SHA-256; 0: it has none */
	struct verify_aired aired;
	bool ended, sent; /* it has an outcome; all devices took it whole */
};

/* Names of zones, by which bits stand for them. Those that are one too many share the last bit: of
 * them a claim may pass that another's outcome bears out. */
#define VERIFY_ZONE_NAMES 32

struct verify_sound_length {
	int64_t n; /* of bulletin.received */
	int64_t frames;
};

/* Initialise by verify_level_init; the caller's memory. 40 bytes for each airing. */
struct verify_level {
	struct verdict *verdict;
	struct verify_airing *airings; /* by n, ascending */
	int64_t airing_count, airing_room;
	struct verify_sound_length *lengths; /* the same */
	int64_t length_count, length_room;
	char zone_names[VERIFY_ZONE_NAMES - 1][NAME_BYTES];
	int zone_name_count;
	int64_t looked;		/* levels that were claimed */
	int64_t unknown, first_unknown; /* found by a method that this program does not know */
};
void verify_level_init(struct verify_level *l, struct verdict *verdict);

/* The next entry, in the order of their numbers. What is found goes to the verdict:
 *   level-unfounded     a level is claimed without the figures that it takes (base/heard.h; of
 *                       older methods by their own rules), or against what the entry itself says
 *   complete-unfounded  more of a bulletin is claimed than its frames are
 *   ended-other         the outcome is of another sound than the intent
 *   checked-unended     listened to again before it had an outcome
 *   checked-unsent      a level is claimed of what no device took whole, or of a zone whose device
 *                       did not
 *   checked-other       another sound was looked for than the one that aired */
void verify_level_take(struct verify_level *l, int64_t n, const json_t *o);

/* Counts, and tells what could not be judged; frees. */
void verify_level_finish(struct verify_level *l);

#endif
