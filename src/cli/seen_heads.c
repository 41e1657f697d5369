/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reader for all that heads are written in: a root is a word of 44 characters that no other
 * thing there looks like, its size the number before it, and its log the word before that. A word
 * that is no log's name does no harm (proof/verify_seen.h). */
#include "cli/seen_heads.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BETWEEN " \t\r\n,;:\"()"
#define LINE_BYTES 8192
#define WORD_BYTES 256

struct words {
	struct seen_heads *into;
	char before[WORD_BYTES]; /* the word before the number */
	char last[WORD_BYTES];
	int64_t size; /* the newest number since the last root, 0 none */
	bool found;
};

static int64_t number(const char *word)
{
	char *end;

	errno = 0;
	long long n = strtoll(word, &end, 10);
	return word[0] >= '0' && word[0] <= '9' && *end == '\0' && errno == 0 ? n : 0;
}

static bool known(const struct seen_heads *s, const struct seen_head *h)
{
	for (int i = 0; i < s->count; i++)
		if (s->heads[i].size == h->size && hash_equal(&s->heads[i].root, &h->root) &&
		    strcmp(s->heads[i].origin, h->origin) == 0)
			return true;
	return false;
}

static bool add(struct words *w, const struct hash *root, struct err *e)
{
	struct seen_heads *s = w->into;
	struct seen_head h = {.size = w->size, .root = *root};

	if (strlen(w->before) < sizeof(h.origin))
		memcpy(h.origin, w->before, strlen(w->before) + 1);
	w->size = 0;
	w->last[0] = '\0';
	w->found = true;
	if (known(s, &h))
		return true;
	if (s->count == SEEN_HEADS_MAX)
		return err_set(e, ERR_USAGE, T("nhiều nhất %d đầu sổ", "at most %d heads"),
			       SEEN_HEADS_MAX);
	s->heads[s->count++] = h;
	return true;
}

static bool take_word(struct words *w, char *word, struct err *e)
{
	struct hash root;
	size_t len = strlen(word);

	if (len > 1 && word[len - 1] == '.') /* of a sentence */
		word[--len] = '\0';
	if (w->size > 0 && hash_parse(word, len, &root))
		return add(w, &root, e);
	int64_t n = number(word);
	if (n > 0) {
		w->size = n;
		memcpy(w->before, w->last, sizeof(w->before));
	}
	memcpy(w->last, word, strlen(word) < sizeof(w->last) ? strlen(word) + 1 : 1);
	return true;
}

static bool take_line(struct words *w, char *line, struct err *e)
{
	char *rest;

	for (char *word = strtok_r(line, BETWEEN, &rest); word != NULL;
	     word = strtok_r(NULL, BETWEEN, &rest))
		if (!take_word(w, word, e))
			return false;
	return true;
}

static bool take_file(struct words *w, FILE *f, struct err *e)
{
	char line[LINE_BYTES];

	while (fgets(line, sizeof(line), f) != NULL)
		if (!take_line(w, line, e))
			return false;
	return true;
}

/* A head is tried first: its text may well be the name of a file, and counts as what it is. */
static bool add_word(struct seen_heads *s, const char *word, struct err *e)
{
	struct words w = {.into = s};
	char text[WORD_BYTES];

	snprintf(text, sizeof(text), "%s", word);
	if (!take_line(&w, text, e))
		return false;
	if (w.found)
		return true;
	FILE *f = fopen(word, "re");
	if (f == NULL)
		return err_set(e, ERR_USAGE,
			       T("không phải SỐ-MỤC:GỐC (như 1234:q0M9…=), cũng không phải tên một "
				 "tệp có ghi như vậy",
				 "neither SIZE:ROOT (like 1234:q0M9…=) nor the name of a file in "
				 "which such stand"));
	bool ok = take_file(&w, f, e);
	fclose(f);
	return ok && (w.found ||
		      err_set(e, ERR_DAMAGED, T("tệp không ghi số mục và gốc nào",
						"no size and root stand in that file")));
}

bool seen_heads_read(struct seen_heads *s, const struct arg_list *words, struct err *e)
{
	s->count = 0;
	for (int i = 0; i < words->count; i++)
		if (!add_word(s, words->items[i], e))
			return err_wrap(e, "--seen %.100s", words->items[i]);
	return true;
}
