/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found by comparing two plans, gathered: the same thing on several days or at several
 * times is one sentence. For effect_compare.c. */
#ifndef VX_PLAN_EFFECT_TELL_H
#define VX_PLAN_EFFECT_TELL_H

#include "base/civil.h"
#include "plan/effect.h"

#include <jansson.h>

#define EFFECT_SENTENCES_MAX 200 /* nobody reads more; the rest is counted */
#define EFFECT_STARTS_TOLD 20	 /* of each, by their instants */
#define EFFECT_TIMES_TOLD 6	 /* times of day in a sentence */

struct effect_tell {
	const struct tz *tz;
	struct wall now;
	json_t *list;  /* sentences as they are found */
	json_t *index; /* what is said, without time → place in the list */
	int more;
};

void effect_tell_begin(struct effect_tell *t);

/* Adds what is said (takes the reference) of a start; was: where it stood before, or NULL; `at`
 * NULL: only where it stood. Both NULL: it has no time. */
void effect_tell(struct effect_tell *t, json_t *said, bool grave, const struct effect_start *at,
		 const struct effect_start *was);

/* The answer of effect_compare. */
json_t *effect_tell_end(struct effect_tell *t);

#endif
