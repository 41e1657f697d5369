/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who writes the log and signs for it: in a process of its own, in this one, or unsigned. */
#ifndef VX_PROOF_SIGNER_H
#define VX_PROOF_SIGNER_H

#include "proof/notary.h"

struct signer;

struct signer_ops {
	bool (*open)(struct signer *s, bool next, struct notary_state *state, struct err *e);
	bool (*append)(struct signer *s, const char *text, size_t len,
		       struct notary_state *state, struct err *e);
	bool (*speak)(struct signer *s, struct notary_state *state, struct err *e);
	void (*close)(struct signer *s);
};

struct signer {
	const struct signer_ops *ops;
	bool held; /* opened so, until signer_speak */
};

/* Before the first signer_open: no head is signed before signer_speak (proof/notary.h). */
static inline void signer_hold(struct signer *s)
{
	s->held = true;
}

/* Opens the log (again): before the first append, and after one that said ERR_DAMAGED. One
 * thread. */
static inline bool signer_open(struct signer *s, struct notary_state *state, struct err *e)
{
	return s->ops->open(s, false, state, e);
}

/* The same, with a new key for the next log made ready: state->next_vkey, "" where nothing is
 * signed. After key.rotated has named it, signer_open begins that log (proof/notary.h). */
static inline bool signer_open_next(struct signer *s, struct notary_state *state, struct err *e)
{
	return s->ops->open(s, true, state, e);
}

/* As notary_append; waits until it is done. ERR_DAMAGED: whether it is in the log is not known. */
static inline bool signer_append(struct signer *s, const char *text, size_t len,
				 struct notary_state *state, struct err *e)
{
	return s->ops->append(s, text, len, state, e);
}

/* Heads are signed from now on; as notary_speak. */
static inline bool signer_speak(struct signer *s, struct notary_state *state, struct err *e)
{
	s->held = false;
	return s->ops->speak(s, state, e);
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
