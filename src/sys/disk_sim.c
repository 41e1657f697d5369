/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "sys/disk_sim_inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_BOUND_BYTES (INT64_C(1) << 40)

struct sim_file {
	struct disk_file file;
	int inode;
	int life;
	char path[];
};

static struct disk_sim *sim(struct disk *d)
{
	return (struct disk_sim *)d;
}

static bool fail(struct err *e, int code, const char *path)
{
	errno = code;
	return err_errno(e, "%s", path);
}

/* Before every operation that changes something. */
static bool may_go_on(struct disk_sim *d, const char *path, struct err *e)
{
	if (d->before != NULL)
		d->before(d->before_arg);
	if (d->off_at >= 0 && d->operations >= d->off_at)
		d->off = true;
	if (d->off)
		return err_set(e, ERR_FAILED, "%s: the power is off", path);
	d->operations++;
	return true;
}

/* errno code of the fault that is due, 0 none. */
static int fault(struct disk_sim *d, enum disk_sim_fault what)
{
	if (d->faults[what].in == 0)
		return 0;
	if (d->faults[what].in > 1) {
		d->faults[what].in--;
		return 0;
	}
	if (d->faults[what].repeat-- == 0)
		d->faults[what].in = 0;
	return d->faults[what].code;
}

static bool lies(struct disk_sim *d)
{
	return d->lie_percent > 0 && chance_below(&d->lie, 100) < (uint64_t)d->lie_percent;
}

static struct inode *inode_of(struct disk_file *f)
{
	return &sim(f->disk)->inodes[((struct sim_file *)f)->inode];
}

static const char *path_of(struct disk_file *f)
{
	return ((struct sim_file *)f)->path;
}

static bool alive(struct disk_file *f)
{
	return ((struct sim_file *)f)->life == sim(f->disk)->life;
}

static bool may_change(struct disk_file *f, struct err *e)
{
	if (!alive(f))
		return fail(e, EBADF, path_of(f));
	return may_go_on(sim(f->disk), path_of(f), e);
}

static int64_t held(const struct inode *i)
{
	return (int64_t)i->data.len > i->reserved ? (int64_t)i->data.len : i->reserved;
}

int inode_add(struct disk_sim *d, bool is_dir)
{
	if (d->inode_count == d->inode_capacity) {
		d->inode_capacity = d->inode_capacity ? 2 * d->inode_capacity : 64;
		d->inodes = realloc(d->inodes, (size_t)d->inode_capacity * sizeof(*d->inodes));
		must(d->inodes != NULL);
	}
	d->inodes[d->inode_count] = (struct inode){.is_dir = is_dir};
	return d->inode_count++;
}

static bool parent_exists(struct disk_sim *d, const char *path)
{
	const char *slash = strrchr(path, '/');
	char dir[512];

	if (slash == NULL)
		return true;
	snprintf(dir, sizeof(dir), "%.*s", (int)(slash - path), path);
	int inode = names_find(&d->now, dir);
	return inode >= 0 && d->inodes[inode].is_dir;
}

/* Keeps what is on the disk in case that the truncation does not get there. */
static void cut(struct disk_sim *d, struct inode *i, size_t len)
{
	int64_t before = held(i);

	if (len < i->synced && !i->has_old) {
		buf_reset(&i->old);
		buf_add(&i->old, buf_str(&i->data), i->synced);
		i->has_old = true;
	}
	inode_promise(i, true); /* nobody does both with one file */
	i->data.len = len < i->data.len ? len : i->data.len;
	i->synced = len < i->synced ? len : i->synced;
	i->hole_to = len < i->hole_to ? len : i->hole_to;
	i->reserved = 0;
	d->used -= before - held(i);
}

static bool sim_open(struct disk *disk, const char *path, int flags, struct disk_file **f,
		     struct err *e)
{
	struct disk_sim *d = sim(disk);

	if (flags != 0 && !may_go_on(d, path, e))
		return false;
	int inode = names_find(&d->now, path);
	if (inode >= 0 && d->inodes[inode].is_dir)
		return fail(e, EISDIR, path);
	if (inode < 0 && (!(flags & DISK_CREATE) || !parent_exists(d, path)))
		return fail(e, ENOENT, path);
	if (inode < 0) {
		inode = inode_add(d, false);
		change_add(d, NULL, path, inode, -1);
	} else if (flags & DISK_FRESH) {
		cut(d, &d->inodes[inode], 0);
	}
	struct sim_file *made = malloc(sizeof(*made) + strlen(path) + 1);
	must(made != NULL);
	made->file.disk = disk;
	made->inode = inode;
	made->life = d->life;
	memcpy(made->path, path, strlen(path) + 1);
	*f = &made->file;
	return true;
}

static bool sim_write(struct disk_file *f, const void *data, size_t len, struct err *e)
{
	struct disk_sim *d = sim(f->disk);

	if (!may_change(f, e))
		return false;
	struct inode *i = inode_of(f);
	int code = fault(d, DISK_SIM_WRITE);
	int64_t before = held(i);
	size_t fits = code != 0 ? len / 2 : len;
	if (d->capacity >= 0 && before + d->capacity - d->used < (int64_t)(i->data.len + fits)) {
		int64_t room = before + d->capacity - d->used - (int64_t)i->data.len;

		fits = room > 0 ? (size_t)room : 0;
		code = ENOSPC;
	}
	buf_add(&i->data, data, fits);
	d->used += held(i) - before;
	return code == 0 || fail(e, code, path_of(f));
}

