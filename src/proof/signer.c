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
};

static bool here_open(struct signer *s, bool next, struct notary_state *state, struct err *e)
{
	struct here *h = (struct here *)s;

	notary_close(h->notary);
	h->notary = NULL;
	h->setup.held = s->held;
	if (next)
		chance_bytes(h->setup.next_seed, sizeof(h->setup.next_seed));
	bool ok = notary_open(&h->notary, h->disk, &h->setup, e);
	sodium_memzero(h->setup.next_seed, sizeof(h->setup.next_seed));
	if (!ok)
		return false;
	notary_state(h->notary, state);
	return true;
}

static bool here_append(struct signer *s, const char *text, size_t len,
			struct notary_state *state, struct err *e)
{
	struct here *h = (struct here *)s;

	if (!notary_append(h->notary, text, len, e))
		return false;
	notary_state(h->notary, state);
	return true;
}

static bool here_speak(struct signer *s, struct notary_state *state, struct err *e)
{
	struct here *h = (struct here *)s;
	bool ok = notary_speak(h->notary, e);

	notary_state(h->notary, state);
	return ok;
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
	static const struct signer_ops ops = {here_open, here_append, here_speak, here_close};
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
};

static void none_state(const struct none *h, struct notary_state *state)
{
	*state = (struct notary_state){
		.log = 1,
		.size = journal_count(h->journal),
		.lost = journal_lost(h->journal),
		.reserve_gone = journal_reserve_gone(h->journal),
	};
}

static bool none_open(struct signer *s, bool next, struct notary_state *state, struct err *e)
{
	struct none *h = (struct none *)s;

	(void)next;
	journal_close(h->journal);
	h->journal = NULL;
	if (!journal_open(&h->journal, h->disk, LOG_DIR, e))
		return false;
	none_state(h, state);
	return true;
}

static bool none_append(struct signer *s, const char *text, size_t len,
			struct notary_state *state, struct err *e)
{
	struct none *h = (struct none *)s;
	int64_t index;

	if (!journal_append(h->journal, text, len, &index, e))
		return false;
	none_state(h, state);
	return true;
}

static bool none_speak(struct signer *s, struct notary_state *state, struct err *e)
{
	(void)e;
	none_state((struct none *)s, state);
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
	static const struct signer_ops ops = {none_open, none_append, none_speak, none_close};
	struct none *h = calloc(1, sizeof(*h));

	must(h != NULL);
	h->signer.ops = &ops;
	h->disk = d;
	return &h->signer;
}
