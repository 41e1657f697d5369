/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 as it comes from strangers: valid or not, how long, where it may be cut (RFC 3629). */
#ifndef VX_BASE_UTF8_H
#define VX_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* True if the len bytes are well-formed UTF-8 (no overlong forms, surrogates or > U+10FFFF). */
bool utf8_valid(const char *text, size_t len);

/* The same, and no byte below a space: no tab, no end of a line. */
bool utf8_line(const char *text, size_t len);

/* Number of code points in a valid, NUL-terminated text. */
size_t utf8_length(const char *text);

/* Shortens text to at most max bytes without splitting a code point. */
void utf8_cut(char *text, size_t max);

/* True if the text may be shown on one line of a page: valid, no control characters (C0, C1, DEL),
 * no bidirectional overrides (U+202A–202E, U+2066–2069), no line separators. */
bool utf8_printable(const char *text, size_t len);

/* True if nothing of it would be seen: empty, or spaces and marks without a shape of any kind
 * (no-break, zero width, joiners, fillers, an empty Braille cell). */
bool utf8_blank(const char *text);

/* What is left for who types without marks: letters as a–z, digits; spaces, punctuation and letters
 * of other scripts are dropped ("Đài Bù Gia Mập 2" → "daibugiamap2"). Composed or decomposed. At
 * most size − 1 bytes; stops at what is malformed. */
void utf8_bare(const char *text, char *out, size_t size);

#endif
