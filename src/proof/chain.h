/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All logs of a station, one after the other, read as one sequence of numbered entries. */
#ifndef VX_PROOF_CHAIN_H
#define VX_PROOF_CHAIN_H

#include "base/err.h"
#include "proof/tile.h"
#include "sys/disk.h"

#include <stdbool.h>
#include <stdint.h>

/* An entry's number is its index in its log plus the base of that log: the entries of all logs
 * before it, those included that are known to have been and are gone. So numbers may be missing,
 * and none comes twice; ids like A42 are made of them. */
struct chain;

/* Reads the logs that are there, changing nothing; a log that cannot be read any more (a missing
 * file) is left out. base: of the newest, should it have no entry yet. One thread. */
bool chain_open(struct chain **c, struct disk *d, int64_t base, struct err *e);
void chain_close(struct chain *c); /* NULL is fine */

/* The number that the next entry will get. */
int64_t chain_next(const struct chain *c);

/* What chain_open could not read: the number of its logs that are damaged. */
int chain_unreadable(const struct chain *c);

/* The newest log got this entry (journal_note). */
void chain_note(struct chain *c, const char *text, size_t len);

/* Entries with numbers in [from, to), in order; as journal_read. */
bool chain_read(struct chain *c, int64_t from, int64_t to,
		bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg,
		struct err *e);

/* Where entry n stands: the folder of its log and its index there. False: nowhere. */
bool chain_where(const struct chain *c, int64_t n, char log[static LOG_DIR_BYTES],
		 int64_t *index);

/* The number of the first entry of the log that comes after the one in that folder; −1 there is
 * none, or it has none yet. */
int64_t chain_after(const struct chain *c, const char *log);

/* The number of the last entry before `before`, −1 none. */
int64_t chain_before(const struct chain *c, int64_t before);

#endif
