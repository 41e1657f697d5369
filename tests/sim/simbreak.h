/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an emergency broke off, and what became of it. */
#ifndef VX_TESTS_SIM_SIMBREAK_H
#define VX_TESTS_SIM_SIMBREAK_H

#include "simstation.h"

/* Every entry of the log: a break ends once, by an intent that resumes it or by plan.dropped. */
void simbreak_take(struct simstation *s, const json_t *entry);

/* A zone of an outcome that no alarm took alone; NULL: there is none. */
const char *simbreak_whole_zone(const struct simstation *s, const json_t *ended);

/* Nothing is on air or to come: no break is open. */
void simbreak_check(const struct simstation *s);

void simbreak_finish(struct simstation *s);

#endif
