/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each slot has to play on a day, and its layout, remembered from day to day. */
#ifndef VX_PLAN_CONTENT_H
#define VX_PLAN_CONTENT_H

#include "plan/fill.h"
#include "plan/occur.h"
#include "plan/running.h"

/* A year of 200 slots has 73,000 occurrences but few different contents: what a slot plays changes
 * only on the days on which a bulletin becomes valid or ends, and slots with the same rules play
 * the same. So both the choice and the layout are kept and shared, over days and slots. */
struct content;

/* For starts from from_day to to_day. Layouts live in `keep`; content_destroy frees the rest. */
struct content *content_create(const struct plan_input *in, int64_t from_day, int64_t to_day,
			       struct arena *keep);
void content_destroy(struct content *c);

/* What the slot's fallback offers on the day of this start, in its order; in the arena. */
int content_fallback(const struct plan_input *in, const struct slot *slot, struct wall start,
		     struct piece **pieces, struct arena *a);

/* Finds what there is to play at this start: sets o->choice and o->playable. */
void content_choose(struct content *c, struct occur *o);

/* Whether a priority bulletin is among what there is to play; content_choose comes first. */
bool content_priority(const struct occur *o);

/* Memory that lives as long as the layouts. */
void *content_take(struct content *c, size_t bytes);

/* The layout of this start, with its conflicts already resolved. */
const struct layout *content_layout(struct content *c, const struct occur *o);

#endif
