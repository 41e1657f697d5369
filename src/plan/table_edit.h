/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of what a timetable says at its top, and timetables made new: a special period that
 * stands in for others. Pure. */
#ifndef VX_PLAN_TABLE_EDIT_H
#define VX_PLAN_TABLE_EDIT_H

#include "base/buf.h"
#include "base/err.h"
#include "plan/yamledit.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Sets the keys of `set` ("timetable", "basis", "valid", "replaces", "music", "enabled"); a null
 * takes one out. ERR_USAGE for any other key, else as yamledit_set. */
bool table_edit(struct yamledit *ed, const json_t *set, struct err *e);

/* Appends the text of a new timetable: these keys, and copies of these slots (an array of objects
 * as table_edit_slot gives them), or none. */
bool table_edit_new(const char *file, const json_t *set, const json_t *slots, struct buf *out,
		    struct err *e);

/* A slot of another timetable's text, to be put into a new one: without the validity that it has
 * there, and without the days on which somebody has taken it off. A new reference; ERR_NOT_FOUND,
 * or as yamledit_open. */
json_t *table_edit_slot(const char *file, const char *text, size_t len, const char *name,
			struct err *e);

#endif
