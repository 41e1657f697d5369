/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a CAP 1.2 message (OASIS CAP-v1.2) means for this station: does a siren sound, where, until
 * when, and what is said. Pure: over the fields that plan/cap_read.h took out of a signed file. */
#ifndef VX_PLAN_CAP_H
#define VX_PLAN_CAP_H

#include "plan/settings.h"

#include <jansson.h>
#include <stdbool.h>

enum cap_verdict {
	CAP_REFUSED, /* is of no use, or not to be believed */
	CAP_SILENT,  /* understood, and nothing to be done here */
	CAP_WAITS,   /* until `from` */
	CAP_AIRS,
	CAP_ENDS,    /* what it refers to is over */
};

struct cap_meaning {
	enum cap_verdict verdict;
	const char *why; /* a code of cap_why; "" where nothing needs one */
	char key[CAP_KEY_BYTES]; /* "sender,identifier,sent" as in references (§3.2.1); "" none */
	bool supersedes; /* an Update: what it refers to is over, whatever becomes of itself */
	bool drill;	 /* status Exercise */
	uint32_t zones;
	struct wall from, until;
	char headline[REASON_BYTES]; /* in its sender's words */
	char text[EMERGENCY_TEXT_BYTES]; /* to be read aloud */
	bool shortened; /* its words were more than that */
};

/* alert: as cap_read says. now is believed when trusted: with a clock that is not, nothing is too
 * old or too new. */
void cap_judge(const json_t *alert, const struct settings *s, struct wall now, bool trusted,
	       struct cap_meaning *m);

/* Does the message refer to the one with this key? */
bool cap_refers(const json_t *alert, const char *key);

/* Reference i of a message, as it is written there; false past the last. What is longer than a key
 * can be is passed over. */
bool cap_reference(const json_t *alert, int i, char key[static CAP_KEY_BYTES]);

/* Do two keys name one message? The moment may be written in two zones of time. */
bool cap_same(const char *a, const char *b);

/* "refused" | "silent" | "waits" | "raised" | "ended". */
const char *cap_verdict_code(enum cap_verdict v);

/* Ranks of §3.2.2, 0 (Unknown) to 4; −1: no such word. Any case. */
int cap_severity(const char *text);
int cap_urgency(const char *text);

/* The sentence for a code, in the reader's language; the code itself if it is none. */
const char *cap_why(const char *code);

#endif
