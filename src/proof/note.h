/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signed notes (C2SP signed-note v1): a text and the Ed25519 signatures under it, and the keys as
 * lines of text. Pure; the arithmetic is libsodium's. */
#ifndef VX_PROOF_NOTE_H
#define VX_PROOF_NOTE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NOTE_NAME_BYTES 128 /* of a key, with the final NUL */
#define NOTE_KEY_BYTES 256  /* of a key as text */
#define NOTE_BYTES_MAX 65536 /* a whole note; 16 signatures at least must fit, of 5 kB each */
#define NOTE_SEED_BYTES 32
#define NOTE_TIME_MAX_S 253402300799 /* the last second of the year 9999 */
#define NOTE_KNOWN_MAX 16 /* keys looked for in one note */

/* How a key signs; the byte before it in its text. */
enum note_type {
	NOTE_ED25519 = 0x01,	 /* signed-note: over the text as it is */
	NOTE_COSIGNATURE = 0x04, /* tlog-cosignature: over the time of signing and the text */
};

/* Who signed: name and id find the signature, the key checks it. */
struct note_verifier {
	char name[NOTE_NAME_BYTES];
	enum note_type type;
	uint32_t id;
	uint8_t key[32];
};

/* Who signs. Holds the secret: wipe it (sodium_memzero) when done. */
struct note_signer {
	struct note_verifier verifier;
	uint8_t secret[64];
};

/* Not empty, not too long, UTF-8 without spaces, control characters and '+'. */
bool note_name_valid(const char *name);

/* The signer of that (valid) name and type, from 32 random bytes (the first 32 of a secret name the
 * same key). */
void note_signer_make(struct note_signer *s, const char *name, enum note_type type,
		      const uint8_t seed[static NOTE_SEED_BYTES]);

/* "name+id+base64": what Go's sumdb/note writes and reads. No newline. */
void note_verifier_print(const struct note_verifier *v, char out[static NOTE_KEY_BYTES]);
bool note_verifier_parse(struct note_verifier *v, const char *text, struct err *e);

/* The same key under the same name; whether one secret is behind both, whatever their names. */
bool note_verifier_same(const struct note_verifier *a, const struct note_verifier *b);
bool note_verifier_same_secret(const struct note_verifier *a, const struct note_verifier *b);

/* "PRIVATE+KEY+name+id+base64", as Go's sumdb/note. No newline. Secret. */
void note_signer_print(const struct note_signer *s, char out[static NOTE_KEY_BYTES]);
bool note_signer_parse(struct note_signer *s, const char *text, struct err *e);

/* Appends the signature line ("— name base64\n") over text, len bytes with its final newline.
 * time_s: of a cosignature, POSIX seconds ≥ 0; else not looked at. */
void note_sign(const struct note_signer *s, const char *text, size_t len, int64_t time_s,
	       struct buf *out);

/* What note_open found. */
struct note_opened {
	size_t text_len;	/* of the signed text, at the beginning of the note */
	unsigned signed_by;	/* bit i: known[i] signed it */
	int64_t time_s[NOTE_KNOWN_MAX]; /* of cosignatures */
};

/* Takes a note apart. known: keys that are looked for; lines by others are skipped. False when it
 * is no note (ERR_DAMAGED), a signature by a known key is wrong or none of them signed
 * (ERR_DIFFERS). With count 0 only its form is looked at. */
bool note_open(const char *note, size_t len, const struct note_verifier *known, int count,
	       struct note_opened *o, struct err *e);

/* A line under a note, as it says of itself. */
struct note_signature {
	char name[NOTE_NAME_BYTES];
	uint32_t id;
	int64_t time_s; /* that a cosignature claims, −1: it is none */
};

/* The lines of a note that was opened, one a call; at: opened's text_len first. False: no more. */
bool note_signature_next(const char *note, size_t len, size_t *at, struct note_signature *s);

#endif
