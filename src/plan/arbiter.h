/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arbiter: who holds the air of each zone. One table of rules, and a state machine over it that
 * knows neither clock nor sound: playout asks, and obeys. */
#ifndef VX_PLAN_ARBITER_H
#define VX_PLAN_ARBITER_H

#include "base/limits.h"

#include <stdbool.h>
#include <stdint.h>

/* Who may hold a zone, from below to above. The three levels of Circular 39/2020: ordinary
 * (thông thường) and priority (ưu tiên) are both the timetable's affair, where priority comes first
 * within its slot (plan/select.h); an emergency (khẩn cấp) stands above every programme. */
enum air_kind {
	AIR_NOBODY,
	AIR_DEMO,      /* a demonstration slot: it gives way to everybody */
	AIR_TIMETABLE, /* a slot, relays too */
	AIR_TEST,      /* an operator's tone */
	AIR_HAND,      /* "play": an operator's choice, now */
	AIR_VOICE,     /* somebody speaks live */
	AIR_DRILL,     /* an emergency that is practised */
	AIR_EMERGENCY,
	AIR_CUT,       /* silence until somebody resumes: perhaps they work at a horn */
	AIR_KINDS
};

enum air_verdict {
	AIR_REFUSED, /* not now; `why` is the reason that is logged */
	AIR_TAKES,
	AIR_UNDER, /* sounds, but ducked under the holder */
	AIR_WAITS, /* its turn comes when the holder ends, before anybody below */
};

/* What becomes of whoever sounds when somebody else comes, and afterwards. */
enum air_lot {
	AIR_STAYS,
	AIR_GIVES_WAY, /* sounds on until the other's first sample */
	AIR_DROPPED,   /* fades out, and is over there */
	AIR_BROKEN,    /* fades out, and comes back by its own rule: AIR_COMES_BACK or the end */
	AIR_DUCKED,    /* sounds on, lower */
	/* Told when somebody ends. */
	AIR_LOUD_AGAIN, /* was ducked, or was to give way */
	AIR_ITS_TURN,	/* had waited, and holds the zones now */
	AIR_COMES_BACK, /* was broken: may ask again; resume, restart or drop is its slot's rule */
};

struct air_rule {
	enum air_verdict verdict;
	enum air_lot lot; /* of the one that is there */
	int fade_ms;	  /* of that one */
	const char *why;  /* a code of proof/reason.h: why the one ended, or the other may not */
};

/* The rule for one that is there (AIR_NOBODY: nobody) when another asks. AIR_CUT never asks by
 * arbiter_ask, but its column tells what it does to each. */
const struct air_rule *arbiter_rule(enum air_kind there, enum air_kind asks);

/* "timetable", "emergency" … for logs and tests. */
const char *air_code(enum air_kind a);

/* Somebody who has asked: in which zones (bit i: zone i) what. The masks never share a bit. */
struct air_claim {
	uint64_t id; /* the caller's, not 0 */
	enum air_kind kind;
	int64_t since; /* of two of one kind, the one with the smaller takes nothing */
	uint32_t holds;
	uint32_t leaves; /* sounds its last, until the one that holds begins */
	uint32_t ducked;
	uint32_t broken;
	uint32_t waits;
};

struct arbiter {
	struct air_claim claims[AIR_CLAIMS_MAX]; /* by the order in which they asked */
	int count;
	uint32_t cut; /* zones that somebody has cut */
};

/* What one of the claims has to do now. */
struct air_effect {
	uint64_t id;
	uint32_t zones;
	enum air_lot lot;
	int fade_ms;
	const char *why; /* NULL when something comes back */
};
struct air_effects {
	struct air_effect list[2 * AIR_CLAIMS_MAX];
	int count;
};

struct air_ask {
	uint64_t id; /* known already: asks for what it has lost, and keeps what it has */
	enum air_kind kind;
	int64_t since;
	uint32_t zones;
	uint32_t over; /* zones in which it sounds though they are cut; emergencies only */
};
struct air_answer {
	uint32_t has;	 /* may sound there now, ducked too */
	uint32_t ducked; /* of these */
	uint32_t waits;
	const char *why; /* where it is refused (of several, by the lowest holder); NULL nowhere */
};

/* All effects are written anew. Pure; one thread. */
void arbiter_ask(struct arbiter *a, const struct air_ask *ask, struct air_answer *answer,
		 struct air_effects *effects);
/* It sounds no more in these zones, nor wants to. Unknown ids are fine. */
void arbiter_leave(struct arbiter *a, uint64_t id, uint32_t zones, struct air_effects *effects);
/* Whoever sounds, is broken or waits there is dropped; nobody but an emergency with `over` gets a
 * zone until arbiter_resume. */
void arbiter_cut(struct arbiter *a, uint32_t zones, struct air_effects *effects);
void arbiter_resume(struct arbiter *a, uint32_t zones);

/* Who holds it: AIR_CUT only where nobody sounds in spite of the cut. */
enum air_kind arbiter_holder(const struct arbiter *a, int zone);
/* NULL if nobody has asked by this id, or all is over. */
const struct air_claim *arbiter_claim(const struct arbiter *a, uint64_t id);

#endif
