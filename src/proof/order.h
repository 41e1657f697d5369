/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order: in which order priority bulletins air that meet in the plan: the entries that say so, and
 * what the view knows of them. */
#ifndef VX_PROOF_ORDER_H
#define VX_PROOF_ORDER_H

#include "base/bulletin.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct view;

/* Somebody put these in this order; it holds wherever they meet, until a newer entry names them. */
json_t *order_entry_set(const struct bulletin *const *list, int count, const char *who);

/* The slot began and nobody had said: they went in this one. It says nothing about later starts.
 * with: the slot which overlaps it; NULL: all are of one slot. */
json_t *order_entry_default(const struct bulletin *const *list, int count, const char *slot,
			    struct wall occurrence, const char *with, const struct tz *tz);

/* For view_apply.c: takes over order.set. */
bool order_apply(struct view *v, int64_t n, const json_t *o, struct err *e);

#endif
