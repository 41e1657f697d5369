/* SPDX-License-Identifier: GPL-3.0-or-later */
// A day of the lunar calendar as people name it: "15/1", "1/*" (of each month), "1/6n" (of a leap
// month). Pure.
#ifndef VX_PLAN_LUNAR_PICK_H
#define VX_PLAN_LUNAR_PICK_H

#include "base/lunar.h"

#include <stdbool.h>

struct lunar_pick {
	uint8_t day;   /* 30: the last of the month, which may be the 29th, as one keeps it */
	uint8_t month; /* 0: each, leap months too */
	bool leap;     /* of the leap month only, of which most years have none */
};

/* "D/M"; M may be "*" for each month, and have "n" or " nhuận" behind it for the leap month of that
 * number. False: no such day. */
bool lunar_pick_parse(const char *text, struct lunar_pick *p);

/* As lunar_pick_parse reads it. out ≥ 8 bytes. */
void lunar_pick_print(const struct lunar_pick *p, char out[static 8]);

bool lunar_pick_is(const struct lunar_pick *p, struct lunar day);

#endif
