/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing values in a YAML text that a person wrote: comments, order, quotes and everything else
 * stay as they are. Pure.
 *
 * A place is named by its keys with dots between, elements of lists by their number from 0:
 * "loudness.target_lufs", "zones.1.device". After each change the text is read again and must mean
 * exactly what it meant before with that change; where it does not (anchors, texts of several
 * lines, a comment in the middle of a value, hand-made layouts), the change is refused and left to
 * whoever wrote it so. */
#ifndef VX_PLAN_YAMLEDIT_H
#define VX_PLAN_YAMLEDIT_H

#include "base/buf.h"
#include "base/err.h"
#include "plan/yamltree.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Whatever was opened, well or not, is finished. Nodes and `text` hold until the next change. After
 * a change that failed nothing but finishing is left. */
struct yamledit {
	const char *file;   /* for messages; the caller keeps both */
	const char *remedy; /* what people do where a button cannot: "change it by hand, …" */
	struct buf text;
	struct yamltree tree;
	json_t *meaning; /* the text as texts, arrays and objects */
};

/* Reads a copy of the text, whose top must be a map: ERR_REFUSED; ERR_DAMAGED where it is no
 * YAML. */
bool yamledit_open(struct yamledit *ed, const char *file, const char *remedy, const char *text,
		   size_t len, struct err *e);
void yamledit_finish(struct yamledit *ed);

/* What stands at a place; NULL if there is nothing. "": the whole. */
const struct yamlnode *yamledit_get(const struct yamledit *ed, const char *place);

/* Sets a value, NULL takes it out, key or element and all. What is not there is added, the maps
 * around it too. A map over a map is set key by key, so that it keeps its comments; an element of a
 * list must be such a map, or stand in brackets. What means the same already is not touched.
 * ERR_REFUSED. */
bool yamledit_set(struct yamledit *ed, const char *place, const json_t *value, struct err *e);

/* A new element at the end of the list at this place, in the style of the first; a list that is not
 * there begins with it, as lines. ERR_REFUSED. */
bool yamledit_add(struct yamledit *ed, const char *place, const json_t *item, struct err *e);

#endif
