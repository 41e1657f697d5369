/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sheet would write, as one hash: it is told when the sheet is looked at, and nothing else
 * is written when it is applied, whatever has become of the register in between. */
#ifndef VX_STATION_FORESEEN_H
#define VX_STATION_FORESEEN_H

#include "base/err.h"
#include "base/limits.h"

#include <jansson.h>
#include <sodium.h>
#include <stdbool.h>

struct foreseen {
	crypto_hash_sha256_state state;
	char wanted[SHA256_HEX_BYTES], effect[SHA256_HEX_BYTES];
};

/* wanted "": nobody has looked. */
void foreseen_begin(struct foreseen *f, const char *wanted);

/* One row: its id ("" a new one), what it was (NULL nothing; whoever has seen it change from that
 * has not seen it change from something else), and what it becomes. */
void foreseen_add(struct foreseen *f, const char *id, const json_t *was, const char *line);

/* Those were all: sets effect. False + ERR_CONFLICT: it is not what was wanted. */
bool foreseen_holds(struct foreseen *f, struct err *e);

#endif
