/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks the proof of one entry (proof/tlogproof.h), which needs no log and no station. */
#ifndef VX_CLI_VERIFY_PROOF_H
#define VX_CLI_VERIFY_PROOF_H

#include "base/buf.h"
#include "cli/known_keys.h"

/* True if the bytes begin as such a proof does. */
bool verify_proof_is(const char *data, size_t len);

/* Checks the text and prints what it found, in words or as JSON. keys: of logs (the
 * one that bears the name of the proof's log counts) and of witnesses, as many as are known;
 * without the log's own nobody can say whose log it is, and the answer says so first. The exit
 * status. */
int verify_proof(const struct buf *text, const struct known_keys *keys, bool as_json);

#endif
