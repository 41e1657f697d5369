/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ledger.c and ledger_late.c share; nobody else includes it. */
#ifndef VX_PROOF_LEDGER_INSIDE_H
#define VX_PROOF_LEDGER_INSIDE_H

#include "base/limits.h"
#include "proof/chain.h"
#include "proof/ledger.h"
#include "proof/signer.h"
#include "proof/stamp.h"
#include "proof/view.h"

/* What the signer was asked for last, and where that stands. At most one thing is on its way: a
 * disk that hangs in the middle of it takes no other. */
struct late {
	enum {
		LATE_NONE,    /* nothing is on its way */
		LATE_ASKED,   /* for an entry, or to speak; not heard yet */
		LATE_SHUT,    /* the signer is gone, and must be asked to open */
		LATE_OPENING, /* it was asked to */
	} stage;
	json_t *entry;	      /* owned; NULL: no entry is on its way */
	char *text;	      /* as it was sent; owned */
	int64_t n;
	struct stamp stamp;
	bool again;	      /* it was sent a second time, to a new signer */
	bool told;	      /* whoever appended it was told that nobody knows */
	bool waited;	      /* for what is asked now; no more than once */
	struct stamp since;   /* when it was asked */
	struct mono shut_until; /* it could not be opened: not tried again before … */
	struct err why;	      /* … and why */
	/* Entries that got in after their callers were told: known until these ask again. */
	struct {
		json_t *entry; /* owned */
		int64_t n;
	} in[LEDGER_LATE_MAX];
	uint64_t landed;      /* so many of them, ever */
};

struct ledger {
	struct disk *disk;
	struct signer *signer; /* writes; what it wrote is read through the chain */
	struct notary_state state; /* as of its last word */
	struct chain *chain;
	struct view *view;
	struct stamps stamps;
	const struct tz *tz;
	char view_path[PATH_BYTES];
	int patience_ms;
	struct late late;
	bool in_memory; /* the view, for want of room on the disk */
	bool stale;    /* the view lags behind the journal */
	int64_t lost;	/* acknowledged entries that were gone at open */
	int64_t opened;	/* entries that log opened_log had then */
	int opened_log;
	bool has_last;
	struct wall last;
};

/* The log as its signer has it, and everything that is read of it. ERR_STALLED: something is on its
 * way, or this is now. */
bool late_open(struct ledger *l, bool next, struct err *e);

/* Sends a stamped entry (takes the reference) whose text this is (taken), and waits so long. Only
 * when nothing is on its way. */
bool late_append(struct ledger *l, json_t *entry, char *text, const struct stamp *stamp,
		 int wait_ms, struct err *e);
bool late_speak(struct ledger *l, struct err *e);

/* Hears what is on its way, waiting for each thing once, wait_ms at most; true: nothing is any
 * more. False + err: as signer_hear. */
bool late_settle(struct ledger *l, int wait_ms, struct err *e);

/* True if this very object was on its way and got in, as number n; that is told once. */
bool late_claim(struct ledger *l, const json_t *entry, int64_t *n);

void late_forget(struct ledger *l);

#endif
