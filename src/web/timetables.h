/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Timetables over HTTP: /api/timetables/NAME as YAML with an ETag, and changes of them.
 *
 * The text goes to the station as it is; it alone checks, compares and saves. The ETag is the
 * SHA-256 of the text: PUT needs it in If-Match, or none of it for a timetable that is not there
 * yet, so that two people cannot undo each other's work. */
#ifndef VX_WEB_TIMETABLES_H
#define VX_WEB_TIMETABLES_H

#include <jansson.h>
#include <stddef.h>

struct request;

/* Collects YAML, up to TIMETABLE_TEXT_BYTES_MAX. */
void timetables_body(struct request *r, const char *data, size_t len);

/* PUT: 200, 412 if another text stands there now, 422 with "faults" if it is faulty. */
void timetables_put(struct request *r);
/* POST …/preview: its effect and faults; nothing is saved. */
void timetables_preview(struct request *r);
/* POST …/edit: one change of one slot as a JSON object (plan/slot_edit.h), answered with the text
 * that it makes of the timetable, and its effect; nothing is saved. POST …/days: the same change,
 * answered with the next days of that slot; quick enough to be asked while somebody types. */
void timetables_edit(struct request *r);

/* POST …/ics: a calendar (RFC 5545), up to ICS_TEXT_BYTES_MAX; answered with the text that it makes
 * of the timetable (plan/ics_merge.h); nothing is saved. */
void timetables_ics_body(struct request *r, const char *data, size_t len);
void timetables_ics(struct request *r);

/* What to do with the station's answers; they take over body. GET: the YAML alone for who accepts
 * only that. */
void timetables_told(struct request *r, json_t *body);
void timetables_saved(struct request *r, json_t *body);

#endif
