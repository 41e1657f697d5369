/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing a YAML text at one place and leaving every other byte, comments too, as it is. Pure.
 *
 * A change is one cut: so many bytes out, a text in. Where exactly is known from the parser's own
 * marks. That what comes out means what was wanted is not trusted but read again, by whoever asks
 * (yamledit.c): people indent by hand in ways nobody foresees. */
#ifndef VX_PLAN_YAMLCUT_H
#define VX_PLAN_YAMLCUT_H

#include "base/buf.h"
#include "plan/yamltree.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise; yamlcut_finish. */
struct yamlcut {
	size_t from, to; /* bytes of the text that go */
	struct buf with; /* what comes in their place */
};
void yamlcut_finish(struct yamlcut *c);

/* The text with the cut made, appended to out. */
void yamlcut_make(const struct yamlcut *c, const char *text, size_t len, struct buf *out);

/* JSON as YAML on one line, as a person would write it: quotes only where they are needed. */
void yamlcut_value(struct buf *out, const json_t *value);

/* "key: " */
void yamlcut_key(struct buf *out, const char *key);

/* Sets a key of a map to a value (on one line, or more, indented by the caller), or, value NULL,
 * takes the key out. False: its place cannot be told for sure (an alias, a comment in the middle of
 * it). */
bool yamlcut_set(struct yamlcut *c, const char *text, size_t len, const struct yamlnode *map,
		  const char *key, const char *value);

/* Adds to a list that has at least one element, or is written []. block: the element over several
 * lines, each but the first to be indented, used where the list is not in brackets; flow: the same
 * on one line. */
bool yamlcut_append(struct yamlcut *c, const char *text, size_t len, const struct yamlnode *list,
		     const char *block, const char *flow);

/* Takes element i of a list out, which must not be the only one of a list without brackets. */
bool yamlcut_remove(struct yamlcut *c, const char *text, size_t len, const struct yamlnode *list,
		     int i);

#endif
