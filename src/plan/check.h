/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with settings and timetables together, beyond what each file says by itself. */
#ifndef VX_PLAN_CHECK_H
#define VX_PLAN_CHECK_H

#include "plan/faults.h"
#include "plan/running.h"

#define CHECK_DAYS 366	     /* looked ahead for slots that overlap, or less when they are many */
#define CHECK_PLAN_DAYS 7    /* looked ahead for slots that are empty or too full */
#define CHECK_TWIN_DAYS 92   /* looked ahead for slots that the log could not tell apart */
#define CHECK_PAIRS_MAX 100  /* overlapping pairs told */

/* Adds, from `now` on and as warnings: slots that never occur, overlap (once a pair, with both
 * places), have nothing to play or more than fits (once a slot, with the first day), and slots of
 * one name in two files. Sound files that are missing are told where they are looked for
 * (world_files_load), with the reason and at each place that names them. */
void check_plan(const struct plan_input *in, struct wall now, struct faults *faults);

/* An error for a slot that starts, from `now` on, when one of its name in another file does: the
 * log names what aired by slot and start. Part of check_plan. */
void check_twins(const struct schedule *schedule, const struct tz *tz, struct wall now,
		 struct faults *faults);

#endif
