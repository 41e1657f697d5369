/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time-stamps that are kept beside a log, as `openssl ts -verify -data … -in …` takes them:
 *   LOG/tsa/SIZE.checkpoint  a signed head, of so many entries
 *   LOG/tsa/SIZE.tsq, .tsr   the question about it, and the answer with the token (token.h) */
#ifndef VX_PROOF_TOKENS_H
#define VX_PROOF_TOKENS_H

#include "base/err.h"
#include "proof/tile.h"
#include "sys/disk.h"

#include <stdbool.h>
#include <stdint.h>

#define TOKENS_DIR "tsa"
#define TOKENS_PATH_BYTES (LOG_DIR_BYTES + 48)

enum tokens_part { TOKENS_CHECKPOINT, TOKENS_QUERY, TOKENS_REPLY, TOKENS_PARTS };

void tokens_path(const char *log, int64_t size, enum tokens_part part,
		 char out[static TOKENS_PATH_BYTES]);

/* Whether a path under the root is one of them, and of which log: "log/tsa/120.tsr". */
bool tokens_is(const char *path, char log[static LOG_DIR_BYTES], int64_t *size,
	       enum tokens_part *part);

/* Each size of which the log has an answer, by name; each() returns false to stop. No folder: none.
 * False: the folder cannot be read, or each() said so. */
bool tokens_each(struct disk *d, const char *log, bool (*each)(int64_t size, void *arg), void *arg,
		 struct err *e);

#endif
