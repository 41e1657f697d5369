/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which days a slot occurs, as people say it. Pure. */
#ifndef VX_PLAN_DAYS_TELL_H
#define VX_PLAN_DAYS_TELL_H

#include "base/buf.h"
#include "plan/timetable.h"

#include <jansson.h>

#define DAYS_TELL_DATES_MAX 6 /* single days named; of more it is said how many */

/* Appends, in the language of the thread: "thứ Hai và thứ Năm hằng tuần, trừ 2/9/2026, nghỉ ngày
 * lễ". Not told: days on which somebody has taken the slot off, for it occurs on them, and the
 * validity of the whole timetable. */
void days_tell(const struct slot *slot, struct buf *out);

/* {"vi", "en"}; a new reference. */
json_t *days_tell_texts(const struct slot *slot);

#endif
