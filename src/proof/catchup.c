/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/catchup.h"

#include "base/limits.h"

#include <string.h>

#define CATCH_UP_ENTRIES 10000 /* in one transaction: bounds its WAL to some 10 MB */

static bool hash_one(int64_t n, const char *text, size_t len, void *arg)
{
	(void)n;
	view_hash(text, len, arg);
	return false;
}

static bool same_entry(struct chain *c, int64_t n, const char *sha256)
{
	char here[SHA256_HEX_BYTES] = "";
	struct err ignored;

	return chain_read(c, n, INT64_MAX, hash_one, here, &ignored) && strcmp(here, sha256) == 0;
}

static bool begins_with(struct view *v, struct chain *c)
{
	if (v->applied == 0)
		return true;
	return v->applied <= chain_next(c) && same_entry(c, 0, v->first_sha256) &&
	       same_entry(c, v->applied - 1, v->last_sha256);
}

struct catching_up {
	struct view *view;
	struct err *e;
	bool ok;
};

static bool apply_one(int64_t n, const char *text, size_t len, void *arg)
{
	struct catching_up *c = arg;

	c->ok = view_apply(c->view, n, text, len, c->e);
	return c->ok;
}

static bool apply_range(struct view *v, struct chain *c, int64_t to, struct err *e)
{
	struct catching_up a = {v, e, true};

	if (!view_begin(v, e))
		return false;
	bool ok = chain_read(c, v->applied, to, apply_one, &a, e) && a.ok && view_commit(v, e);
	if (!ok)
		view_rollback(v);
	return ok;
}

bool catchup_run(struct view *v, struct chain *c, struct err *e)
{
	int64_t end = chain_before(c, INT64_MAX) + 1; /* behind it numbers may be missing */

	while (v->applied < end) {
		int64_t to = v->applied + CATCH_UP_ENTRIES;

		if (!apply_range(v, c, to < end ? to : end, e))
			return false;
	}
	return true;
}

bool catchup_make(struct view **v, const char *path, struct chain *c, struct err *e)
{
	if (!view_open(v, path, e)) {
		*v = NULL;
		return false;
	}
	if (catchup_run(*v, c, e))
		return true;
	view_close(*v);
	*v = NULL;
	return false;
}

/* A full disk is no reason to throw away a view that cannot even be opened there. */
bool catchup_open(struct view **v, const char *path, struct chain *c, struct err *e)
{
	if (view_open(v, path, e)) {
		if (begins_with(*v, c) && (catchup_run(*v, c, e) || !(*v)->damaged))
			return true;
		view_close(*v);
	} else if (e->kind == ERR_NO_SPACE) {
		*v = NULL;
		return false;
	}
	view_remove(path);
	return catchup_make(v, path, c, e);
}
