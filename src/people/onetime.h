/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes that a person reads here and types there, once: three groups of four. Any thread. */
#ifndef VX_PEOPLE_ONETIME_H
#define VX_PEOPLE_ONETIME_H

#include <stdbool.h>

#define ONETIME_TEXT_BYTES 15 /* "k7pm-3xq9-t2hv" */
#define ONETIME_HASH_BYTES 32

/* Twelve of 31 letters and digits, none of which is taken for another (no 0 o 1 l i): 59 bits,
 * which nobody guesses over a network; OWASP ASVS 5.0, 6.5.4 asks for 20. */
void onetime_make(char text[static ONETIME_TEXT_BYTES]);

/* What is kept of it. */
void onetime_hash(const char *text, unsigned char hash[static ONETIME_HASH_BYTES]);

/* Whether that is the hash of what was typed; large letters, spaces and missing hyphens do not
 * matter. Takes the same time whatever is wrong. */
bool onetime_same(const char *typed, const unsigned char hash[static ONETIME_HASH_BYTES]);

#endif
