/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one more bulletin would fit: the next starts of slots that would play it whole and leave
 * out nothing for it. Pure. */
#ifndef VX_PLAN_ROOM_H
#define VX_PLAN_ROOM_H

#include "plan/running.h"

#include <stdbool.h>
#include <stdint.h>

#define ROOM_MAX 6	  /* told at once: so many buttons one can choose from */
#define ROOM_DAYS_MAX 14 /* looked ahead */

struct room {
	struct wall start;   /* of the slot */
	struct wall planned; /* of the bulletin in it */
	const struct slot *slot; /* of the input's schedule */
};

/* The plan is made without and with the bulletin (frames, level, language, programmes, days and
 * wished slots count; id and state do not), so that the same rules decide as on air.
 * Demonstrations are no place, nor is what plays bulletins only as a fallback.
 * *count ≤ ROOM_MAX, by time. False + err as plan_make. */
bool room_find(const struct plan_input *in, const struct bulletin *b, struct wall now,
	       struct room list[static ROOM_MAX], int *count, struct err *e);

#endif
