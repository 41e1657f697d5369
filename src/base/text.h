/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two languages in which the program speaks to a person: both texts stand where they are
 * used. */
#ifndef VX_BASE_TEXT_H
#define VX_BASE_TEXT_H

#include <stdbool.h>

/* T("tiếng Việt", "English"): the text in the language of whoever is spoken to. Both may be format
 * strings and must then take the same arguments; the compiler checks each. The road not taken:
 * message catalogues (gettext) put the words far from their place and need files that may be
 * missing on the day an error must be told. */
#define T(vi, en) (text_english() ? (en) : (vi))

/* To whom: the program's own people (its log, its command line), or a reader who asked for a
 * language with the question that is being answered. */
enum text_reader { TEXT_OWN, TEXT_VI, TEXT_EN };

/* The program's own language: Vietnamese unless text_init finds VANGXA_LANG=en. Set before any
 * thread exists and never again. */
extern bool text_own_english;

/* Reads VANGXA_LANG. Call once, first thing in main. */
void text_init(void);

/* From here on this thread speaks to that reader; returns to whom it spoke before. A thread begins
 * with TEXT_OWN. Whoever turns to a reader turns back when the answer is made. */
enum text_reader text_speak(enum text_reader reader);
enum text_reader text_speaks(void);

/* True if this thread speaks English at this moment. */
bool text_english(void);

/* A month, 1 to 12, in the language of whoever is spoken to: "11", as in "tháng 11", and
 * "November". */
const char *text_month(int month);

/* What only a command line can do with: " (vangxa resume)". It is "" while the thread answers a
 * page, whose own buttons say the same: one sentence, and no second copy of it. */
const char *text_shell(const char *hint);
/* From here on the thread answers a page, or no longer; returns what was before. */
bool text_for_page(bool page);

/* "vi" and "en" as the member "lang" of a request has them; TEXT_OWN for all else, and NULL. */
enum text_reader text_reader(const char *lang);
/* The other way round; TEXT_OWN gives the program's own. */
const char *text_lang(enum text_reader reader);

/* The first of our languages that an Accept-Language header names (RFC 9110 §12.5.4); browsers list
 * them by weight, which is not looked at otherwise. TEXT_OWN for none, and NULL. */
enum text_reader text_accepted(const char *header);

#endif
