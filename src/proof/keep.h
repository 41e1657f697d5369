/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping: which recordings stay and which go: the entries that say so, and what the view knows of
 * them. The log itself, masters and originals are kept for ever and are not spoken of here. */
#ifndef VX_PROOF_KEEP_H
#define VX_PROOF_KEEP_H

#include "proof/history.h"

#include <jansson.h>

/* Why a recording was removed. */
#define KEEP_AGE "age"	 /* older than the station keeps them */
#define KEEP_LOST "lost" /* not by the station: it was gone at a start, see recording.lost */
#define KEEP_ROOM "room" /* the disk was filling, and it was the oldest */

/* A hold is named by its entry: "H12". [from, to); zone NULL or "": all. reason is needed. */
json_t *keep_entry_held(struct wall from, struct wall to, const char *zone, const char *reason,
			const char *who, const struct tz *tz);
json_t *keep_entry_lifted(const char *hold, const char *reason, const char *who);

/* To be written before the file is removed. found: SHA-256 of the file as it was then; it stands
 * apart if it is not what recording.closed says. held_until_ms: when the last hold on it was
 * lifted, 0 there was none. */
json_t *keep_entry_removed(const struct recording_row *r, const char *found, const char *why,
			   int64_t held_until_ms, const struct tz *tz);

/* For view_apply.c. */
bool keep_apply_held(struct view *v, int64_t n, const json_t *o, struct err *e);
bool keep_apply_lifted(struct view *v, int64_t n, const json_t *o, struct err *e);
bool keep_apply_removed(struct view *v, int64_t n, const json_t *o, struct err *e);

/* The oldest recording (by its entry) after entry `after` that is neither removed nor held.
 * ERR_NOT_FOUND when there is none. */
bool keep_oldest(struct view *v, int64_t after, struct recording_row *r, struct err *e);

/* The same of those that ended before `limit`. A clock that was slow for a while makes nothing old:
 * corrected times count, and a recording is no older than those before it in the log, as far as
 * they are not later than `now`. */
bool keep_older(struct view *v, int64_t after, struct wall limit, struct wall now,
		struct recording_row *r, struct err *e);

/* When the last hold on it was lifted, 0 none was. */
bool keep_held_until(struct view *v, const struct recording_row *r, int64_t *ms, struct err *e);

/* The newest removals, newest first; each() returns false to stop. */
bool keep_removed(struct view *v, bool (*each)(const struct recording_row *r, void *arg),
		  void *arg, struct err *e);

struct hold_row {
	int64_t n;
	char id[ID_BYTES]; /* "H12" */
	int64_t at_ms, from_ms, to_ms;
	char zone[NAME_BYTES]; /* "" all */
	char reason[REASON_BYTES], who[ID_BYTES];
	int64_t lifted_n; /* −1: in force */
	int64_t lifted_ms;
	char lifted_by[ID_BYTES], lifted_why[REASON_BYTES];
};

/* All holds, newest first, lifted ones too. */
bool keep_holds(struct view *v, bool (*each)(const struct hold_row *h, void *arg), void *arg,
		struct err *e);

/* ERR_NOT_FOUND if there is no hold of this id. */
bool keep_hold(struct view *v, const char *id, struct hold_row *h, struct err *e);

/* Recordings that the log says are removed, and why not so: each() returns false to stop. */
enum keep_fault {
	KEEP_WHILE_HELD, /* a hold that was in force covered it */
	KEEP_NO_CAUSE,	 /* for none of the two causes above */
	KEEP_TOO_YOUNG,	 /* "age", and younger than any station removes them */
};
bool keep_faults(struct view *v,
		 bool (*each)(const struct recording_row *r, enum keep_fault fault, void *arg),
		 void *arg, struct err *e);

/* How many recordings a hold covers. */
struct keep_covered {
	int64_t there, removed; /* as far as the log knows */
};
bool keep_covered(struct view *v, const struct hold_row *h, struct keep_covered *c,
		  struct err *e);

/* What is there. */
struct keep_totals {
	int64_t count, bytes;
	int64_t oldest_ms;    /* when the oldest began, 0 none */
	int64_t recent_bytes; /* of those that began at `since` or later, removed ones too */
	int64_t held;	      /* holds in force */
};
bool keep_totals(struct view *v, struct wall since, struct keep_totals *t, struct err *e);

#endif
