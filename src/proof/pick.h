/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which entries of the log make the rows of a period: found in the log itself, without reading all
 * of it, and whatever the view names besides. */
#ifndef VX_PROOF_PICK_H
#define VX_PROOF_PICK_H

#include "base/numbers.h"
#include "proof/chain.h"

struct view;

struct pick {
	struct chain *chain;
	struct view *have; /* as it stands; held */
	int64_t entries;   /* how many of the log it has applied: no others are asked for */
	int64_t from_ms, to_ms; /* the period; recordings and events a day longer */
	struct numbers numbers;
	struct numbers corrected; /* found on the way, out of their order */
	struct numbers answered;  /* intents whose outcome is among the numbers */
	/* Of what the search has read, so that nothing is read twice. */
	struct numbers found; /* picked there, and what they name */
	struct numbers bulletins, emergencies;
	struct said *said; /* the entries bulletin.* */
	int said_count, said_room;
	bool *searched; /* stride by stride */
	bool leapt; /* a clock leapt over something, whose miss a later intent takes back */
};

/* What is owned; not chain. */
void pick_finish(struct pick *p);

/* True for an intent that says nothing more: its outcome is picked, and repeats all of it. */
bool pick_answered(struct pick *p, int64_t n, const char *text, size_t len);

/* Time stands in the log in the order of its entries, but for what a clock that was off has
 * stamped. So every 4096th entry tells where the period lies; what begins or ends beside it by the
 * clock is taken along on both sides, and 36 days behind it, because misses are written when the
 * station is back, which looks back 35. Of what lies elsewhere, the view's own numbers are taken:
 * a row that it has is always held against its entry. What is not noticed: that somebody took out
 * of the view a row which a wrong clock had stamped into this period from elsewhere; `vangxa
 * verify` reads everything. False + err: an entry of the period cannot be read. */
bool pick_period(struct pick *p, struct err *e);

/* Those of one airing and its bulletin. n, ended_n, checked_n as the view has them. */
bool pick_airing(struct pick *p, int64_t n, int64_t ended_n, int64_t checked_n, struct err *e);

#endif
