/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/asides.h"

#include "base/json.h"
#include "proof/entry.h"

#include <limits.h>
#include <string.h>

struct reading {
	struct stock *stock;
	int64_t until;
};

static bool take(const struct event_row *row, void *arg)
{
	struct reading *r = arg;
	struct err ignored;

	if (row->n >= r->until)
		return true;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);
	stock_aside(r->stock, row->n, entry);
	json_decref(entry);
	return true;
}

/* A few entries in a station's life; each kind newest first, and of two the newer counts. */
bool asides_read(struct stock *s, struct view *v, int64_t until, struct err *e)
{
	struct reading r = {s, until};

	for (int i = 0; i < s->count; i++)
		s->list[i].aside_n = 0;
	return reader_kind(v, KIND_QUARANTINED, INT_MAX, take, &r, e) &&
	       reader_kind(v, KIND_RELEASED, INT_MAX, take, &r, e);
}
