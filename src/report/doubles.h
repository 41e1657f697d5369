/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubles: the products of the log and its registers, which of them are perhaps one, and what
 * people have decided about them. */
#ifndef VX_REPORT_DOUBLES_H
#define VX_REPORT_DOUBLES_H

#include "base/err.h"
#include "base/limits.h"
#include "report/pairs.h"

#include <jansson.h>

struct view;

/* A bulletin that was not refused, and what the register says of it; or a row of the register
 * alone, also one that names a bulletin of which another row speaks already. */
struct doubles_item {
	char id[ID_BYTES], row[ID_BYTES]; /* "B17", "SP3"; "" none */
	bool has_amount;
	int64_t amount;
	int payer; /* of one that counts: the item whose amount is that of all that are one with
		    * it, its own if it has one; −1 none has */
	char *texts; /* those of its struct pair_item */
};

/* Owned; doubles_finish. */
struct doubles {
	struct doubles_item *list; /* bulletins by age, then rows by number */
	struct pair_item *items;   /* of the same indices */
	int count, room, items_room;
	struct pairs pairs;
	struct pair_alike *alike;
	int alike_count, alike_room;
	json_t *decided; /* {"B17 SP3": the newest decision as {"n", "at_ms", "first", "second",
			  * "decision", "suspected", "how", "reason", "who"}}, smaller name first */
	json_t *struck;	 /* {"SP3": that decision}: does not count again; but those taken back */
	json_t *names;	 /* {"B17": index} */
	json_t *open;	 /* {"SP3": index of the pair that nobody has decided}, the gravest */
};

/* Everything that the view has; of one moment if it is held. Zero-initialised. */
bool doubles_find(struct doubles *d, struct view *v, struct err *e);
/* The decisions alone, for who asks no more: .decided and .struck; and then the products, without
 * their pairs. */
bool doubles_decisions(struct doubles *d, struct view *v, struct err *e);
bool doubles_list(struct doubles *d, struct view *v, struct err *e);
void doubles_finish(struct doubles *d);

/* "B17", else "SP3". */
const char *doubles_name(const struct doubles *d, int index);
/* −1: there is no such product. */
int doubles_index(const struct doubles *d, const char *name);

/* What holds about two products, by any of their names; NULL: nobody has decided, or that was taken
 * back. Borrowed. */
const json_t *doubles_decision(const struct doubles *d, int a, int b);

/* The decision by which a product does not count again, by one of its names; NULL: it counts. */
const json_t *doubles_struck(const struct doubles *d, const char *id, const char *row);

/* The product with which it counts, itself if it does. Of what people have struck in a ring, the
 * first in the list. */
int doubles_root(const struct doubles *d, int index);

/* The pair in which it should not count again and about which somebody has still to decide; NULL
 * none. */
const struct pair *doubles_open(const struct doubles *d, const char *id, const char *row);

/* Waits for somebody: is suspected, and nobody has decided. */
bool doubles_waits(const struct doubles *d, const struct pair *p);

#endif
