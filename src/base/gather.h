/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gathering what comes one after the other: a list of structs that grows, and texts that are kept
 * in their fields. Pure but for memory, of which there is enough or the program ends. */
#ifndef VX_BASE_GATHER_H
#define VX_BASE_GATHER_H

#include <stddef.h>

/* The list with room for one more behind its count; the caller's, free() it. NULL and room 0 is an
 * empty one. What is behind the count is not set. */
void *gather_room(void *list, int count, int *room, size_t size);

/* Copies a text; what does not fit is cut at a character. */
void gather_text(char *out, size_t size, const char *text);
#define GATHER(field, text) gather_text(field, sizeof(field), text)

#endif
