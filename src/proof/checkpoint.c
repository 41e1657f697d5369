/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/checkpoint.h"

#include "base/must.h"
#include "base/text.h"
#include "proof/base64.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BASE64 sodium_base64_VARIANT_ORIGINAL

void hash_print(const struct hash *h, char out[static HASH_TEXT_BYTES])
{
	sodium_bin2base64(out, HASH_TEXT_BYTES, h->bytes, HASH_BYTES, BASE64);
}

bool hash_parse(const char *text, size_t len, struct hash *h)
{
	size_t bytes;

	return len == HASH_TEXT_BYTES - 1 &&
	       base64_read(text, len, h->bytes, HASH_BYTES, &bytes) && bytes == HASH_BYTES;
}

void checkpoint_print(const struct checkpoint *c, struct buf *out)
{
	char root[HASH_TEXT_BYTES], text[NOTE_NAME_BYTES + HASH_TEXT_BYTES + 32];

	hash_print(&c->root, root);
	int len = snprintf(text, sizeof(text), "%s\n%" PRId64 "\n%s\n", c->origin, c->size, root);
	must(len > 0 && (size_t)len < sizeof(text));
	buf_add(out, text, (size_t)len);
}

/* The next line of *at, without its newline; false where there is none. */
static bool next_line(const char **at, const char *end, const char **line, size_t *len)
{
	const char *newline = *at < end ? memchr(*at, '\n', (size_t)(end - *at)) : NULL;

	if (newline == NULL)
		return false;
	*line = *at;
	*len = (size_t)(newline - *at);
	*at = newline + 1;
	return *len > 0;
}

/* Decimal, without leading zeros. The format allows a head over no entries, too. This log
 * signs none, and nothing could be held against it. */
static bool parse_size(const char *line, size_t len, int64_t *size)
{
	char text[20], again[24];

	if (len >= sizeof(text))
		return false;
	snprintf(text, sizeof(text), "%.*s", (int)len, line);
	*size = strtoll(text, NULL, 10);
	snprintf(again, sizeof(again), "%" PRId64, *size);
	return *size > 0 && strcmp(text, again) == 0;
}

bool checkpoint_parse(const char *text, size_t len, struct checkpoint *c, struct err *e)
{
	const char *at = text, *end = text + len, *line;
	size_t line_len;

	bool ok = next_line(&at, end, &line, &line_len) && line_len < sizeof(c->origin);
	if (ok)
		snprintf(c->origin, sizeof(c->origin), "%.*s", (int)line_len, line);
	ok = ok && next_line(&at, end, &line, &line_len) && parse_size(line, line_len, &c->size) &&
	     next_line(&at, end, &line, &line_len) && hash_parse(line, line_len, &c->root);
	while (ok && at < end)
		ok = next_line(&at, end, &line, &line_len);
	return ok || err_set(e, ERR_DAMAGED,
			     T("không phải đầu nhật ký (checkpoint)", "not a checkpoint"));
}

void checkpoint_sign(const struct checkpoint *c, const struct note_signer *s, struct buf *out)
{
	size_t begin = out->len;

	checkpoint_print(c, out);
	size_t len = out->len - begin;
	struct buf line = {0};
	note_sign(s, out->data + begin, len, 0, &line);
	buf_add(out, "\n", 1);
	buf_add(out, line.data, line.len);
	buf_finish(&line);
}

bool checkpoint_open(const char *note, size_t len, const struct note_verifier *known, int count,
		     struct checkpoint *c, struct note_opened *o, struct err *e)
{
	struct note_opened own = {0};

	o = o != NULL ? o : &own;
	if (!note_open(note, len, known, count, o, e) ||
	    !checkpoint_parse(note, o->text_len, c, e))
		return false;
	if ((o->signed_by & 1) == 0 || strcmp(c->origin, known[0].name) != 0)
		return err_set(e, ERR_DIFFERS,
			       T("đầu nhật ký không do khóa của nhật ký %s ký",
				 "the checkpoint is not signed by the key of the log %s"),
			       known[0].name);
	return true;
}
