/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headers of tus 1.0 (https://tus.io/protocols/resumable-upload): texts into numbers, words and
 * checksums. Pure. */
#ifndef VX_WEB_TUSHEAD_H
#define VX_WEB_TUSHEAD_H

#include "base/err.h"
#include "base/moment.h"

#include <jansson.h>
#include <nettle/sha1.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>

/* A whole number from 0 on, digits only. False: it is none, or too large for anything. */
bool tushead_number(const char *text, int64_t *n);

/* Upload-Metadata, "key base64,key base64,key", into the command by words_take. *key is the one at
 * fault, in tushead's own memory of TUSHEAD_KEY_BYTES. False + err. */
#define TUSHEAD_KEY_BYTES 32
bool tushead_metadata(const char *text, json_t *command, char key[static TUSHEAD_KEY_BYTES],
		      struct err *e);

/* "sha1" is what every server must know, "sha256" is what ours has everywhere. */
#define TUSHEAD_ALGORITHMS "sha1,sha256"
enum tushead_sum {
	TUSHEAD_NO_SUM,
	TUSHEAD_SHA1,
	TUSHEAD_SHA256,
};

struct tushead_checksum {
	enum tushead_sum kind;
	unsigned char wanted[32];
	union {
		struct sha1_ctx sha1;
		crypto_hash_sha256_state sha256;
	} state;
};

/* Upload-Checksum, "sha1 base64"; NULL: there is none. False + err: unknown, or malformed. */
bool tushead_checksum(const char *text, struct tushead_checksum *c, struct err *e);
void tushead_add(struct tushead_checksum *c, const void *data, size_t len);
/* True if what was added is what was promised, or nothing was. Once. */
bool tushead_matches(struct tushead_checksum *c);

/* Upload-Expires: "Mon, 23 Nov 2026 05:30:00 GMT" (RFC 9110). */
void tushead_date(struct wall t, char out[static 32]);

#endif
