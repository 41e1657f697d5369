/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two languages in which the program speaks to a person: both texts stand where they are
 * used. */
#ifndef VX_BASE_TEXT_H
#define VX_BASE_TEXT_H

#include <stdbool.h>

/* T("tiếng Việt", "English"): the text in the language of this process. Both may be format strings
 * and must then take the same arguments; the compiler checks each. The road not taken: message
 * catalogues (gettext) put the words far from their place and need files that may be missing on
 * the day an error must be told. */
#define T(vi, en) (text_english ? (en) : (vi))

/* Vietnamese unless text_init finds VANGXA_LANG=en. The one global of this layer: it is set before
 * any thread exists and never again. */
extern bool text_english;

/* Reads VANGXA_LANG. Call once, first thing in main. */
void text_init(void);

#endif
