/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One change of one slot, made in the text of its timetable. Pure.
 *
 * The text stays whoever's it is: comments, order and quotes are kept, and only what is asked for
 * is touched. After each step the new text is read again and must mean exactly the old one with
 * that step; where it does not (anchors, comments in the middle of a value, hand-made layouts), the
 * change is refused with a sentence and left to the text editor. */
#ifndef VX_PLAN_SLOT_EDIT_H
#define VX_PLAN_SLOT_EDIT_H

#include "base/buf.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* edit: {"op": …} with
 * - "skip": "slot", "date", "reason"?: not on that day; "pause": "slot", "from", "to"?, "reason"?;
 *   both with who as the one who says so;
 * - "back": "slot", "from": ends a skip or pause that begins on that day;
 * - "set": "slot", "set": {key: value, …} as a timetable has them; a null takes the key out;
 * - "add": "slot": {key: value, …}, a new one behind the others; "delete": "slot";
 * - "table": "set": {key: value, …}: what the timetable says at its top (table_edit.h).
 * A slot is named by its name. The new text is appended to out; it may still be faulty in what it
 * says, which check tells. False + err: ERR_USAGE, ERR_NOT_FOUND for a slot, ERR_REFUSED where it
 * cannot be done surely, ERR_DAMAGED when the text is no YAML. */
bool slot_edit(const char *file, const char *text, size_t len, const json_t *edit, const char *who,
	       struct buf *out, struct err *e);

#endif
