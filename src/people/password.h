/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords: which are taken, and their Argon2id hashes (libsodium). Any thread. */
#ifndef VX_PEOPLE_PASSWORD_H
#define VX_PEOPLE_PASSWORD_H

#include "base/err.h"

#include <stdbool.h>

#define PASSWORD_HASH_BYTES 128 /* crypto_pwhash_STRBYTES */

/* OWASP ASVS 5.0, 6.2: at least 8 characters, no rule of composition, and none that a guesser tries
 * early: libzxcvbn weighs it against its lists of leaked passwords, names and words, keyboard
 * patterns and dates; words of this country and the names of account and station come to these,
 * with or without marks. False + ERR_REFUSED that says why and what to do; the text never holds the
 * password. Takes some milliseconds. */
bool password_good(const char *password, const char *name, const char *station, struct err *e);

/* A salted hash in the form that carries its own parameters. Takes a tenth of a second and 32 MiB.
 * False + err when there is no memory. */
bool password_hash(const char *password, char hash[static PASSWORD_HASH_BYTES], struct err *e);

/* True if it is the password of the hash. "" for an account that does not exist: takes as long, and
 * says no. */
bool password_matches(const char *hash, const char *password);

/* Overwrites a text that held a password. */
void password_wipe(char *text);

#endif
