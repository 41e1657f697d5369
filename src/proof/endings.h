/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of an airing from the entry of its outcome, which is what a period is mostly made of: the
 * same as view_apply makes, without a tree of JSON. */
#ifndef VX_PROOF_ENDINGS_H
#define VX_PROOF_ENDINGS_H

#include "base/err.h"
#include "base/flat.h"

#include <sqlite3.h>

struct view;

/* Zero-initialise; of one view, finished before it is closed. */
struct endings {
	sqlite3_stmt *insert;
};

/* Entry n. *done false: it is another kind, or says something out of the ordinary, and is left to
 * view_apply; nothing happened. Else its row in airings is there; neither the event nor how often
 * its bulletin aired. */
bool endings_apply(struct endings *x, struct view *v, int64_t n, const struct flat *f, bool *done,
		   struct err *e);
void endings_finish(struct endings *x);

#endif
