/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time-stamp tokens (RFC 3161): the question, and whether an answer is one to it. By libcrypto's
 * TS_*, which also is what `openssl ts` does; in vangxa-net only. */
#ifndef VX_PROOF_TOKEN_H
#define VX_PROOF_TOKEN_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOKEN_QUERY_TYPE "application/timestamp-query"
#define TOKEN_BYTES_MAX 65536 /* of an answer: certificates included they have 6 kB */

/* Appends the question for data, in DER: SHA-256, a nonce by chance, the certificates wanted. */
bool token_query(const void *data, size_t len, struct buf *der, struct err *e);

/* What the authority says. */
struct token_word {
	int64_t time_s;	    /* POSIX, the earliest that its accuracy allows */
	bool trusted;	    /* its signature leads to one of the certificates of ca */
};

struct token_parts {
	const char *data, *query, *reply, *ca; /* ca: PEM */
	size_t data_len, query_len, reply_len, ca_len; /* ca_len 0: none set */
};

/* False when the answer is not one to that question about that data: damaged (ERR_DAMAGED), refused
 * (ERR_REFUSED), for other data or with another nonce (ERR_CONFLICT), or, with a ca, not signed by
 * it at the time that it says (ERR_DIFFERS). */
bool token_check(const struct token_parts *p, struct token_word *w, struct err *e);

#endif
