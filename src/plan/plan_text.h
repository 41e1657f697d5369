/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running order as a table for people, for `vangxa plan`. */
#ifndef VX_PLAN_PLAN_TEXT_H
#define VX_PLAN_PLAN_TEXT_H

#include "base/buf.h"
#include "plan/running.h"

/* Appends the plan, day by day, in the language of the process. */
void plan_text(struct buf *out, const struct plan *p, const struct plan_input *in);

/* One part of it, so that a year need not be in memory as text: occurrence number i, after the line
 * of its day if it is the first of one. */
void plan_text_occurrence(struct buf *out, const struct plan *p, int i,
			  const struct plan_input *in);
/* The days from `from` on and before `to` on which nothing is planned because a special timetable
 * wants it so, each as a line of its day with the period and its basis; first: nothing stands above
 * them. How many there were. */
int plan_text_silent(struct buf *out, const struct plan_input *in, struct date from,
		     struct date to, bool first);
/* What stands instead when nothing is planned. */
void plan_text_nothing(struct buf *out);

#endif
