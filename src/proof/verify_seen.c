/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_seen.h"

#include "base/must.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct seeing {
	const struct seen_head *heads;
	int count;
	bool *met;	/* each of them, in any log */
	const char *origin; /* of the log under way */
	struct merkle tree;
};

static bool is_name(const struct verify *v, const char *origin)
{
	for (int i = 0; i < v->count; i++)
		if (v->logs[i].has_key && strcmp(v->logs[i].key.name, origin) == 0)
			return true;
	return false;
}

static bool add_entry(int64_t index, const char *text, size_t len, void *arg)
{
	struct seeing *s = arg;
	struct hash leaf, root;

	if (index != s->tree.size)
		return false; /* what lies between cannot be read */
	merkle_leaf(text, len + 1, &leaf);
	merkle_add(&s->tree, 0, &leaf);
	for (int i = 0; i < s->count; i++) {
		const struct seen_head *h = &s->heads[i];
		if (s->met[i] || h->size != s->tree.size ||
		    (h->origin[0] != '\0' && strcmp(h->origin, s->origin) != 0))
			continue;
		merkle_root(&s->tree, &root);
		s->met[i] = hash_equal(&root, &h->root);
	}
	return true;
}

/* How far the logs go that it may be of. */
static int64_t reach(const struct verify *v, const char *origin)
{
	int64_t most = 0;

	for (int i = 0; i < v->count; i++)
		if ((origin[0] == '\0' || strcmp(v->logs[i].key.name, origin) == 0) &&
		    v->logs[i].survey.count > most)
			most = v->logs[i].survey.count;
	return most;
}

static void tell(const struct verify *v, const struct seen_head *h, struct verdict *verdict)
{
	char root[HASH_TEXT_BYTES];
	int64_t most = reach(v, h->origin);
	bool shorter = most < h->size;

	hash_print(&h->root, root);
	verdict_differs(verdict, CHECK_HEADS, shorter ? "seen-longer" : "seen-differs", "", -1, "",
			shorter ? T("nhật ký này không nối tiếp nhật ký đã thấy: đã thấy %lld "
				    "mục (gốc %s), ở đây chỉ có %lld",
				    "this log does not continue the one that was seen: %lld "
				    "entries were seen (root %s), and here are %lld")
				: T("nhật ký này không nối tiếp nhật ký đã thấy: %lld mục đầu "
				    "đã thấy có gốc %s, ở đây thì khác (có %lld mục)",
				    "this log does not continue the one that was seen: its first "
				    "%lld entries had the root %s, and here they have another (of "
				    "%lld)"),
			(long long)h->size, root, (long long)most);
}

/* Behind the largest of them nothing is asked of a log, and without any nothing at all. */
static int64_t largest(const struct seen_head *heads, int count)
{
	int64_t most = 0;

	for (int i = 0; i < count; i++)
		most = heads[i].size > most ? heads[i].size : most;
	return most;
}

void verify_seen(const struct verify *v, const struct seen_head *heads, int count,
		 struct verdict *verdict)
{
	struct seen_head *asked = calloc((size_t)count + 1, sizeof(*asked));
	struct seeing s = {.heads = asked, .count = count};
	int64_t met = 0;

	s.met = calloc((size_t)count + 1, sizeof(*s.met));
	must(asked != NULL && s.met != NULL);
	for (int i = 0; i < count; i++) {
		asked[i] = heads[i];
		if (!is_name(v, heads[i].origin))
			asked[i].origin[0] = '\0';
	}
	int64_t most = largest(heads, count);
	for (int i = 0; i < v->count; i++) {
		int64_t here = v->logs[i].survey.count;

		s.tree = (struct merkle){0};
		s.origin = v->logs[i].key.name;
		survey_read(&v->logs[i].survey, 0, here < most ? here : most, add_entry, &s);
	}
	for (int i = 0; i < count; i++) {
		met += s.met[i];
		if (!s.met[i])
			tell(v, &asked[i], verdict);
	}
	if (met > 0)
		verdict_note(verdict, "seen-continued", met,
			     T("nhật ký này nối tiếp %lld đầu sổ đã thấy trước đây",
			       "this log continues %lld heads that were seen before"),
			     (long long)met);
	free(s.met);
	free(asked);
}
