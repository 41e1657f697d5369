/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sameness in the log: what it knows of bulletins that may be one, and what people have decided
 * about two products. */
#ifndef VX_PROOF_SAMENESS_H
#define VX_PROOF_SAMENESS_H

#include "base/bulletin.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct view;

#define KIND_DUPLICATE "duplicate.decided"

/* The codes of a decision: "same" (counted once), "different", "reuse" (of the first; costs
 * nothing), "open" (the one before is taken back). False for any other word. */
bool sameness_decision(const char *text);

/* first, second: "B17", or "SP3" of the register of products; the second is what does not count
 * again. suspected, how: as the program had told the pair, "" it had not. The newest of two
 * products holds. */
json_t *entry_duplicate_decided(const char *first, const char *second, const char *suspected,
				const char *how, const char *decision, const char *reason,
				const char *who);

/* One decision. Texts live until the callback returns. */
struct sameness_decided {
	int64_t n, at_ms;
	const char *first, *second, *decision, *suspected, *how, *reason, *who;
};

/* The newest first, also those that a newer one has taken the place of; each() returns false to
 * stop, which is no error. */
bool sameness_decisions(struct view *v,
			bool (*each)(const struct sameness_decided *d, void *arg), void *arg,
			struct err *e);

/* A bulletin, as far as it is compared. Texts live until the callback returns. */
struct sameness_bulletin {
	char id[ID_BYTES];
	const char *title, *sha256, *original_sha256, *language, *kind, *fund;
	const char *replaces; /* "" no version of another */
	enum bulletin_state state;
	int64_t frames;
	const char *findings; /* what its sender was told, a line of JSON */
};

/* All of them, the oldest first; as sameness_decisions. */
bool sameness_bulletins(struct view *v,
			bool (*each)(const struct sameness_bulletin *b, void *arg), void *arg,
			struct err *e);

#endif
