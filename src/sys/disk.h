/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk seam: files as the log needs them, on the real file system or on a simulated one that
 * loses power. */
#ifndef VX_SYS_DISK_H
#define VX_SYS_DISK_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk;
struct disk_file;

struct disk_ops {
	bool (*open)(struct disk *d, const char *path, int flags, struct disk_file **f,
		     struct err *e);
	bool (*write)(struct disk_file *f, const void *data, size_t len, struct err *e);
	bool (*write_at)(struct disk_file *f, int64_t offset, const void *data, size_t len,
			 struct err *e);
	bool (*read_at)(struct disk_file *f, int64_t offset, void *out, size_t len, struct err *e);
	bool (*sync)(struct disk_file *f, struct err *e);
	bool (*truncate)(struct disk_file *f, int64_t len, struct err *e);
	int64_t (*size)(struct disk_file *f);
	void (*close)(struct disk_file *f);
	bool (*read)(struct disk *d, const char *path, int64_t max_bytes, struct buf *out,
		     struct err *e);
	bool (*rename)(struct disk *d, const char *from, const char *to, struct err *e);
	bool (*exchange)(struct disk *d, const char *a, const char *b, struct err *e);
	bool (*remove)(struct disk *d, const char *path, struct err *e);
	bool (*make_dir)(struct disk *d, const char *path, struct err *e);
	bool (*sync_dir)(struct disk *d, const char *path, struct err *e);
	bool (*list)(struct disk *d, const char *dir, void (*each)(const char *name, void *arg),
		     void *arg, struct err *e);
	int64_t (*free_bytes)(struct disk *d);
	bool (*reserve)(struct disk_file *f, int64_t bytes, struct err *e);
};

/* One disk: a folder under which all paths are relative ("log/tile/entries/000"). */
struct disk {
	const struct disk_ops *ops;
};

/* An open file; every implementation begins with it. */
struct disk_file {
	struct disk *disk;
};

/* Flags of disk_open. */
#define DISK_CREATE 1 /* make it if it is not there */
#define DISK_FRESH 2  /* start empty */
#define DISK_SECRET 4 /* made: for its owner alone (0600) */
#define DISK_IN_PLACE 8 /* for disk_write_at instead of appending */

/* Opens for appending. All functions: false + err (ERR_NO_SPACE when the disk is full) and nothing
 * half done that the caller could not repeat, except that a failed write may have appended a part:
 * truncate to the size before. Not RT-safe; one thread a file. */
static inline bool disk_open(struct disk *d, const char *path, int flags, struct disk_file **f,
			     struct err *e)
{
	return d->ops->open(d, path, flags, f, e);
}

/* Appends all bytes. */
static inline bool disk_write(struct disk_file *f, const void *data, size_t len, struct err *e)
{
	return f->disk->ops->write(f, data, len, e);
}

/* Overwrites bytes that the file has, of one opened DISK_IN_PLACE; never makes it longer. Until the
 * next disk_sync a power cut may leave the old bytes, the new ones, or of each sector either. */
static inline bool disk_write_at(struct disk_file *f, int64_t offset, const void *data,
				 size_t len, struct err *e)
{
	return f->disk->ops->write_at(f, offset, data, len, e);
}

/* Exactly so many bytes from there; ERR_DAMAGED where the file ends before. */
static inline bool disk_read_at(struct disk_file *f, int64_t offset, void *out, size_t len,
				struct err *e)
{
	return f->disk->ops->read_at(f, offset, out, len, e);
}

/* fdatasync: when it returns true, everything written to f before survives a power cut. */
static inline bool disk_sync(struct disk_file *f, struct err *e)
{
	return f->disk->ops->sync(f, e);
}

static inline bool disk_truncate(struct disk_file *f, int64_t len, struct err *e)
{
	return f->disk->ops->truncate(f, len, e);
}

static inline int64_t disk_size(struct disk_file *f)
{
	return f->disk->ops->size(f);
}

/* NULL is fine. Does not sync. */
static inline void disk_close(struct disk_file *f)
{
	if (f != NULL)
		f->disk->ops->close(f);
}

/* The whole file, appended to out; ERR_NOT_FOUND, or ERR_REFUSED if longer than max_bytes or no
 * plain file (a pipe, device or socket: never waited for). */
static inline bool disk_read(struct disk *d, const char *path, int64_t max_bytes, struct buf *out,
			     struct err *e)
{
	return d->ops->read(d, path, max_bytes, out, e);
}

/* Atomic replacement; durable only after sync_dir of the folder. */
static inline bool disk_rename(struct disk *d, const char *from, const char *to, struct err *e)
{
	return d->ops->rename(d, from, to, e);
}

/* Two files that are there exchange their names, both or neither. Not every file system can. */
static inline bool disk_exchange(struct disk *d, const char *a, const char *b, struct err *e)
{
	return d->ops->exchange(d, a, b, e);
}

/* A file, or an empty folder. */
static inline bool disk_remove(struct disk *d, const char *path, struct err *e)
{
	return d->ops->remove(d, path, e);
}

/* Makes the folder and its parents; fine if it is there. */
static inline bool disk_make_dir(struct disk *d, const char *path, struct err *e)
{
	return d->ops->make_dir(d, path, e);
}

/* The names in the folder ("." is the root) survive a power cut from here on. */
static inline bool disk_sync_dir(struct disk *d, const char *path, struct err *e)
{
	return d->ops->sync_dir(d, path, e);
}

/* Calls each for every name in dir (not "." and ".."), in byte order of the names. */
static inline bool disk_list(struct disk *d, const char *dir,
			     void (*each)(const char *name, void *arg), void *arg, struct err *e)
{
	return d->ops->list(d, dir, each, arg, e);
}

static inline int64_t disk_free_bytes(struct disk *d)
{
	return d->ops->free_bytes(d);
}

/* Makes the file occupy at least `bytes` on the disk (posix_fallocate), length included. */
static inline bool disk_reserve(struct disk_file *f, int64_t bytes, struct err *e)
{
	return f->disk->ops->reserve(f, bytes, e);
}

/* A small file made or replaced at once: after a power cut it is the old one or the new one. Its
 * folder is there. Durable on return. */
bool disk_put(struct disk *d, const char *path, const void *data, size_t len, struct err *e);

/* The real one, under the folder `root` (never made: a missing one is a typing mistake). */
struct disk_real {
	struct disk disk;
	int root_fd;
	char root[512];
};
bool disk_real_open(struct disk_real *d, const char *root, struct err *e);
void disk_real_close(struct disk_real *d);

/* Takes the folder for this process alone (flock(2) on it), until disk_real_close or the end of the
 * process; ERR_CONFLICT if another one has it. For whoever writes the log or makes the view anew;
 * readers need no lock. */
bool disk_real_lock(struct disk_real *d, struct err *e);

#endif
