/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a day somebody should look at while there is time to mend it, as the plan knows it. Pure;
 * how it sounds is found by rendering it (cli/cmd_preflight.c). */
#ifndef VX_PLAN_PREFLIGHT_H
#define VX_PLAN_PREFLIGHT_H

#include "base/saying.h"
#include "plan/running.h"

#include <jansson.h>

struct preflight {
	json_t *findings; /* sayings with "grade": "error", "warn" or "info"; owned */
	json_t *starts;	  /* ["05:00 Tiếp âm", …]: every start that has the air; owned */
	int64_t start_count; /* of all of them, beyond PREFLIGHT_STARTS_MAX too */
};

/* Each thing once, with its first start of the day: slots that are silent, refused or confirmed
 * inside quiet hours, shortened, too full or without the air; priority bulletins that nobody has
 * put in order yet; bulletins that would air if somebody
 * approved them, and those that aired until the day before. Demonstrations and slots that somebody
 * has taken off are meant so. False + err as plan_make; *p is then empty. */
bool preflight_make(struct preflight *p, const struct plan_input *in, struct date day,
		    struct err *e);
void preflight_finish(struct preflight *p);

/* One more, unless PREFLIGHT_FINDINGS_MAX are there. Takes said. */
void preflight_add(struct preflight *p, const char *grade, json_t *said);

#endif
