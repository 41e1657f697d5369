/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that somebody knows from elsewhere and gives with --key. */
#ifndef VX_CLI_KNOWN_KEYS_H
#define VX_CLI_KNOWN_KEYS_H

#include "base/err.h"
#include "cli/args.h"
#include "proof/note.h"

struct known_keys {
	struct note_verifier keys[NOTE_KNOWN_MAX];
	int count;
};

/* Each word is a key as text, or a file with one on each line, as the station keeps log/vkey. False
 * + ERR_USAGE, ERR_DAMAGED or ERR_NOT_FOUND, and a sentence that names the word. */
bool known_keys_read(struct known_keys *k, const struct arg_list *words, struct err *e);

/* The same of any number of keys: each is told, and ends it all when that returns false + err. */
bool known_keys_each(const struct arg_list *words,
		     bool (*each)(const struct note_verifier *key, void *arg, struct err *e),
		     void *arg, struct err *e);

/* Whether one of them is a log's, and not only witnesses'. */
bool known_keys_any_log(const struct known_keys *k);

#endif
