/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heads of a log that somebody has seen earlier and gives with --seen. */
#ifndef VX_CLI_SEEN_HEADS_H
#define VX_CLI_SEEN_HEADS_H

#include "base/err.h"
#include "cli/args.h"
#include "proof/verify_seen.h"

#define SEEN_HEADS_MAX 256

struct seen_heads {
	struct seen_head heads[SEEN_HEADS_MAX];
	int count;
};

/* Each word is SIZE:ROOT, or a file in which such heads stand: a checkpoint, a list of them, a CSV
 * of `vangxa log`, the last line of its table. What is told twice counts once. False + ERR_USAGE,
 * ERR_DAMAGED or ERR_NOT_FOUND, and a sentence that names the word. */
bool seen_heads_read(struct seen_heads *s, const struct arg_list *words, struct err *e);

#endif
