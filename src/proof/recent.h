/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The newest entries once more, in a file of fixed size beside the bundles (LOG/recent) whose
 * blocks are overwritten in turn: what makes an entry durable in one small write. */
#ifndef VX_PROOF_RECENT_H
#define VX_PROOF_RECENT_H

#include "base/buf.h"
#include "base/err.h"
#include "proof/tile.h"
#include "sys/disk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECENT_BLOCK_BYTES 4096
#define RECENT_BLOCKS 64

struct recent;

/* Makes it, empty and durable, in the log's folder, in place of one that is there: whose entries
 * must be durable elsewhere. One thread. */
bool recent_create(struct recent **r, struct disk *d, const char *log, struct err *e);

/* Leaves the file. NULL is fine. */
void recent_close(struct recent *r);

/* Takes the file away, durably; fine if there is none. */
bool recent_remove(struct disk *d, const char *log, struct err *e);

/* False: an entry of len bytes may take the place of others that were put since recent_settled,
 * or will soon. Half of the blocks are kept behind that, so that a disk which only pretends to
 * have made those durable elsewhere does not lose them here at the same moment. */
bool recent_has_room(const struct recent *r, size_t len);

/* All that was put so far is durable elsewhere. */
void recent_settled(struct recent *r);

/* Entry n (len bytes, its newline among them): durable on return, and read back. False: it is not,
 * and the file is good for nothing more. */
bool recent_put(struct recent *r, int64_t n, const char *entry, size_t len, struct err *e);

/* What is there. */
struct recent_found {
	int count;
	int64_t first, last; /* the smallest and the largest number, if count > 0 */
	struct recent_entry {
		int64_t n;
		const char *text; /* within bytes; its newline is the last of len */
		size_t len;
	} entries[RECENT_BLOCKS];
	struct buf bytes;
};

/* False: there is no such file. Torn and foreign blocks are passed over. Caller:
 * recent_found_finish. */
bool recent_read(struct disk *d, const char *log, struct recent_found *found);
void recent_found_finish(struct recent_found *found);

/* NULL if it has none of that number. */
const struct recent_entry *recent_find(const struct recent_found *found, int64_t n);

/* The growing bundle as the next start will make it: entries of `bundle` out of what stands in its
 * file (len bytes of whole entries) and, of those that found has, out of found. Appends to out;
 * returns how many there are. */
int recent_merge(const struct recent_found *found, int64_t bundle, const char *data, size_t len,
		 struct buf *out);

#endif
