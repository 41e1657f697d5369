/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/witness.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void witness_request(int64_t old, const struct hash *path, int count, const char *checkpoint,
		     size_t len, struct buf *out)
{
	char text[HASH_TEXT_BYTES];

	buf_print(out, "old %" PRId64 "\n", old);
	for (int i = 0; i < count; i++) {
		hash_print(&path[i], text);
		buf_print(out, "%s\n", text);
	}
	buf_text(out, "\n");
	buf_add(out, checkpoint, len);
}

const char *witness_lines(const char *note, size_t len)
{
	for (size_t i = len; i >= 2; i--)
		if (note[i - 1] == '\n' && note[i - 2] == '\n')
			return note + i;
	return NULL;
}

/* "1234\n"; −1 for anything else. */
static int64_t parse_size(const char *body, size_t len)
{
	char text[24], again[24];

	if (len < 2 || len >= sizeof(text) || body[len - 1] != '\n')
		return -1;
	memcpy(text, body, len - 1);
	text[len - 1] = '\0';
	int64_t size = strtoll(text, NULL, 10);
	snprintf(again, sizeof(again), "%" PRId64, size);
	return size >= 0 && strcmp(text, again) == 0 ? size : -1;
}

/* The only word of a witness that needs no signature: it costs us a question, or is held against
 * what the log itself says. */
static void judge_conflict(const struct witness_asked *a, const char *body, size_t len,
			   struct witness_word *w)
{
	w->size = parse_size(body, len);
	if (w->size < 0)
		return;
	if (w->size > a->entries)
		w->code = WITNESS_LARGER;
	else if (w->size != a->old)
		w->code = WITNESS_BEHIND;
	else if (a->old == a->size)
		w->code = WITNESS_FORKED; /* the same size, and it has another root */
}

/* One line, with its newline, over the text of the checkpoint. */
static bool by_key(const struct witness_asked *a, const char *line, size_t len, bool *wrong,
		   int64_t *time_s)
{
	size_t text_len = (size_t)(witness_lines(a->checkpoint, a->len) - a->checkpoint);
	struct note_opened o;
	struct buf note = {0};
	struct err e;

	buf_add(&note, a->checkpoint, text_len);
	buf_add(&note, line, len);
	bool ok = note_open(note.data, note.len, a->key, 1, &o, &e);
	buf_finish(&note);
	*time_s = ok ? o.time_s[0] : 0;
	/* A line by somebody else is skipped, a line by this key that does not hold is not. */
	*wrong = !ok && strstr(e.text, a->key->name) != NULL;
	return ok;
}

static void judge_lines(const struct witness_asked *a, const char *body, size_t len,
			struct witness_word *w)
{
	bool wrong = false;

	for (const char *at = body, *end; at < body + len && !wrong; at = end + 1) {
		int64_t time_s;
		end = memchr(at, '\n', (size_t)(body + len - at));
		if (end == NULL)
			return;
		if (!by_key(a, at, (size_t)(end + 1 - at), &wrong, &time_s))
			continue;
		w->time_s = time_s;
		buf_add(&w->lines, at, (size_t)(end + 1 - at));
	}
	if (!wrong && w->lines.len > 0 && w->time_s > 0)
		w->code = WITNESS_SIGNED;
}

void witness_judge(const struct witness_asked *a, int status, const char *body, size_t len,
		   struct witness_word *w)
{
	*w = (struct witness_word){.code = WITNESS_FAULTY};
	if (len > WITNESS_REPLY_BYTES_MAX)
		return;
	if (status == 200)
		judge_lines(a, body, len, w);
	else if (status == 409)
		judge_conflict(a, body, len, w);
	else if (status == 422)
		w->code = WITNESS_FORKED;
	else if (status == 403 || status == 404)
		w->code = WITNESS_STRANGER;
}
