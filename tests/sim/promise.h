/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the plan promised, against the rows of the log: one row for each, whatever happened. */
#ifndef VX_TESTS_SIM_PROMISE_H
#define VX_TESTS_SIM_PROMISE_H

#include "simstation.h"

/* A row of the log that belongs to the timetable: the only one about its thing. */
void promise_row(struct simstation *s, const json_t *entry);

/* The plan as it is when its time comes; while the clock is not to be trusted no time comes. After
 * each step of playout. */
void promise_look(struct simstation *s);

/* What is planned for the time up to now, before something changes: the station need not run. */
void promise_settle(struct simstation *s);

void promise_finish(struct simstation *s);

/* The station is gone: of what begins later only that is planned which still is when it begins. */
void promise_off(struct simstation *s);

/* Everything that was planned when its time came, more than an hour ago, has its row; how many
 * there were. */
int promise_check(struct simstation *s);

/* What "vangxa verify" holds against the timetables that were in force: an honest station's log
 * differs in nothing. */
void promise_explained(struct simstation *s);

#endif
