/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies the logs of a folder from their entries: nothing that is stored as a hash is believed.
 * Needs a few MiB, whatever the size of the logs. */
#ifndef VX_PROOF_VERIFY_H
#define VX_PROOF_VERIFY_H

#include "base/err.h"
#include "proof/checkpoint.h"
#include "proof/heads.h"
#include "proof/stretch.h"
#include "proof/survey.h"
#include "proof/verdict.h"
#include "sys/disk.h"

struct verify_setup {
	/* Keys that the caller knows: of logs, each of which must be there, and of witnesses
	 * (NOTE_COSIGNATURE), who must have signed a head. None of a log: the first log's is taken
	 * as it lies there, and may be anybody's. At most NOTE_KNOWN_MAX. */
	const struct note_verifier *keys;
	int key_count;
	const char *boot; /* the machine's present run, as the heads name it; NULL unknown */
	bool running;	 /* somebody may be writing: a torn end is one on its way */
	bool pack;	 /* each log goes as far as its signed head, whatever stood behind it */
	int threads;	 /* 1: all on the caller's, as simulated disks need */
};

/* One log, while the verification lives. */
struct verify_log {
	int number; /* 1 "log", 2 "log-2" … */
	int64_t base; /* number of its first entry */
	struct survey survey;
	bool has_key, has_head, has_witnessed;
	bool given; /* the key is one that the caller knows */
	struct note_verifier key;
	struct checkpoint head;	   /* signed by key, if has_head */
	struct checkpoint witnessed; /* the same, if has_witnessed: an older one, outsiders' too */
	/* What the log after it says: how far this one is known to have come. */
	bool continued;
	int64_t continued_size, continued_base;
	int64_t continued_last;	   /* number of its last entry that was there then, −1 none;
				    * INT64_MIN: not told */
	struct hash continued_root;
	int64_t kept; /* entries that lay in it then, if that log vouches for them; else 0 */
	struct hash kept_root;
	char continued_why[HEADS_WHY_BYTES], continued_key[NOTE_KEY_BYTES];
};

struct verify {
	struct disk *disk;
	struct heads heads; /* log 0: none */
	struct verify_log *logs;
	int count;
	int newest; /* number of the last folder of a log that was there, whatever is in it */
};

/* Looks at what is there, from last to first as it is written. ERR_NOT_FOUND: no log at all, and
 * nobody remembers one. What is wrong already goes to the verdict. On true: verify_close. */
bool verify_open(struct verify *v, struct disk *d, const struct verify_setup *how,
		 struct verdict *verdict, struct err *e);
void verify_close(struct verify *v);

/* Recomputes every log, and holds the keys of later ones against those before. */
void verify_logs(struct verify *v, const struct verify_setup *how, struct verdict *verdict);

/* All entries that can be read, in order, by their numbers; each() returns false to stop. */
void verify_read(const struct verify *v,
		 bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg);

#endif
