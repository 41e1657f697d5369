/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What disk_sim.c, disk_sim_names.c and disk_sim_power.c share; nobody else includes it. */
#ifndef VX_SYS_DISK_SIM_INSIDE_H
#define VX_SYS_DISK_SIM_INSIDE_H

#include "sys/chance.h"
#include "sys/disk_sim.h"

/* Bytes that were written over and not promised since: what the disk still has of them. */
struct over {
	size_t at;
	struct buf old;
	bool stuck; /* their sync failed: no later one writes them */
};

struct inode {
	bool is_dir;
	struct buf data;
	size_t synced;		   /* this much of data survives */
	size_t hole_from, hole_to; /* within synced, yet not written: its sync had failed */
	bool has_old;
	struct buf old;		   /* what is on the disk if the last truncation is undone */
	struct over *overs;	   /* the oldest first */
	int over_count;
	int64_t reserved;	   /* occupies at least this */
};

struct name {
	uint32_t hash;
	char *path;
	int inode;
};

struct names {
	struct name *list;
	int count, capacity;
};

/* A change of names that the disk has not promised yet. from NULL: made; to NULL: removed; other:
 * the inode that gets the name `from` in exchange, −1 none. */
struct change {
	char *from, *to;
	uint32_t from_hash, to_hash, from_dir, to_dir; /* of paths and their folders; 0 none */
	int inode, other;
};

struct disk_sim {
	struct disk disk;
	struct inode *inodes;
	int inode_count, inode_capacity;
	struct names now, kept; /* as the program sees it; as a power cut finds it at least */
	struct change *changes;
	int change_count, change_capacity;
	int64_t operations, off_at; /* off_at < 0: never */
	bool off;
	int life;		    /* power cuts so far; files of an earlier life are dead */
	void (*before)(void *arg);
	void *before_arg;
	struct {
		int in, repeat, code;
	} faults[DISK_SIM_FAULTS];
	int64_t capacity, used;
	int lie_percent;
	struct chance lie;
};

uint32_t disk_sim_hash(const char *path);

/* −1: no such name. */
int names_find(const struct names *n, const char *path);
void names_set(struct names *n, const char *path, int inode);
void names_drop(struct names *n, const char *path);
bool names_has_children(const struct names *n, const char *dir);
void names_copy(struct names *to, const struct names *from);
void names_finish(struct names *n);

/* Notes a change and makes it in `now`. */
void change_add(struct disk_sim *d, const char *from, const char *to, int inode, int other);
void change_apply(struct names *n, const struct change *c);
/* Does the later change build on the earlier one? */
bool change_needs(const struct change *later, const struct change *earlier);
/* Makes all changes in the folder durable, with what they build on. */
void change_sync(struct disk_sim *d, const char *dir);
void change_finish(struct change *c);

int inode_add(struct disk_sim *d, bool is_dir);
/* Forgets what was written over; with `all`, what is stuck, too. */
void inode_promise(struct inode *i, bool all);

#endif
