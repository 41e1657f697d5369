/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file system in memory that loses power, fills up, fails and lies, from a seed. */
#ifndef VX_SYS_DISK_SIM_H
#define VX_SYS_DISK_SIM_H

#include "sys/disk.h"

#include <stdbool.h>
#include <stdint.h>

/* What it promises, and nothing more: after disk_sync a file's bytes survive; after disk_sync_dir
 * the names in that folder do. Of everything else a power cut leaves, by chance, all, none or a
 * part:
 * - bytes appended since the last sync: none, all, cut at any byte, or the full length with some
 *   512-byte sectors still zero; a truncation may be undone;
 * - of bytes written over since then each 512-byte sector is the old one or the new one;
 * - each name made, renamed, or removed since the last sync of its folder happened or did not,
 *   one apart from the other, except that what builds on a name needs that name. A rename happens
 *   whole or not at all (every journaling file system keeps that). A new file's name is not made
 *   durable by syncing the file. */
struct disk_sim;

struct disk_sim *disk_sim_create(void);
void disk_sim_destroy(struct disk_sim *d); /* NULL is fine; close all files first */
struct disk *disk_sim_disk(struct disk_sim *d);

/* Operations that change something, counted: open with DISK_CREATE or DISK_FRESH, write, write_at,
 * sync, truncate, rename, remove, make_dir, sync_dir, reserve. */
int64_t disk_sim_operations(const struct disk_sim *d);

/* Called before every counted operation; NULL: nobody. */
void disk_sim_watch(struct disk_sim *d, void (*before)(void *arg), void *arg);

/* The power goes: leaves one state that this disk may have after it. Files that are open are dead:
 * only disk_close is good for them. Switches the power on again after disk_sim_power_off_after. */
void disk_sim_power_cut(struct disk_sim *d, uint64_t seed);

/* A second disk in a state that d may have after a power cut now; d goes on. For cutting at every
 * operation of one run. */
struct disk_sim *disk_sim_survivor(const struct disk_sim *d, uint64_t seed);

/* After n more counted operations everything fails ("the power is off") and changes nothing, until
 * disk_sim_power_cut. < 0: never. */
void disk_sim_power_off_after(struct disk_sim *d, int64_t n);
bool disk_sim_power_is_off(const struct disk_sim *d);

enum disk_sim_fault {
	DISK_SIM_WRITE, /* appends the first half of the bytes, then fails */
	DISK_SIM_SYNC,	/* fails, and what was unsynced is forgotten: the next sync says yes
			 * and does not write it (Linux after a write-back error) */
	DISK_SIM_RENAME,
	DISK_SIM_SYNC_DIR,
	DISK_SIM_FAULTS,
};

/* The nth operation of that kind from now (1: the next) fails with errno code (EIO, ENOSPC), and
 * so do the `repeat` after it. n = 0: no fault. */
void disk_sim_fail(struct disk_sim *d, enum disk_sim_fault what, int n, int repeat, int code);

/* Bytes that all files together may hold; writing more is ENOSPC. < 0: no bound (and free_bytes
 * says 1 TiB). A reserve counts, but takes no memory. */
void disk_sim_capacity(struct disk_sim *d, int64_t bytes);

/* From now on every sync and sync_dir says yes without doing it, percent of the time (0–100). */
void disk_sim_lie(struct disk_sim *d, int percent, uint64_t seed);

#endif
