/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/tlogproof.h"

#include "base/gzip.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/base64.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "c2sp.org/tlog-proof@v1\n"
#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define LEAF_TEXT_BYTES sodium_base64_ENCODED_LEN(TLOGPROOF_LEAF_BYTES, BASE64)

static void print_leaf(const struct tlogproof *p, bool packed, struct buf *out)
{
	char *text = malloc(LEAF_TEXT_BYTES);
	struct buf b = {0};

	must(text != NULL && p->leaf_len <= sizeof(p->leaf));
	if (packed)
		gzip_pack(&b, p->leaf, p->leaf_len);
	if (!packed || b.len >= p->leaf_len) {
		buf_reset(&b);
		buf_add(&b, p->leaf, p->leaf_len);
	}
	sodium_bin2base64(text, LEAF_TEXT_BYTES, (const uint8_t *)b.data, b.len, BASE64);
	buf_print(out, "extra %s\n", text);
	buf_finish(&b);
	free(text);
}

void tlogproof_print(const struct tlogproof *p, bool packed, struct buf *out)
{
	char hash[HASH_TEXT_BYTES];

	buf_text(out, FIRST_LINE);
	if (p->leaf_len > 0)
		print_leaf(p, packed, out);
	buf_print(out, "index %" PRId64 "\n", p->index);
	for (int i = 0; i < p->count; i++) {
		hash_print(&p->path[i], hash);
		buf_print(out, "%s\n", hash);
	}
	buf_text(out, "\n");
	buf_add(out, p->head, p->head_len);
}

/* The line at *at without its newline; false where none ends. */
static bool next_line(const char **at, const char *end, const char **line, size_t *len)
{
	const char *newline = *at < end ? memchr(*at, '\n', (size_t)(end - *at)) : NULL;

	if (newline == NULL)
		return false;
	*line = *at;
	*len = (size_t)(newline - *at);
	*at = newline + 1;
	return true;
}

/* An entry begins with a brace, gzip with these two. */
static bool is_packed(const struct tlogproof *p)
{
	return p->leaf_len > 2 && memcmp(p->leaf, "\x1f\x8b", 2) == 0;
}

static bool unpack_leaf(struct tlogproof *p)
{
	struct buf b = {0};
	bool ok = gzip_unpack(&b, p->leaf, p->leaf_len, sizeof(p->leaf)) && b.len > 0;

	if (ok) {
		memcpy(p->leaf, b.data, b.len);
		p->leaf_len = b.len;
	}
	buf_finish(&b);
	return ok;
}

static bool parse_leaf(const char *text, size_t len, struct tlogproof *p)
{
	return base64_read(text, len, (uint8_t *)p->leaf, sizeof(p->leaf), &p->leaf_len) &&
	       p->leaf_len > 0 && (!is_packed(p) || unpack_leaf(p));
}

/* Decimal, without leading zeros. */
static bool parse_index(const char *line, size_t len, int64_t *index)
{
	char text[32], again[32];

	if (len >= sizeof(text))
		return false;
	snprintf(text, sizeof(text), "%.*s", (int)len, line);
	*index = strncmp(text, "index ", 6) == 0 ? strtoll(text + 6, NULL, 10) : -1;
	snprintf(again, sizeof(again), "index %" PRId64, *index);
	return *index >= 0 && strcmp(text, again) == 0;
}

static bool parse_lines(const char **at, const char *end, struct tlogproof *p)
{
	const char *line;
	size_t len;

	if (!next_line(at, end, &line, &len))
		return false;
	if (len > 6 && strncmp(line, "extra ", 6) == 0 &&
	    (!parse_leaf(line + 6, len - 6, p) || !next_line(at, end, &line, &len)))
		return false;
	if (!parse_index(line, len, &p->index))
		return false;
	while (next_line(at, end, &line, &len) && len > 0) {
		if (p->count == TREE_PATH_MAX || !hash_parse(line, len, &p->path[p->count]))
			return false;
		p->count++;
	}
	return *at > line && len == 0;
}

bool tlogproof_parse(const char *text, size_t len, struct tlogproof *p, struct err *e)
{
	size_t first = strlen(FIRST_LINE);
	const char *at = text + first;

	memset(p, 0, sizeof(*p));
	if (len < first || memcmp(text, FIRST_LINE, first) != 0)
		return err_set(e, ERR_DAMAGED,
			       T("không phải tệp bằng chứng: dòng đầu phải là %.22s",
				 "this is no proof: its first line must be %.22s"), FIRST_LINE);
	if (!parse_lines(&at, text + len, p))
		return err_set(e, ERR_DAMAGED,
			       T("tệp bằng chứng bị hỏng", "the proof is damaged"));
	p->head = at;
	p->head_len = (size_t)(text + len - at);
	return true;
}

bool tlogproof_climb(const struct tlogproof *p, const struct checkpoint *c, struct err *e)
{
	struct hash leaf, root;

	if (p->leaf_len == 0)
		return err_set(e, ERR_DAMAGED, T("bằng chứng không mang theo mục nhật ký",
						 "the proof does not carry its entry"));
	merkle_leaf(p->leaf, p->leaf_len, &leaf);
	if (merkle_climb(p->index, c->size, &leaf, p->path, p->count, &root) &&
	    hash_equal(&root, &c->root))
		return true;
	return err_set(e, ERR_DIFFERS,
		       T("mục này không phải mục %" PRId64 " của nhật ký đã ký",
			 "this is not entry %" PRId64 " of the log that was signed"), p->index);
}

bool tlogproof_check(const struct tlogproof *p, const struct note_verifier *key,
		     struct checkpoint *c, struct err *e)
{
	return checkpoint_open(p->head, p->head_len, key, 1, c, NULL, e) &&
	       tlogproof_climb(p, c, e);
}
