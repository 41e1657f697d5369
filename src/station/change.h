/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change of one timetable: read as it would be, checked, its effect on the next seven days told,
 * and, if that is asked for, saved and put in force. */
#ifndef VX_STATION_CHANGE_H
#define VX_STATION_CHANGE_H

#include "base/buf.h"
#include "base/err.h"
#include "station/commands.h"

#include <jansson.h>
#include <stdbool.h>

/* Which timetable, "hang-ngay" for schedules/hang-ngay.yaml: 1 to 64 letters a–z, digits, - and _,
 * so that it can be no path. */
#define CHANGE_NAME_MAX 64
bool change_file(const char *name, char file[static PATH_BYTES], struct err *e);
/* The same from the field "name" of a request. */
bool change_named(struct request *rq, char file[static PATH_BYTES], struct err *e);

/* The text that it has now, appended; ERR_NOT_FOUND. */
bool change_read(struct desk *d, const char *file, struct buf *text, struct err *e);

/* Looks at what `file` would do with this text (taken over): aside, because a sound file that is
 * named for the first time must be decoded. extra (taken over, may be NULL): members that the
 * answer gets besides. The answer, then or, with a station, later:
 * {"name", "file", "sha256" of the text, "saved", "in_force", "faults": [{"file", "line", "grade",
 * "text"}], "effect": as effect_compare, null if the text is faulty}. Errors in this file: nothing
 * is saved, and "faults" says why. Errors in others: it is saved and comes into force with their
 * mending. When the station stops, what is only looked at is dropped, and nothing is saved any
 * more.
 *
 * was: the SHA-256 of the text that the change was made from, "" for none, NULL: not asked.
 * ERR_DIFFERS if another stands there now: who saves must not undo what they have not seen. */
bool change_start(struct request *rq, json_t *reply, const char *file, struct buf *text, bool save,
		  const char *was, json_t *extra, struct err *e);

/* [{"file", "line", "grade": "error" or "warning", "text", "slot"?, "field"?}]: in which slot and
 * what of it, so that a form can say it at its own field; a new reference. */
json_t *change_faults(const struct faults *faults);

#endif
