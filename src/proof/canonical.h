/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether an entry is written in the one way in which entries are written. Pure; any thread. */
#ifndef VX_PROOF_CANONICAL_H
#define VX_PROOF_CANONICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What every entry says of itself. The texts lie in the entry: no final NUL, escapes as written. */
struct canonical {
	int64_t n; /* −1: it says none */
	const char *at, *kind;
	size_t at_len, kind_len; /* 0: it says none */
};

/* True if text (UTF-8 without control characters, as bundle_next gives it) is, byte for byte, what
 * json_dumps gives for the object it stands for, with JSON_LINE: keys sorted and each once, no
 * spaces, numbers and escapes in their one form. The common forms are decided in one pass; only for
 * the rest jansson reads and writes the entry again (reading all that way takes ten times as
 * long). */
bool canonical_read(const char *text, size_t len, struct canonical *c);

#endif
