/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stock: the bulletins of a station as the entries of its log make them, one after the other. */
#ifndef VX_STATION_STOCK_H
#define VX_STATION_STOCK_H

#include "base/bulletin.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* The list is the caller's, or grown by stock_receive and freed by stock_finish. */
struct stock {
	struct bulletin *list; /* by age, either way round */
	int count, capacity;
};

void stock_finish(struct stock *s);

/* The bulletin with this id, NULL if there is none; near either end it is found soon. */
struct bulletin *stock_find(const struct stock *s, const char *id);

/* Adds the bulletin that entry n, a bulletin.received, tells of; at most BULLETINS_MAX. */
void stock_receive(struct stock *s, int64_t n, const json_t *entry);

/* A bulletin as its bulletin.received has it: words as they were, nobody has decided. The sound
 * never changes, and is left as it stands. */
void stock_renew(struct bulletin *b, int64_t n, const json_t *entry);

/* Entry n, an order.set, says in which order these air where they meet. Of two entries the newer
 * counts, in whichever order they are taken. */
void stock_order(struct stock *s, int64_t n, const json_t *entry);

/* Entry n, an item.quarantined or item.released, puts aside all that have these bytes, or lets
 * them air again. Of two entries the newer counts. */
void stock_aside(struct stock *s, int64_t n, const json_t *entry);

/* Takes over what entry n decides (order.set; item.quarantined, item.released; edited, endorsed,
 * approved with what that replaces, refused, withdrawn), the same as view_apply does to the row;
 * false: it decides nothing here. */
bool stock_decide(struct stock *s, int64_t n, const json_t *entry);

#endif
