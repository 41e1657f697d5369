/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the view knows besides its rows of airings and bulletins: every entry about one thing, and
 * the recordings. */
#ifndef VX_PROOF_HISTORY_H
#define VX_PROOF_HISTORY_H

#include "proof/reader.h"

#include <sqlite3.h>

/* Entries that name this bulletin or airing ("B17", "A42") and are no airing.* themselves, by
 * index; each() returns false to stop. */
bool history_about(struct view *v, const char *id,
		   bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e);

/* One closed recording, as its entry says, and what became of it. */
struct recording_row {
	int64_t n; /* index of the entry */
	char file[PATH_BYTES], zone[NAME_BYTES], sha256[SHA256_HEX_BYTES];
	int64_t from_ms, to_ms, bytes;
	int64_t removed_n; /* index of recording.removed, −1 none */
	int64_t removed_ms;
	char removed_why[CODE_BYTES]; /* proof/keep.h; "" none */
	bool differs; /* at a start: not what had been vouched for (proof/prefix.h) */
};

/* SQL: the columns of such a row, for history_recording_row. */
#define RECORDING_COLUMNS                                                                          \
	"SELECT n, file, zone, sha256, from_ms, to_ms, bytes, coalesce(removed_n, -1),"            \
	" coalesce(removed_ms, 0), removed_why, differs FROM recordings "
void history_recording_row(sqlite3_stmt *s, struct recording_row *r);

/* SQL: recording r is the one that an airing names, of whose row these are expressions. Older
 * programs used a name again when its file was gone: so r was closed after the airing was intended,
 * and, if a start lies in between, begins no later than the airing did; without a start a clock
 * that was set under way may make it seem so. Several may be so: the first counts. */
#define RECORDING_IS(file_, n_, ended_n_, start_ms_)                                               \
	"r.file = " file_ " AND r.n > " n_ " AND"                                                  \
	" (NOT EXISTS (SELECT 1 FROM events s WHERE s.kind = 'station.started'"                    \
	"  AND s.n > " ended_n_ " AND s.n < r.n) OR r.from_ms <= " start_ms_ " + 60000)"
/* SQL: airings, and once more for each recording of another zone that their outcome names. */
#define AIRINGS_RECORDED                                                                           \
	"(SELECT n, ended_n, start_ms, end_ms, frames, recording, recording_frames FROM airings"   \
	" UNION ALL SELECT b.n, b.ended_n, b.start_ms, b.end_ms, b.frames,"                        \
	" json_extract(z.value, '$.recording'),"                                                   \
	" CAST(round(json_extract(z.value, '$.recording_s') * 48000) AS INTEGER) FROM airings b,"  \
	" json_each(CASE b.by_zone WHEN '' THEN '{}' ELSE b.by_zone END) z"                        \
	" WHERE b.by_zone <> '' AND json_extract(z.value, '$.recording') <> b.recording) a "
#define RECORDING_OF_AIRING                                                                        \
	RECORDING_IS("a.recording", "a.n", "coalesce(a.ended_n, a.n)", "a.start_ms")

/* ERR_NOT_FOUND: the recording in which this airing begins is in no entry: open still, or a name
 * alone is left of it. */
bool history_recording_of(struct view *v, const struct airing_row *row, struct recording_row *r,
			  struct err *e);

/* A recording that airings of runs before the present one lie in, and that no entry closed. */
struct unclosed_row {
	char file[PATH_BYTES];
	int64_t from_ms, to_ms; /* as the airings say: its beginning, and the end of the last */
};
/* Among the newest airings; each() returns false to stop. */
bool history_unclosed(struct view *v, bool (*each)(const struct unclosed_row *r, void *arg),
		      void *arg, struct err *e);

/* ERR_NOT_FOUND if no entry names this file (relative to DIR): it may be open still. The newest if
 * several do. */
bool history_recording(struct view *v, const char *file, struct recording_row *r, struct err *e);

/* Recordings of a zone that begin in [from, to), by their beginning. */
bool history_recordings(struct view *v, const char *zone, struct wall from, struct wall to,
			bool (*each)(const struct recording_row *r, void *arg), void *arg,
			struct err *e);

/* Whether an entry names this recording, or one of the newest airings lies in it. */
bool history_names(struct view *v, const char *file, bool *named, struct err *e);

#endif
