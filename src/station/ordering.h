/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ordering: priority bulletins that meet, an operator's word on which goes first, and what is
 * written down when nobody gave one (plan/collide.h says what meets). */
#ifndef VX_STATION_ORDERING_H
#define VX_STATION_ORDERING_H

#include "base/err.h"
#include "plan/running.h"

#include <jansson.h>
#include <stdbool.h>

struct desk;
struct playout;

/* From now on these air in this order wherever they meet: ids, an array of texts, the first first.
 * Each must be an approved priority bulletin. What is planned and has not begun is planned anew. */
bool ordering_set(struct desk *d, const json_t *ids, const char *who, struct err *e);

/* What meets in the plan after that moment, as collide_json: whether it is given, by whom (`name`
 * too: null for what is no account), and the order that applies. The caller's. */
struct users;
json_t *ordering_json(const struct plan *p, const struct tz *tz, struct wall after,
		      struct users *u);

/* Banners for what nobody has answered, the soonest first, three at most: sayings. The caller's. */
json_t *ordering_banners(struct playout *p);

/* o begins: if nobody has said in which order its priority bulletins go, the log tells which one
 * applied. */
void ordering_begins(struct playout *p, const struct occurrence *o);

#endif
