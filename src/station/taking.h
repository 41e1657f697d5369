/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking the air: runs ask the arbiter (plan/arbiter.h), and what it rules is done to what sounds.
 * Nobody else takes a zone from somebody. Main thread. */
#ifndef VX_STATION_TAKING_H
#define VX_STATION_TAKING_H

#include "station/playout.h"

/* Asks for all zones of the run; others fade as it is ruled, by order of who ("" the timetable).
 * *zones: where it may sound now; when there are none, why. */
enum reason taking_ask(struct playout *p, struct run *r, const char *who, uint32_t *zones);

/* The same for some of its zones, which it has lost; those that it has now. */
uint32_t taking_again(struct playout *p, struct run *r, uint32_t zones);

/* The same for a claim that has no run yet. */
void taking_ask_as(struct playout *p, const struct air_ask *ask, const char *who,
		   struct air_answer *answer);

/* In which of the zones somebody new of this kind would get the air now; *why (a code of
 * proof/reason.h) where it would not, NULL nowhere. Changes nothing. */
uint32_t taking_would(const struct playout *p, enum air_kind kind, uint32_t zones,
		      const char **why);
/* In which zones this run would have the air if it asked now, as what it is. */
uint32_t taking_may(const struct playout *p, const struct run *r);

/* The run is silent for good. */
void taking_leave(struct playout *p, struct run *r);
void taking_leave_claim(struct playout *p, uint64_t claim, uint32_t zones);

/* The run's item starts at `at`: what gives way to it ends there. */
void taking_over(struct playout *p, struct run *r, struct frame at);

/* Somebody cuts these zones. */
void taking_cut(struct playout *p, uint32_t zones, const char *who);

#endif
