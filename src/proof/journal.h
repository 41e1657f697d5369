/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal: the append-only files of the log, one canonical JSON entry after the other. */
#ifndef VX_PROOF_JOURNAL_H
#define VX_PROOF_JOURNAL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"
#include "sys/disk.h"

#include <stdbool.h>
#include <stdint.h>

/* On disk: C2SP tlog-tiles entry bundles, log/tile/entries/<N> with 256 entries each, every entry
 * as big-endian uint16 length + bytes; the last, partial bundle as log/tile/entries/<N>.p/<W>. An
 * entry is the JSON text and a newline. */
struct journal;

/* log: the folder, see log_dir. One process at a time, one thread. Opens and repairs: a torn last
 * entry (power cut) is cut off, never a whole one. Releases nothing that was acknowledged. Makes
 * the reserve file (LOG_RESERVE_BYTES) if there is room. */
bool journal_open(struct journal **j, struct disk *d, const char *log, struct err *e);
void journal_close(struct journal *j);

/* For reading alone, beside whoever writes: changes nothing on the disk, and has what was whole at
 * this moment. journal_append is not for it. ERR_NOT_FOUND where no log is. */
bool journal_peek(struct journal **j, struct disk *d, const char *log, struct err *e);

/* Tells one that only reads that the writer has appended this entry (len bytes, no newline). */
void journal_note(struct journal *j, const char *text, size_t len);

/* Number of entries = index of the next. */
int64_t journal_count(const struct journal *j);

/* Appends one entry (no newline inside) and returns only when it is durable; *n is its index. On a
 * full disk the reserve is given up and the append tried again. On failure nothing was appended. */
bool journal_append(struct journal *j, const char *text, size_t len, int64_t *n, struct err *e);

/* True when the reserve file is not there: given up on a full disk, or no room for it at open. */
bool journal_reserve_gone(const struct journal *j);

/* Entries that journal_open found missing although they had been acknowledged (the file's name
 * had promised them): the disk lied or was damaged. What was left of them stands in
 * log/damaged-<index>. */
int64_t journal_lost(const struct journal *j);

/* Reads the last entry back from the disk and compares it with what was appended (len bytes, no
 * newline): ERR_DAMAGED when the disk gives something else. Its writer's. */
bool journal_read_back(struct journal *j, const char *text, size_t len, struct err *e);

/* Reads entries [from, to) in order; each() returns false to stop early. */
bool journal_read(struct journal *j, int64_t from, int64_t to,
		  bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg,
		  struct err *e);

#endif
