/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/stalling.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

struct stalling {
	struct signer signer;
	struct signer *inner;
	struct stall *how;
	enum { IDLE, APPEND, OPEN, OPEN_NEXT, SPEAK } waits; /* asked, and not done yet */
	char text[ENTRY_BYTES_MAX];
	size_t len;
	bool gone;
};

static bool gone(struct err *e)
{
	return err_set(e, ERR_DAMAGED, "the signer is gone");
}

static bool pass(struct stalling *s, struct err *e)
{
	int what = s->waits;

	s->waits = IDLE;
	s->inner->held = s->signer.held;
	if (what == APPEND)
		return signer_ask_append(s->inner, s->text, s->len, e);
	if (what == SPEAK)
		return signer_ask_speak(s->inner, e);
	return signer_ask_open(s->inner, what == OPEN_NEXT, e);
}

static bool ask(struct stalling *s, int what, struct err *e)
{
	s->waits = what;
	return (s->how->hangs && s->how->before) || s->how->fails || pass(s, e);
}

static bool stalling_open(struct signer *signer, bool next, struct err *e)
{
	struct stalling *s = (struct stalling *)signer;

	s->gone = false;
	return ask(s, next ? OPEN_NEXT : OPEN, e);
}

static bool stalling_append(struct signer *signer, const char *text, size_t len, struct err *e)
{
	struct stalling *s = (struct stalling *)signer;

	s->how->asked++;
	if (s->gone)
		return gone(e);
	memcpy(s->text, text, len);
	s->len = len;
	return ask(s, APPEND, e);
}

static bool stalling_speak(struct signer *signer, struct err *e)
{
	struct stalling *s = (struct stalling *)signer;

	return s->gone ? gone(e) : ask(s, SPEAK, e);
}

static bool stalling_hear(struct signer *signer, int wait_ms, struct notary_state *state,
			  struct err *e)
{
	struct stalling *s = (struct stalling *)signer;

	if (s->how->dies) {
		s->how->dies = false;
		s->gone = true;
		s->waits = IDLE;
		return gone(e);
	}
	if (s->how->hangs)
		return err_set(e, ERR_STALLED, "the disk does not answer");
	if (s->how->fails && s->waits != IDLE) {
		s->waits = IDLE;
		return err_set(e, ERR_NO_SPACE, "the disk is full");
	}
	return (s->waits == IDLE || pass(s, e)) && signer_hear(s->inner, wait_ms, state, e);
}

static void stalling_close(struct signer *signer)
{
	struct stalling *s = (struct stalling *)signer;

	signer_close(s->inner);
	free(s);
}

struct signer *stalling_signer(struct signer *inner, struct stall *how)
{
	static const struct signer_ops ops = {stalling_open, stalling_append, stalling_speak,
					      stalling_hear, stalling_close};
	struct stalling *s = calloc(1, sizeof(*s));

	must(s != NULL);
	s->signer.ops = &ops;
	s->inner = inner;
	s->how = how;
	return &s->signer;
}
