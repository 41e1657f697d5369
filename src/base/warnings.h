/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What should be looked at although it was done: findings for the person who asked and for whoever
 * decides later. */
#ifndef VX_BASE_WARNINGS_H
#define VX_BASE_WARNINGS_H

#include "base/limits.h"

#include <jansson.h>

/* Sayings (base/saying.h) as lines of JSON, none ends with a newline; "" when there is nothing to
 * say. Zero-initialise; may be copied: it goes from thread to thread, where a json_t could not. */
struct warnings {
	char text[WARNINGS_BYTES];
};

/* Adds a saying and takes it over; one that finds no room is left out whole. */
void warnings_add(struct warnings *w, json_t *said);

/* Adds all of another. */
void warnings_join(struct warnings *w, const struct warnings *more);

/* As an array of sayings, the caller's. */
json_t *warnings_list(const struct warnings *w);

#endif
