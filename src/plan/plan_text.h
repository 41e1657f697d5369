/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running order as a table for people, for `vangxa plan`. */
#ifndef VX_PLAN_PLAN_TEXT_H
#define VX_PLAN_PLAN_TEXT_H

#include "base/buf.h"
#include "plan/running.h"

/* Appends the plan, day by day, in the language of the process. */
void plan_text(struct buf *out, const struct plan *p, const struct plan_input *in);

#endif