static void keep_old(struct inode *i, size_t at, size_t len)
{
	i->overs = realloc(i->overs, ((size_t)i->over_count + 1) * sizeof(*i->overs));
	must(i->overs != NULL);
	struct over *o = &i->overs[i->over_count++];
	*o = (struct over){.at = at};
	buf_add(&o->old, i->data.data + at, len);
}

static bool sim_write_at(struct disk_file *f, int64_t offset, const void *data, size_t len,
			 struct err *e)
{
	if (!may_change(f, e))
		return false;
	struct inode *i = inode_of(f);
	int code = fault(sim(f->disk), DISK_SIM_WRITE);
	size_t at = (size_t)offset, fits = code != 0 ? len / 2 : len;
	must(offset >= 0 && at + len <= i->data.len);
	if (at < i->synced)
		keep_old(i, at, at + fits < i->synced ? fits : i->synced - at);
	memcpy(i->data.data + at, data, fits);
	return code == 0 || fail(e, code, path_of(f));
}

static bool sim_read_at(struct disk_file *f, int64_t offset, void *out, size_t len,
			struct err *e)
{
	const struct inode *i = inode_of(f);

	if (!alive(f))
		return fail(e, EBADF, path_of(f));
	if ((size_t)offset + len > i->data.len)
		return err_set(e, ERR_DAMAGED, "%s: shorter", path_of(f));
	memcpy(out, i->data.data + offset, len);
	return true;
}

static bool sim_sync(struct disk_file *f, struct err *e)
{
	struct disk_sim *d = sim(f->disk);

	if (!may_change(f, e))
		return false;
	struct inode *i = inode_of(f);
	int code = fault(d, DISK_SIM_SYNC);
	if (code == 0 && lies(d))
		return true;
	if (code != 0 && i->data.len > i->synced) {
		i->hole_from = i->hole_to > i->hole_from ? i->hole_from : i->synced;
		i->hole_to = i->data.len;
	}
	i->synced = i->data.len;
	i->has_old = i->has_old && code != 0;
	for (int k = 0; code != 0 && k < i->over_count; k++)
		i->overs[k].stuck = true;
	inode_promise(i, false);
	return code == 0 || fail(e, code, path_of(f));
}

static bool sim_truncate(struct disk_file *f, int64_t len, struct err *e)
{
	if (!may_change(f, e))
		return false;
	must(len >= 0 && len <= (int64_t)inode_of(f)->data.len);
	cut(sim(f->disk), inode_of(f), (size_t)len);
	return true;
}

static int64_t sim_size(struct disk_file *f)
{
	return alive(f) ? held(inode_of(f)) : 0;
}

static void sim_close(struct disk_file *f)
{
	free(f);
}

static bool sim_read(struct disk *disk, const char *path, int64_t max_bytes, struct buf *out,
		     struct err *e)
{
	struct disk_sim *d = sim(disk);
	int inode = names_find(&d->now, path);

	if (inode < 0)
		return fail(e, ENOENT, path);
	const struct inode *i = &d->inodes[inode];
	if (i->is_dir)
		return fail(e, EISDIR, path);
	if ((int64_t)i->data.len > max_bytes)
		return err_set(e, ERR_REFUSED, "%s: longer than %lld bytes", path,
			       (long long)max_bytes);
	buf_add(out, buf_str(&i->data), i->data.len);
	return true;
}

static bool sim_rename(struct disk *disk, const char *from, const char *to, struct err *e)
{
	struct disk_sim *d = sim(disk);

	if (!may_go_on(d, from, e))
		return false;
	int code = fault(d, DISK_SIM_RENAME), inode = names_find(&d->now, from);
	if (code != 0)
		return fail(e, code, from);
	if (inode < 0 || !parent_exists(d, to))
		return fail(e, ENOENT, from);
	must(!d->inodes[inode].is_dir); /* nobody renames folders */
	int over = names_find(&d->now, to);
	if (over >= 0 && d->inodes[over].is_dir)
		return fail(e, EISDIR, to);
	if (over >= 0 && over != inode)
		d->used -= held(&d->inodes[over]);
	if (over != inode)
		change_add(d, from, to, inode, -1);
	return true;
}

static bool sim_exchange(struct disk *disk, const char *a, const char *b, struct err *e)
{
	struct disk_sim *d = sim(disk);

	if (!may_go_on(d, a, e))
		return false;
	int code = fault(d, DISK_SIM_RENAME), first = names_find(&d->now, a);
	int second = names_find(&d->now, b);
	if (code != 0)
		return fail(e, code, a);
	if (first < 0 || second < 0)
		return fail(e, ENOENT, a);
	change_add(d, a, b, first, second);
	return true;
}

