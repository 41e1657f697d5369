/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recordings as witnesses: one that the station would have named so, written after the log's last
 * entry, and that the log does not know, says that the log was put back to an older state. */
#ifndef VX_STATION_NEWER_H
#define VX_STATION_NEWER_H

#include "station/desk.h"

#include <jansson.h>

/* Looks for the names that follow on those that the log knows, from its last hour on; before this
 * run records anything. The log names a recording before its file is made, so no power cut leaves
 * one that it does not know; where it is an older program's, the file must be 70 minutes newer. A
 * file that somebody lays there under that very name, newly written, looks the same. NULL when
 * nothing is strange, nothing can be said (no log yet, a clock that is not believed), or the folder
 * cannot be read; else what to tell people, the caller's. Main thread. */
json_t *newer_look(struct desk *d);

/* The log that it was said of ends, before anything of this run stands in it, and the next begins
 * (heads_doubt, "recording-newer"). NULL is fine. */
void newer_end(struct desk *d, const json_t *said);

/* A note of it in the log, once recover has seen where the log ended. NULL is fine. */
void newer_tell(struct desk *d, json_t *said);

#endif
