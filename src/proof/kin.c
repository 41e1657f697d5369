/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bulletins of one title, or of the same bytes, come together from the view, each once, and are
 * compared here. Not taken: a join of the table with itself. A commune gives every day's bulletin
 * the same title, and of 365 of them each would be held against all of twenty years in SQL: 2.6
 * million rows for a year's table, half of its time. */
#include "proof/kin.h"

#include "base/bulletin.h"
#include "base/buf.h"
#include "base/must.h"
#include "proof/query.h"

#include <stdlib.h>
#include <string.h>

struct kin {
	int64_t n, frames;
	int64_t language, fund; /* numbers_hash; 0 none is said */
	bool gone, asked;
};

struct family {
	bool words; /* of one title; else of the same bytes */
	struct buf name;
	struct kin *list;
	size_t count, room;
	struct numbers *into;
};

static bool same(const struct family *f, const struct kin *a, const struct kin *b)
{
	if (a->n == b->n || b->gone)
		return false;
	return !f->words || (llabs(a->frames - b->frames) <= FRAMES_PER_S &&
			     (a->language == b->language || a->language == 0 || b->language == 0));
}

static bool pays_twice(const struct kin *a, const struct kin *b)
{
	return a->fund != b->fund && a->fund != 0 && b->fund != 0;
}

static void find_for(struct family *f, const struct kin *b)
{
	bool found = false;

	for (size_t i = 0; i < f->count; i++) {
		const struct kin *q = &f->list[i];

		if (!same(f, b, q) || (found && !pays_twice(b, q)))
			continue;
		numbers_add(f->into, q->n);
		found = true;
		if (b->fund == 0 || pays_twice(b, q))
			return;
	}
}

static int by_n(const void *a, const void *b)
{
	int64_t x = ((const struct kin *)a)->n, y = ((const struct kin *)b)->n;

	return (x > y) - (x < y);
}

static void end_family(struct family *f)
{
	if (f->count > 1)
		qsort(f->list, f->count, sizeof(*f->list), by_n);
	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].asked)
			find_for(f, &f->list[i]);
	f->count = 0;
}

static int64_t code(sqlite3_stmt *s, int column)
{
	const char *text = query_text(s, column);

	return text[0] != '\0' ? numbers_hash(text, 0) : 0;
}

static bool take(sqlite3_stmt *s, void *arg)
{
	struct family *f = arg;
	const char *name = query_text(s, 0);
	size_t len = (size_t)sqlite3_column_bytes(s, 0);

	if (f->name.len != len || memcmp(buf_str(&f->name), name, len) != 0) {
		end_family(f);
		buf_reset(&f->name);
		buf_add(&f->name, name, len);
	}
	if (f->count == f->room) {
		f->room = f->room > 0 ? 2 * f->room : 64;
		f->list = realloc(f->list, f->room * sizeof(*f->list));
		must(f->list != NULL);
	}
	f->list[f->count++] = (struct kin){.n = sqlite3_column_int64(s, 1),
					   .frames = sqlite3_column_int64(s, 2),
					   .language = code(s, 3),
					   .fund = code(s, 4),
					   .gone = sqlite3_column_int(s, 5) == BULLETIN_REFUSED,
					   .asked = sqlite3_column_int(s, 6) != 0};
	return true;
}

#define APPROVED "(SELECT bulletin FROM approvals WHERE at_ms >= ?1 AND at_ms < ?2)"
#define FAMILIES(name)                                                                             \
	"SELECT " name ", n, frames, language, fund, state, n IN " APPROVED " FROM bulletins"      \
	" WHERE " name " IN (SELECT " name " FROM bulletins WHERE n IN " APPROVED ")"              \
	" ORDER BY " name

bool kin_of_period(struct view *have, int64_t from_ms, int64_t to_ms, struct numbers *into,
		     struct err *e)
{
	bool ok = true;

	for (int words = 0; words < 2 && ok; words++) {
		struct family f = {.words = words != 0, .into = into};
		const char *sql = words ? FAMILIES("title") : FAMILIES("sha256");
		sqlite3_stmt *s = query_ask(have, sql, e);

		if (s == NULL)
			return false;
		sqlite3_bind_int64(s, 1, from_ms);
		sqlite3_bind_int64(s, 2, to_ms);
		ok = query_walk(have, s, take, &f, e);
		end_family(&f);
		free(f.list);
		buf_finish(&f.name);
	}
	return ok;
}
