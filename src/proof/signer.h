/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who writes the log and signs for it: in a process of its own, in this one, or unsigned. */
#ifndef VX_PROOF_SIGNER_H
#define VX_PROOF_SIGNER_H

#include "proof/notary.h"

struct signer;

/* One thing at a time: what was asked is answered before the next is asked. */
struct signer_ops {
	/* Asks; false + err: it cannot be asked, and is to be opened (ERR_DAMAGED). */
	bool (*open)(struct signer *s, bool next, struct err *e);
	bool (*append)(struct signer *s, const char *text, size_t len, struct err *e);
	bool (*speak)(struct signer *s, struct err *e);
	/* The answer, waited for so long. */
	bool (*hear)(struct signer *s, int wait_ms, struct notary_state *state, struct err *e);
	void (*close)(struct signer *s);
};

struct signer {
	const struct signer_ops *ops;
	bool held; /* opened so, until signer_ask_speak */
};

/* Hashing a log of twenty years anew takes half a minute on an old PC, a worn card seconds for one
 * sync: whoever has time waits so long. */
#define SIGNER_OPEN_MS 120000
#define SIGNER_WAIT_MS 60000

/* Before the first signer_open: no head is signed before signer_ask_speak (proof/notary.h). */
static inline void signer_hold(struct signer *s)
{
	s->held = true;
}

/* What was asked is done when this returns true: the state is as it is then. ERR_STALLED: no answer
 * within wait_ms (the disk hangs in the middle of it); hear again. ERR_DAMAGED: the signer is gone,
 * and whether it was done is not known; open it. Else it was not done. */
static inline bool signer_hear(struct signer *s, int wait_ms, struct notary_state *state,
			       struct err *e)
{
	return s->ops->hear(s, wait_ms, state, e);
}

/* Asks it to open the log (again): before the first append, and after ERR_DAMAGED. next: with a
 * new key for the next log made ready: state->next_vkey, "" where nothing is signed. After
 * key.rotated has named it, an open without begins that log (proof/notary.h). One thread. */
static inline bool signer_ask_open(struct signer *s, bool next, struct err *e)
{
	return s->ops->open(s, next, e);
}

/* Asks it to append one entry, as notary_append. */
static inline bool signer_ask_append(struct signer *s, const char *text, size_t len,
				     struct err *e)
{
	return s->ops->append(s, text, len, e);
}

/* Heads are signed from now on; as notary_speak. */
static inline bool signer_ask_speak(struct signer *s, struct err *e)
{
	s->held = false;
	return s->ops->speak(s, e);
}

/* Asked and heard, for whoever has nothing else to do meanwhile. */
static inline bool signer_open(struct signer *s, struct notary_state *state, struct err *e)
{
	return signer_ask_open(s, false, e) && signer_hear(s, SIGNER_OPEN_MS, state, e);
}

static inline bool signer_append(struct signer *s, const char *text, size_t len,
				 struct notary_state *state, struct err *e)
{
	return signer_ask_append(s, text, len, e) && signer_hear(s, SIGNER_WAIT_MS, state, e);
}

static inline bool signer_speak(struct signer *s, struct notary_state *state, struct err *e)
{
	return signer_ask_speak(s, e) && signer_hear(s, SIGNER_WAIT_MS, state, e);
}

/* NULL is fine. */
static inline void signer_close(struct signer *s)
{
	if (s != NULL)
		s->ops->close(s);
}

/* The child process `vangxa signer`, for the station's folder dir: nobody who breaks into this
 * process, or into any other of the station, has the key. name: of the log, should it be the
 * first; boot: see struct boot. */
struct signer *signer_child(const char *dir, const char *name, const char *boot);

/* A notary in this very process, for simulations. d must outlive it. */
struct signer *signer_here(struct disk *d, const struct notary_setup *setup);

/* Writes entries and signs nothing: for renders, whose log is nobody's. */
struct signer *signer_none(struct disk *d);

/* What the child does: `vangxa signer` with the socket as descriptor 3; next: as signer_open_next.
 * held: as signer_hold. Returns the exit status. */
int signer_main(const char *dir, const char *name, const char *boot, bool next, bool held);

#endif
