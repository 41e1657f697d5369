/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which of the character sets that Vietnamese offices have a text is written, and the text as
 * UTF-8. Memory does not grow with the text. */
#ifndef VX_BASE_CHARSET_H
#define VX_BASE_CHARSET_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum charset {
	CHARSET_UTF8,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSET_TCVN, /* TCVN 5712, which the fonts of TCVN3 (ABC) write */
	CHARSETS
};

/* "UTF-8", "UTF-16 LE", …, "TCVN3": the same to people in both languages. */
const char *charset_name(enum charset set);

/* Looks at a text in pieces; zero-initialise. */
struct charset_look {
	bool begun, not_utf8;
	int rest;		 /* bytes of a character that the next piece has */
	enum charset marked;	 /* by the first bytes, or by the zeros in them; UTF8: no mark */
};
void charset_look(struct charset_look *l, const char *data, size_t len);
/* The mark at the beginning, else zeros that only UTF-16 has, else UTF-8 if all of it is that. */
enum charset charset_guess(const struct charset_look *l);

/* Turns a text in pieces into UTF-8 without a mark at its beginning. */
struct charset_turn;
bool charset_open(struct charset_turn **t, enum charset set, struct err *e);
/* False + ERR_DAMAGED: what is no text of this set. last: no more comes. */
bool charset_add(struct charset_turn *t, const char *data, size_t len, bool last, struct buf *out,
		 struct err *e);
void charset_close(struct charset_turn *t);

#endif
