/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stamps: what an entry says of the clock that gave it its time, and how entries that a wrong
 * clock stamped are to be read once a right one is there. */
#ifndef VX_PROOF_STAMP_H
#define VX_PROOF_STAMP_H

#include "base/civil.h"
#include "base/moment.h"
#include "sys/clock.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* An entry is never edited. One that was written by a clock which nobody disciplined says so, and
 * how long the machine had been up (up_ms, of this boot): that counter is right to DRIFT_PPM
 * whatever the wall clock shows. When the clock is synchronised later in the same boot, the
 * difference between the two tells for each stretch of such entries by how much their times are
 * off; that is a clock.corrected entry.
 *
 * "clock" of an entry: {"synced", "max_error_ms", "source"}: the kernel's word, its bound (null
 * unless synced) and who disciplines it (struct clock_state). Unless synced, or when it is synced
 * and yet earlier than the bound: "not_before", the latest moment that is known to have passed.
 * Unless synced also "boot", the first eight characters of station.started's, and "up_ms".
 *
 * The bound is raised by every synchronised entry (its time less its error), by not_before of the
 * last entry at open, and by stamps_learn; it moves on with the machine's own counter. */

/* The most that the kernel's counter is off: adjtimex(2) can correct no more. */
#define DRIFT_PPM 500
/* Steps of an undisciplined clock within one boot; what comes after so many stays uncorrected. */
#define STRETCHES_MAX 64
#define STAMP_BOOT_BYTES 9

/* Entries [from_n, to_n] with one and the same difference between wall clock and counter. */
struct stretch {
	int64_t from_n, to_n;
	int64_t off_ns; /* wall − up */
};

struct stamps {
	struct clock *clock;
	char boot[STAMP_BOOT_BYTES]; /* "" unknown: nothing can be corrected */
	bool bounded;
	struct wall bound;  /* has surely passed … */
	int64_t bound_up_ns; /* … when the machine had been up so long */
	struct stretch list[STRETCHES_MAX];
	int count;
};

/* One reading of the clocks. */
struct stamp {
	struct wall wall;
	int64_t up_ns;
	struct clock_state state;
};

void stamps_init(struct stamps *s, struct clock *clock);

/* The kernel's id of this boot. */
void stamps_boot(struct stamps *s, const char *boot);

struct stamp stamps_take(struct stamps *s);

/* The member "clock" for an entry with this stamp; the caller's. */
json_t *stamps_json(struct stamps *s, const struct stamp *now, const struct tz *tz);

/* Entry n is durable with this stamp. */
void stamps_wrote(struct stamps *s, int64_t n, const struct stamp *stamp);

/* At open, of the last entry: its word for what has passed. */
void stamps_resume(struct stamps *s, const json_t *entry);

/* At open, of each of the newest entries in their order, when the boot is known: stretches that
 * another program of this boot wrote and nobody corrected. */
void stamps_review(struct stamps *s, int64_t n, const json_t *entry);

/* Somebody else's word that t has passed: of a witness that signed the log at t. */
void stamps_learn(struct stamps *s, struct wall t);

/* A person says that the clock is right: what was thought to have passed is forgotten. */
void stamps_forget(struct stamps *s);

/* What has surely passed by now; false: nothing is known. */
bool stamps_bound(struct stamps *s, struct wall *t);

/* clock.corrected for the oldest stretch, once the clock is synchronised; the stretch is done with.
 * NULL: nothing to correct. The caller's. */
json_t *stamps_correction(struct stamps *s);

#endif
