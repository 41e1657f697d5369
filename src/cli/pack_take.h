/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack taken in as a source of figures: verified as `vangxa verify` does, its signed entries as a
 * view beside it. Nothing of a pack that does not verify is handed on. */
#ifndef VX_CLI_PACK_TAKE_H
#define VX_CLI_PACK_TAKE_H

#include "proof/note.h"
#include "report/period.h"

#include <jansson.h>

#define PACK_TAKE_VIEW "view.sqlite" /* in its "dir" */

/* What somebody wants of each pack. */
struct pack_wanted {
	struct period period; /* all of which it must be of */
	const struct note_verifier *keys;
	int key_count; /* 0: each pack's own key counts */
};

/* {"ok": true, "name": of its first log, "vkey", "log": of the last, "size", "root", "entries": all
 * that are signed, "from", "to", "timezone", "last_ms": of its last entry, "own_key", "warnings":
 * [text], "dir": where it lies, to be removed by unparcel_close} or {"ok": false, "why": text,
 * "name" if it got so far}. The caller's; never NULL. Slow; while the program has one thread. */
json_t *pack_take(const char *path, const struct pack_wanted *w);

#endif
