/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What time-stamps say about a log: each is of a head that the log's key signed and that the log
 * still has, and answers the question about that head. Whose certificate signed it is left to
 * `openssl ts -verify`, which is given one to trust. */
#ifndef VX_PROOF_VERIFY_TOKENS_H
#define VX_PROOF_VERIFY_TOKENS_H

#include "proof/verify.h"

/* After verify_logs. Stamps of a log whose key, head or tiles are wrong are not judged, and a note
 * says so. Looks at each token in a child process with fences
 * (proof/envoy.h). No token: says nothing. */
void verify_tokens(const struct verify *v, struct verdict *verdict);

#endif