static bool sim_remove(struct disk *disk, const char *path, struct err *e)
{
	struct disk_sim *d = sim(disk);

	if (!may_go_on(d, path, e))
		return false;
	int inode = names_find(&d->now, path);
	if (inode < 0)
		return fail(e, ENOENT, path);
	if (d->inodes[inode].is_dir && names_has_children(&d->now, path))
		return fail(e, ENOTEMPTY, path);
	d->used -= held(&d->inodes[inode]);
	change_add(d, path, NULL, inode, -1);
	return true;
}

static bool sim_make_dir(struct disk *disk, const char *path, struct err *e)
{
	struct disk_sim *d = sim(disk);
	char part[512];

	if (!may_go_on(d, path, e))
		return false;
	must(strlen(path) < sizeof(part));
	for (size_t i = 1; i <= strlen(path); i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		int inode = names_find(&d->now, part);
		if (inode >= 0 && !d->inodes[inode].is_dir)
			return fail(e, ENOTDIR, part);
		if (inode < 0)
			change_add(d, NULL, part, inode_add(d, true), -1);
	}
	return true;
}

static bool is_dir(struct disk_sim *d, const char *path)
{
	int inode = names_find(&d->now, path);

	return strcmp(path, ".") == 0 || (inode >= 0 && d->inodes[inode].is_dir);
}

static bool sim_sync_dir(struct disk *disk, const char *path, struct err *e)
{
	struct disk_sim *d = sim(disk);

	if (!may_go_on(d, path, e))
		return false;
	if (!is_dir(d, path))
		return fail(e, ENOENT, path);
	int code = fault(d, DISK_SIM_SYNC_DIR);
	if (code != 0)
		return fail(e, code, path);
	if (!lies(d))
		change_sync(d, path);
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The name within dir, NULL if path is not directly in it. */
static const char *name_in(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (strcmp(dir, ".") != 0) {
		if (strncmp(path, dir, len) != 0 || path[len] != '/')
			return NULL;
		path += len + 1;
	}
	return strchr(path, '/') == NULL ? path : NULL;
}

static bool sim_list(struct disk *disk, const char *dir, void (*each)(const char *name, void *arg),
		     void *arg, struct err *e)
{
	struct disk_sim *d = sim(disk);
	char **found = calloc((size_t)d->now.count + 1, sizeof(*found));
	int count = 0;

	must(found != NULL);
	for (int i = 0; i < d->now.count; i++) {
		const char *name = name_in(d->now.list[i].path, dir);

		if (name == NULL)
			continue;
		found[count] = strdup(name);
		must(found[count++] != NULL);
	}
	bool ok = is_dir(d, dir) || fail(e, ENOENT, dir);
	if (count > 0)
		qsort(found, (size_t)count, sizeof(*found), by_name);
	for (int i = 0; i < count; i++) {
		if (ok)
			each(found[i], arg);
		free(found[i]);
	}
	free(found);
	return ok;
}

static int64_t sim_free_bytes(struct disk *disk)
{
	struct disk_sim *d = sim(disk);

	return (d->capacity < 0 ? NO_BOUND_BYTES : d->capacity) - d->used;
}

static bool sim_reserve(struct disk_file *f, int64_t bytes, struct err *e)
{
	struct disk_sim *d = sim(f->disk);

	if (!may_change(f, e))
		return false;
	struct inode *i = inode_of(f);
	int64_t more = bytes - held(i);
	if (more <= 0)
		return true;
	if (more > sim_free_bytes(f->disk))
		return fail(e, ENOSPC, path_of(f));
	i->reserved = bytes;
	d->used += more;
	return true;
}

struct disk_sim *disk_sim_create(void)
{
	static const struct disk_ops ops = {
		.open = sim_open,	  .write = sim_write,	    .sync = sim_sync,
		.write_at = sim_write_at, .read_at = sim_read_at,
		.truncate = sim_truncate, .size = sim_size,	    .close = sim_close,
		.read = sim_read,	  .rename = sim_rename,	    .remove = sim_remove,
		.exchange = sim_exchange,
		.make_dir = sim_make_dir, .sync_dir = sim_sync_dir, .list = sim_list,
		.free_bytes = sim_free_bytes, .reserve = sim_reserve,
	};
	struct disk_sim *d = calloc(1, sizeof(*d));

	must(d != NULL);
	d->disk.ops = &ops;
	d->off_at = -1;
	d->capacity = -1;
	return d;
}

void disk_sim_destroy(struct disk_sim *d)
{
	if (d == NULL)
		return;
	for (int i = 0; i < d->inode_count; i++) {
		buf_finish(&d->inodes[i].data);
		buf_finish(&d->inodes[i].old);
		inode_promise(&d->inodes[i], true);
	}
	for (int i = 0; i < d->change_count; i++)
		change_finish(&d->changes[i]);
	free(d->changes);
	free(d->inodes);
	names_finish(&d->now);
	names_finish(&d->kept);
	free(d);
}

struct disk *disk_sim_disk(struct disk_sim *d)
{
	return &d->disk;
}

int64_t disk_sim_operations(const struct disk_sim *d)
{
	return d->operations;
}
