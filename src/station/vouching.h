/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One round of asking those outside to see the log's head: the work of a thread, which may take
 * minutes. It reads the log, starts `vangxa witness` for what needs the network, believes no answer
 * before it is checked, and keeps what holds:
 *
 *   LOG/witnessed            the newest checkpoint that witnesses signed, with their lines
 *   LOG/tsa/                 a checkpoint, the question about it and the token: proof/tokens.h
 *   witness/NAME             what a witness has seen (vouching_memory) */
#ifndef VX_STATION_VOUCHING_H
#define VX_STATION_VOUCHING_H

#include "base/limits.h"
#include "base/moment.h"
#include "proof/checkpoint.h"
#include "proof/tile.h"
#include "proof/witness.h"
#include "sys/disk.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define VOUCHING_DIR "witness"
#define VOUCHING_TSA "_tsa" /* no witness can be called so */

/* What is remembered of one of them between starts. */
struct vouching_memory {
	char vkey[NOTE_KEY_BYTES]; /* of the log that it saw */
	int64_t size;	   /* of the head that it saw last; 0 none */
	int64_t time_s;	   /* that it said, POSIX; 0 none */
	int64_t at_s;	   /* when that was by our clock */
	int64_t told_s;	   /* when an entry last told of it, by our clock */
};
void vouching_recall(struct disk *d, const char *name, struct vouching_memory *m);
bool vouching_keep(struct disk *d, const char *name, const struct vouching_memory *m,
		   struct err *e);

enum vouching_result {
	VOUCHING_NOT_ASKED,
	VOUCHING_SEEN,	  /* time_s is what it said */
	VOUCHING_FAULT,	  /* fault says why not */
	VOUCHING_DOUBTED, /* code, theirs */
};

struct vouching_one {
	char name[CODE_BYTES], url[PATH_BYTES];
	bool asked;
	/* Nobody on the way can have made the answer up: TLS, or this very machine. */
	bool sure;
	enum vouching_result result;
	int64_t time_s;
	bool trusted;		/* its signature was checked */
	bool time_believed;	/* and the time it said can be */
	const char *code;	/* of a doubt; static */
	int64_t theirs;
	char fault[REASON_BYTES]; /* as saying_store */
	/* Of witnesses. */
	char key[WITNESS_KEY_BYTES];
	int64_t old;
	struct buf lines;
	/* Of the time-stamp authority. */
	char ca[PATH_BYTES]; /* relative to the folder, or absolute; "" none */
};

/* All but stop is the thread's while it works. */
struct vouching {
	struct disk *disk;
	char dir[PATH_BYTES];
	int log;		/* number of the log that grows */
	int64_t entries;	/* in it */
	char vkey[NOTE_KEY_BYTES];
	int64_t now_s;		/* our clock; 0: not to be trusted */
	struct vouching_one witnesses[WITNESSES_MAX];
	int count;
	struct vouching_one tsa;
	atomic_bool stop;
	struct checkpoint head; /* that they were shown */
	struct buf note;
};

/* Nobody on the way to that address can make an answer up: TLS, or this very machine. */
bool vouching_is_sure(const char *url);

/* Asks whom it is to ask. Always true: what failed stands in each one's fault. */
bool vouching_run(struct vouching *v, struct err *e);
void vouching_finish(struct vouching *v);

#endif
