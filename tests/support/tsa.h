/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time-stamp authority that is not ours: `openssl ts` (tests/support/tsa.sh). */
#ifndef VX_TESTS_TSA_H
#define VX_TESTS_TSA_H

#include "base/buf.h"

/* Makes its certificates in the folder; appends the one to be trusted, and one of nobody's. */
void tsa_make(const char *dir, struct buf *ca, struct buf *other);
/* Its answer to a question. */
void tsa_reply(const char *dir, const struct buf *query, struct buf *reply);

#endif
