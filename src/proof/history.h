/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the view knows besides its rows of airings and bulletins: every entry about one thing, and
 * the recordings. */
#ifndef VX_PROOF_HISTORY_H
#define VX_PROOF_HISTORY_H

#include "proof/reader.h"

/* Entries that name this bulletin or airing ("B17", "A42") and are no airing.* themselves, by
 * index; each() returns false to stop. */
bool history_about(struct view *v, const char *id,
		   bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e);

/* One closed recording, as its entry says. */
struct recording_row {
	int64_t n; /* index of the entry */
	char file[PATH_BYTES], zone[NAME_BYTES], sha256[SHA256_HEX_BYTES];
	int64_t from_ms, to_ms, bytes;
};

/* ERR_NOT_FOUND if no entry names this file (relative to DIR): it may be open still. The newest if
 * several do. */
bool history_recording(struct view *v, const char *file, struct recording_row *r, struct err *e);

/* Recordings of a zone that begin in [from, to), by their beginning. */
bool history_recordings(struct view *v, const char *zone, struct wall from, struct wall to,
			bool (*each)(const struct recording_row *r, void *arg), void *arg,
			struct err *e);

#endif
