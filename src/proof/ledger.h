/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: the one way to write down what happened: journal first, then the view. */
#ifndef VX_PROOF_LEDGER_H
#define VX_PROOF_LEDGER_H

#include "base/civil.h"
#include "base/err.h"
#include "sys/clock.h"
#include "sys/disk.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct ledger;
struct notary_state;
struct signer;
struct view;

/* signer: who writes the log on d; taken over, on failure, too. view_path: the SQLite file, or
 * ":memory:". Opens the log, brings the view up to it (or makes it anew when it is missing, damaged
 * or ahead of the log; in memory when the disk cannot hold it). One thread. */
bool ledger_open(struct ledger **l, struct disk *d, struct signer *signer, const char *view_path,
		 struct clock *clock, const struct tz *tz, struct err *e);
void ledger_close(struct ledger *l); /* NULL is fine */

/* Stamps at, clock and n into the entry (an object with at least "kind"; the reference is taken),
 * writes it canonically (keys sorted, no spaces), durable on return, and applies it to the view. A
 * view that fails is marked for rebuild and never makes an append fail. On false nothing was
 * written; the reference is taken all the same.
 *
 * But for ERR_STALLED: the disk has not answered for ledger_patience, and perhaps it will. Until
 * then nothing else is written, and every append says so at once. If it was this entry on which the
 * disk hangs, nobody knows whether it gets in. Whoever keeps a reference may append the very same
 * object again and again: it gets in once, and n is told. Whoever does not must be done with it
 * either way. */
bool ledger_append(struct ledger *l, json_t *entry, int64_t *n, struct err *e);

/* The same for whoever asks again: waits LEDGER_SOON_MS at most. */
bool ledger_append_soon(struct ledger *l, json_t *entry, int64_t *n, struct err *e);

/* How long an append waits: a minute, until this is called. A station that sounds waits
 * LEDGER_PATIENCE_MS. */
void ledger_patience(struct ledger *l, int wait_ms);

/* What has become of an object that was not written. */
enum ledger_fate {
	LEDGER_NOT,	   /* it is not in the log, and will not be unless it is appended again */
	LEDGER_ON_ITS_WAY, /* the disk hangs on it */
	LEDGER_IN,	   /* it got in; appended again it says its number */
};
enum ledger_fate ledger_fate(const struct ledger *l, const json_t *entry);

/* Now and then: hears whether a disk that hung works again. Never waits. */
void ledger_look(struct ledger *l);

/* True while the disk does not answer: since when, by the wall clock as it stood then, and for how
 * long by the machine's counter. A slow one is told of, too: the caller judges by stalled_ns. */
bool ledger_stalled(const struct ledger *l, struct wall *since, int64_t *stalled_ns);

/* How many entries have got in after whoever appended them was told that nobody knows: what was
 * read out of the view may be another since. */
uint64_t ledger_landed(const struct ledger *l);

/* Once after open: the kernel's id of this boot. Only then can entries that a clock without
 * discipline stamps be corrected, and those of a run before this one in the same boot (of the
 * newest 4096 entries). */
bool ledger_boot(struct ledger *l, const char *boot, struct err *e);

/* To be asked now and then, and appended: a clock.corrected entry for a stretch of entries, once
 * the clock is synchronised; each is given once. NULL: nothing to correct. The caller's. */
json_t *ledger_correction(struct ledger *l);

/* The latest moment that is known to have passed, whatever the clock shows; false: none is. */
bool ledger_bound(struct ledger *l, struct wall *t);

/* Somebody else's word that t has passed (a witness that signed the log then): entries of a clock
 * that is not trusted bear it as "not_before". */
void ledger_passed(struct ledger *l, struct wall t);

/* A person has vouched for the clock, whatever seemed to have passed. */
void ledger_clock_trusted(struct ledger *l);

/* The log and its signed head, as of the last append. */
const struct notary_state *ledger_state(const struct ledger *l);

/* A signer that was told to hold (proof/signer.h) signs from now on. False: not this head yet; the
 * next append repeats it. */
bool ledger_speak(struct ledger *l, struct err *e);

/* Entries that the log of ledger_state had when it was opened: what this run did not write. */
int64_t ledger_opened(const struct ledger *l);

/* Has the log opened anew by its signer, as at a start: one that must not go on (heads_doubt) ends,
 * and the next one begins. False: it is as it was, or cannot be written to until it opens again
 * with an append. */
bool ledger_reopen(struct ledger *l, struct err *e);

/* True while the newest entries have no signed head: after a power cut until the log is filled up
 * (proof/notary.h), or because the head could not be written. */
bool ledger_unsigned(const struct ledger *l);

/* Ends the log with key.rotated and begins the next with a new key; both name each other, and the
 * old secret is gone. ERR_REFUSED where nothing is signed. On false nothing has changed, or the
 * rotation is announced and goes on with the next append or open. */
bool ledger_rotate(struct ledger *l, const char *reason, const char *who, struct err *e);

/* The number the next entry will get (proof/chain.h). */
int64_t ledger_next(const struct ledger *l);

/* Entries [from, to) as they stand in the journal; as journal_read. */
bool ledger_read(struct ledger *l, int64_t from, int64_t to,
		 bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg,
		 struct err *e);

/* The disk with the folder of the logs. */
struct disk *ledger_disk(const struct ledger *l);

/* The wall time of the last entry; false if there is none. */
bool ledger_last_time(const struct ledger *l, struct wall *t);

/* The view, for proof/reader.h queries on this thread. */
struct view *ledger_view(struct ledger *l);

/* True while the view lacks entries of the log (locked, full or damaged; tried again by every
 * append and ledger_follow, and at the next open). */
bool ledger_view_stale(const struct ledger *l);

/* True while the view is in memory alone: whoever reads the file beside us reads an old one. */
bool ledger_view_in_memory(const struct ledger *l);

/* How many entries the view has: what follows in the log is not in it yet. */
int64_t ledger_view_count(const struct ledger *l);

/* Tries again to bring a stale view up to the log. */
void ledger_follow(struct ledger *l);

/* True when the disk is so full that the log lives without its reserve (journal_reserve_gone). */
bool ledger_disk_low(const struct ledger *l);

/* Acknowledged entries that were gone at open (journal_lost); belongs in station.recovered. */
int64_t ledger_lost(const struct ledger *l);

/* Makes the view anew from the journal (the folder locked, no station on it); how many entries it
 * read. */
bool ledger_rebuild(struct disk *d, const char *view_path, int64_t *entries, struct err *e);

#endif
