/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The notary: appends to a station's log and signs its head; the only holder of the key. */
#ifndef VX_PROOF_NOTARY_H
#define VX_PROOF_NOTARY_H

#include "base/err.h"
#include "proof/checkpoint.h"
#include "proof/heads.h"
#include "sys/disk.h"

#define NOTARY_KEY "key"
#define NOTARY_NEXT_KEY "key.next" /* while a rotation is under way */
#define NOTARY_CHECKPOINT "checkpoint" /* in the log's folder, beside vkey */
#define NOTARY_VKEY "vkey"
#define NOTARY_WITNESSED "witnessed" /* an older head with outsiders' lines; not the notary's */

struct notary;

/* What it is told when it opens. */
struct notary_setup {
	char name[NOTE_NAME_BYTES]; /* of the first log, when one is begun; later ones: name/2 … */
	char boot[BOOT_ID_BYTES];   /* of the machine's present run; "" unknown */
	uint8_t seed[NOTE_SEED_BYTES]; /* of a new key, should there be none */
	uint8_t next_seed[NOTE_SEED_BYTES]; /* a key for the next log is made of it; zeros: none */
	bool held; /* no head is signed before notary_speak */
};

/* What it tells. Plain data: it crosses between processes. */
struct notary_state {
	int log;	     /* number of the log that grows */
	int64_t size;	     /* its entries */
	int64_t base;	     /* entries of all logs before it */
	int64_t lost;	     /* acknowledged entries that are gone (journal_lost) */
	int64_t head;	     /* size of its newest signed head; 0 none */
	char root[HASH_TEXT_BYTES]; /* of that head */
	char vkey[NOTE_KEY_BYTES];  /* who checks its signature; begins with the log's name */
	int64_t silent_to;   /* no head up to this size is signed; see notary_open */
	bool held;	     /* none at all, until notary_speak */
	bool reserve_gone;   /* journal_reserve_gone */
	bool begun;	     /* it has no entry yet, and the first must name what was before: */
	/* shortened | changed | key-lost | damaged | rotated, or the code of a heads_doubt */
	char why[HEADS_WHY_BYTES];
	int64_t previous_size;		/* the largest head of the log before that is known */
	char previous_root[HASH_TEXT_BYTES];
	char previous_vkey[NOTE_KEY_BYTES]; /* "" unknown */
	int64_t kept_size; /* entries that lie in the log before; 0 none, or they cannot be read */
	char kept_root[HASH_TEXT_BYTES]; /* over all of them, signed or not */
	char next_vkey[NOTE_KEY_BYTES]; /* of the key for the next log, "" none is ready */
	bool rotates; /* that key is announced; once all entries are signed, open again */
};

/* Opens the newest log under the disk's root, or begins the first. One process at a time (whoever
 * starts it sees to that); one thread.
 *
 * Repairs what a power cut leaves: a torn entry, missing tiles, an old checkpoint. A log that is
 * shorter than, or other than, a head that is known to have been signed (checkpoint, heads) is left
 * as it is and never signed for again; the next one begins.
 *
 * After a power cut the disk may have lost entries that it had promised to keep, and with them
 * every trace of their heads. So heads are announced some entries ahead (heads_raise), and up to
 * the announced size none is signed anew: whoever has seen one of them shall never see another of
 * that size. silent_to says how far; the log is filled up to there before it speaks.
 *
 * Rotation: opened with next_seed it makes a key for the next log ready and tells its next_vkey.
 * An entry key.rotated that names it ends the log: opened once more, the next log begins with it,
 * and the old secret is overwritten. Without such an entry the ready key is dropped.
 *
 * Held: a folder that was put back as a whole bears no trace of it, and only those outside know
 * that the log had come further. So whoever has somebody to ask opens it held: entries are taken,
 * and heads wait until they have answered. */
bool notary_open(struct notary **n, struct disk *d, const struct notary_setup *s, struct err *e);

/* NULL is fine. */
void notary_close(struct notary *n);

void notary_state(const struct notary *n, struct notary_state *s);

/* Appends one entry (len bytes, no newline inside). True: it is durable, its hash is in its tile,
 * both were read back, and the head over it is signed (unless silent_to says no, or writing
 * the head failed, which the next append repeats: state.head tells). False: nothing was appended;
 * ERR_DAMAGED: it is not known, open again. */
bool notary_append(struct notary *n, const char *text, size_t len, struct err *e);

/* Those outside were asked: heads are signed from now on, the one over all entries at once (unless
 * silent_to says no). False: not this one yet; the next append repeats it. */
bool notary_speak(struct notary *n, struct err *e);

#endif
