/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One change of one entry of a list in seeds/, made in its text, as slot_edit.h does for
 * timetables: comments, order and quotes stay. Pure. */
#ifndef VX_PLAN_LIST_EDIT_H
#define VX_PLAN_LIST_EDIT_H

#include "base/buf.h"
#include "base/err.h"
#include "plan/lists.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* edit: {"op": …} with
 * - "add": "item": {key: value, …}, behind the others;
 * - "set": "code", "set": {key: value, …}; a null takes the key out;
 * - "end": "code", "to": the last day on which it holds;
 * - "rename": "code", "name", "from"?: the day from which it is called so: the entry ends the day
 *   before and one with the new name follows; without it the name was only misspelt.
 * Of several entries with the code the last is meant. The new text is appended to out; it may still
 * be faulty in what it says. False + err: ERR_USAGE, ERR_NOT_FOUND, ERR_CONFLICT for a code that is
 * there already, ERR_REFUSED, ERR_DAMAGED when the text is no YAML. */
bool list_edit(const struct lists_file *f, const char *text, size_t len, const json_t *edit,
	       struct buf *out, struct err *e);

#endif
