/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the view as JSON, the same on the command line and over HTTP. */
#ifndef VX_PROOF_ROW_H
#define VX_PROOF_ROW_H

#include "base/civil.h"
#include "proof/reader.h"

#include <jansson.h>

/* A new object. Members as in struct airing_row, with times as RFC 3339 in tz, lengths in seconds,
 * zones and programmes as arrays, unknown things null; detail as a saying; result_text, reason_text
 * and detail_text in the language of the process, reason_texts and detail_texts in both; cause,
 * cause_text and cause_texts by row_cause; corrected_planned, corrected_start and corrected_end by
 * row_corrected_ms; clock_offset_s what they are off by; recorded (a code) and recorded_texts by
 * row_recorded; proof_by_zone by zonelevel_read. */
json_t *row_airing_json(const struct airing_row *r, const struct tz *tz);

/* What people call it: the bulletin's title; of a voice what it is and where it came from, in the
 * language of the process; of other sounds what the view has in its place. _of: without where a
 * voice came from, so that figures of all voices are one line. */
const char *row_title(const struct airing_row *r);
const char *row_title_of(const char *file, const char *title);

/* Where in the day it belongs: the name of its slot, or in the language of the process what took
 * the air outside of it. */
const char *row_place(const struct airing_row *r);

/* The code of what a detail (saying_read; NULL none) says of the device, "" nothing: alone, or
 * beside the zones that were silent. */
const char *row_device_code(const json_t *said);

/* What it is owed to that it did not air whole, or was not surely heard: a cause of reason.h;
 * NULL when nothing is amiss. */
const char *row_cause(const struct airing_row *r);

/* A time of the row as it is to be read now that the clock is known to have been off; 0 unless both
 * the time and a correction are known. It stands beside what was written, never in its place. */
int64_t row_corrected_ms(const struct airing_row *r, int64_t ms);

/* Levels B and C, of the airing or of one of its zones, rest on a recording: what is to be said
 * beside them when it can be heard no more, or is not the one that was. NULL: nothing; the
 * caller's. Wherever a level is shown, this is. */
json_t *row_recorded(const struct airing_row *r);
json_t *row_recorded_of(const char *proof, enum recorded recorded);

/* Outside the timetable: an operator played it, and it is no emergency's turn. */
bool row_manual(const struct airing_row *r);

/* What became of it in a word that claims no more than the device took: the result, or
 *
 *   unsent   mixed, wholly or in part, and sent to no device
 *   unsure   mixed in full, and not all of it, or not surely, taken by the device
 *   missed   in part, and of none of its frames; or interrupted, and surely before the first
 *
 * so that "full" is only what a device took. proof "" or NULL: none; said: the detail, NULL
 * none. */
const char *row_fate(const char *result, const char *proof, const json_t *said, int64_t frames);
const char *row_fate_of(const struct airing_row *r);

/* Whether the device of one zone at least took it, as far as it went: of several zones each has
 * its own proof (by_zone as stored, "" none), and that of the airing is of the worst. */
bool row_heard(const char *proof, const char *by_zone);

/* In which sum an airing counts, by its fate. Only what was heard counts as aired, wholly or, in
 * some zones or for some of its time, in part; what was sent and nobody can say how much of it is
 * unsure. An interrupted one has frames 0, because nobody measured how much of it was. */
enum row_sum {
	ROW_AIRED,
	ROW_UNSURE,
	ROW_UNSENT,
	ROW_IN_PART,
	ROW_NOT_AIRED,
	ROW_UNKNOWN,
	ROW_ON_AIR,
	ROW_SUM_COUNT
};
enum row_sum row_sum(const struct airing_row *r);
enum row_sum row_sum_of(const char *fate, bool heard, int64_t frames);

/* Its word in sheets, which never changes: "aired", "unsure", "unsent", "in-part", "not-aired",
 * "unknown", "on-air". */
const char *row_sum_word(enum row_sum sum);

/* The same for a bulletin: id, title, sha256, state, level, language, kind, fund, programmes,
 * slots, from, to, received, frames, length_s, loudness_lufs, peak_dbtp, sender, revision,
 * replaces, replaced_by, endorsed_by, decided {by, at, why} (null: not yet); and findings: what its
 * sender was told (an array of sayings, stays the caller's; NULL: nothing), each with "texts". */
json_t *row_bulletin_json(const struct bulletin *b, const json_t *findings,
			  const struct tz *tz);

#endif
