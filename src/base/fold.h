/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching without diacritics: "tiem chung" finds "Tiêm chủng". Pure. The page does the same in
 * find.js; the station for lists that are too long for a thin line. */
#ifndef VX_BASE_FOLD_H
#define VX_BASE_FOLD_H

#include <stdbool.h>
#include <stddef.h>

/* Small letters without marks, of the Latin letters that Vietnamese and its neighbours use
 * (precomposed or with combining marks); đ becomes d, other scripts stay. Never longer than text;
 * cut at bytes − 1. Bad UTF-8 stays as it is. */
void fold_plain(const char *text, char *out, size_t bytes);

/* True if both are the same words to a reader who sees no marks and no capitals. */
bool fold_same(const char *a, const char *b);

/* Lines, tabs and several spaces become one space, none at the ends. False: out has only the
 * beginning, cut at bytes − 1. */
bool fold_spaces(const char *text, char *out, size_t bytes);

/* Small letters, with their marks: two people may be called Hải and Hai. Bad UTF-8 stays. */
void fold_small(char *text);

/* True if each word of the query is in the text; both as fold_plain made them. */
bool fold_finds(const char *query, const char *text);

#endif
