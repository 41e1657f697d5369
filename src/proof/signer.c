/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two signers that need no process. */
#include "proof/signer.h"

#include "base/must.h"
#include "proof/journal.h"
#include "proof/tile.h"
#include "sys/chance.h"

#include <sodium.h>
#include <stdlib.h>

struct here {
	struct signer signer;
	struct disk *disk;
	struct notary_setup setup;
	struct notary *notary;
	bool ok; /* what was asked last */
	struct err err;
};

static bool here_open(struct signer *s, bool next, struct err *e)
{
	struct here *h = (struct here *)s;

	(void)e;
	notary_close(h->notary);
	h->notary = NULL;
	h->setup.held = s->held;
	if (next)
		chance_bytes(h->setup.next_seed, sizeof(h->setup.next_seed));
	h->ok = notary_open(&h->notary, h->disk, &h->setup, &h->err);
	sodium_memzero(h->setup.next_seed, sizeof(h->setup.next_seed));
	return true;
}

static bool here_append(struct signer *s, const char *text, size_t len, struct err *e)
{
	struct here *h = (struct here *)s;

	(void)e;
	h->ok = notary_append(h->notary, text, len, &h->err);
	return true;
}

static bool here_speak(struct signer *s, struct err *e)
{
	struct here *h = (struct here *)s;

	(void)e;
	h->ok = notary_speak(h->notary, &h->err);
	return true;
}

static bool here_hear(struct signer *s, int wait_ms, struct notary_state *state, struct err *e)
{
	struct here *h = (struct here *)s;

	(void)wait_ms;
	if (h->ok)
		notary_state(h->notary, state);
	else
		*e = h->err;
	return h->ok;
}

static void here_close(struct signer *s)
{
	struct here *h = (struct here *)s;

	notary_close(h->notary);
	sodium_memzero(&h->setup, sizeof(h->setup));
	free(h);
}

struct signer *signer_here(struct disk *d, const struct notary_setup *setup)
{
	static const struct signer_ops ops = {here_open, here_append, here_speak, here_hear,
					      here_close};
	struct here *h = calloc(1, sizeof(*h));

	must(h != NULL);
	h->signer.ops = &ops;
	h->disk = d;
	h->setup = *setup;
	return &h->signer;
}

struct none {
	struct signer signer;
	struct disk *disk;
	struct journal *journal;
	bool ok;
	struct err err;
};

static bool none_open(struct signer *s, bool next, struct err *e)
{
	struct none *h = (struct none *)s;

	(void)next;
	(void)e;
	journal_close(h->journal);
	h->journal = NULL;
	h->ok = journal_open(&h->journal, h->disk, LOG_DIR, &h->err);
	return true;
}

static bool none_append(struct signer *s, const char *text, size_t len, struct err *e)
{
	struct none *h = (struct none *)s;
	int64_t index;

	(void)e;
	h->ok = journal_append(h->journal, text, len, &index, &h->err);
	return true;
}

static bool none_speak(struct signer *s, struct err *e)
{
	(void)e;
	((struct none *)s)->ok = true;
	return true;
}

static bool none_hear(struct signer *s, int wait_ms, struct notary_state *state, struct err *e)
{
	const struct none *h = (const struct none *)s;

	(void)wait_ms;
	if (!h->ok) {
		*e = h->err;
		return false;
	}
	*state = (struct notary_state){
		.log = 1,
		.size = journal_count(h->journal),
		.lost = journal_lost(h->journal),
		.reserve_gone = journal_reserve_gone(h->journal),
	};
	return true;
}

static void none_close(struct signer *s)
{
	struct none *h = (struct none *)s;

	journal_close(h->journal);
	free(h);
}

struct signer *signer_none(struct disk *d)
{
	static const struct signer_ops ops = {none_open, none_append, none_speak, none_hear,
					      none_close};
	struct none *h = calloc(1, sizeof(*h));

	must(h != NULL);
	h->signer.ops = &ops;
	h->disk = d;
	return &h->signer;
}
