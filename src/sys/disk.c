/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real file system. Everything goes through root_fd with the …at calls, so that a folder that
 * is renamed while the station runs does not pull the log away from under it. */
#include "sys/disk.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/plain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct real_file {
	struct disk_file file;
	int fd;
	char path[]; /* for messages */
};

static struct real_file *real(struct disk_file *f)
{
	return (struct real_file *)f;
}

static int root_of(struct disk *d)
{
	return ((struct disk_real *)d)->root_fd;
}

static bool real_open(struct disk *d, const char *path, int flags, struct disk_file **f,
		      struct err *e)
{
	int how = O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY |
		  (flags & DISK_IN_PLACE ? 0 : O_APPEND) |
		  (flags & DISK_CREATE ? O_CREAT : 0) | (flags & DISK_FRESH ? O_TRUNC : 0);
	int fd = openat(root_of(d), path, how, flags & DISK_SECRET ? 0600 : 0640);

	if (fd < 0)
		return err_errno(e, "%s", path);
	if (!plain_is(fd, path, e)) {
		close(fd);
		return false;
	}
	struct real_file *r = malloc(sizeof(*r) + strlen(path) + 1);
	must(r != NULL);
	r->file.disk = d;
	r->fd = fd;
	memcpy(r->path, path, strlen(path) + 1);
	*f = &r->file;
	return true;
}

static bool real_write(struct disk_file *f, const void *data, size_t len, struct err *e)
{
	const char *from = data;

	while (len > 0) {
		ssize_t n = write(real(f)->fd, from, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, "%s", real(f)->path);
		from += n;
		len -= (size_t)n;
	}
	return true;
}

static bool real_write_at(struct disk_file *f, int64_t offset, const void *data, size_t len,
			  struct err *e)
{
	const char *from = data;

	while (len > 0) {
		ssize_t n = pwrite(real(f)->fd, from, len, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, "%s", real(f)->path);
		from += n;
		offset += n;
		len -= (size_t)n;
	}
	return true;
}

static bool real_read_at(struct disk_file *f, int64_t offset, void *out, size_t len,
			 struct err *e)
{
	char *to = out;

	while (len > 0) {
		ssize_t n = pread(real(f)->fd, to, len, offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, "%s", real(f)->path);
		if (n == 0)
			return err_set(e, ERR_DAMAGED,
				       T("%s: ngắn hơn những gì đã ghi",
					 "%s: shorter than what was written"), real(f)->path);
		to += n;
		offset += n;
		len -= (size_t)n;
	}
	return true;
}

static bool real_sync(struct disk_file *f, struct err *e)
{
	return fdatasync(real(f)->fd) == 0 || err_errno(e, "%s: fdatasync", real(f)->path);
}

static bool real_truncate(struct disk_file *f, int64_t len, struct err *e)
{
	return ftruncate(real(f)->fd, len) == 0 || err_errno(e, "%s: ftruncate", real(f)->path);
}

static int64_t real_size(struct disk_file *f)
{
	struct stat st;

	must(fstat(real(f)->fd, &st) == 0);
	return st.st_size;
}

static void real_close(struct disk_file *f)
{
	close(real(f)->fd);
	free(f);
}

static bool read_all(int fd, const char *path, int64_t max_bytes, struct buf *out, struct err *e)
{
	char chunk[16384];
	int64_t total = 0;

	for (;;) {
		ssize_t n = read(fd, chunk, sizeof(chunk));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, "%s", path);
		if (n == 0)
			return true;
		total += n;
		if (total > max_bytes)
			return err_set(e, ERR_REFUSED,
				       T("%s: dài hơn %lld byte", "%s: longer than %lld bytes"),
				       path, (long long)max_bytes);
		buf_add(out, chunk, (size_t)n);
	}
}

/* Only plain files: a pipe of that name would hold its reader for ever, a device may never end. */
static bool real_read(struct disk *d, const char *path, int64_t max_bytes, struct buf *out,
		      struct err *e)
{
	int fd = plain_openat(root_of(d), path, O_RDONLY, e);

	if (fd < 0)
		return false;
	bool ok = read_all(fd, path, max_bytes, out, e);
	close(fd);
	return ok;
}

static bool real_rename(struct disk *d, const char *from, const char *to, struct err *e)
{
	return renameat(root_of(d), from, root_of(d), to) == 0 || err_errno(e, "%s → %s", from, to);
}

static bool real_exchange(struct disk *d, const char *a, const char *b, struct err *e)
{
	return renameat2(root_of(d), a, root_of(d), b, RENAME_EXCHANGE) == 0 ||
	       err_errno(e, "%s ↔ %s", a, b);
}

static bool real_remove(struct disk *d, const char *path, struct err *e)
{
	if (unlinkat(root_of(d), path, 0) == 0)
		return true;
	if (errno == EISDIR && unlinkat(root_of(d), path, AT_REMOVEDIR) == 0)
		return true;
	return err_errno(e, "%s", path);
}

static bool make_dirs_at(int root_fd, const char *path, struct err *e)
{
	char part[PATH_MAX];

	if (strlen(path) >= sizeof(part))
		return err_set(e, ERR_FAILED,
			       T("%.60s…: đường dẫn quá dài", "%.60s…: path too long"), path);
	for (size_t i = 1; i <= strlen(path); i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdirat(root_fd, part, 0750) < 0 && errno != EEXIST)
			return err_errno(e, "%s", part);
	}
	return true;
}

static bool real_make_dir(struct disk *d, const char *path, struct err *e)
{
	return make_dirs_at(root_of(d), path, e);
}

static bool real_sync_dir(struct disk *d, const char *path, struct err *e)
{
	int fd = openat(root_of(d), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(e, "%s", path);
	bool ok = fsync(fd) == 0 || err_errno(e, "%s: fsync", path);
	close(fd);
	return ok;
}

/* Names, one behind the other, and where each begins. After twenty years a listing has thousands,
 * and most commands make four such before they read anything: the first eight bytes of a name stand
 * beside it as a number, which is nearly always all that sorting looks at. */
struct listing {
	struct buf text;
	struct buf places; /* of struct place */
};

struct place {
	uint64_t head;
	size_t at;
};

static uint64_t head_of(const char *name)
{
	uint64_t head = 0;

	for (size_t i = 0; i < sizeof(head); i++) {
		head = head << 8 | (unsigned char)*name;
		name += *name != '\0';
	}
	return head;
}

static int by_name(const void *a, const void *b, void *text)
{
	const struct place *x = a, *y = b;

	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	return strcmp((const char *)text + x->at, (const char *)text + y->at);
}

static void take_names(DIR *dir, struct listing *l)
{
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		const char *name = entry->d_name;
		struct place p = {head_of(name), l->text.len};

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		buf_add(&l->text, name, strlen(name) + 1);
		buf_add(&l->places, &p, sizeof(p));
	}
}

static bool real_list(struct disk *d, const char *path, void (*each)(const char *name, void *arg),
		      void *arg, struct err *e)
{
	int fd = openat(root_of(d), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct listing l = {0};

	if (dir == NULL) {
		err_errno(e, "%s", path);
		if (fd >= 0)
			close(fd);
		return false;
	}
	take_names(dir, &l);
	closedir(dir);
	size_t count = l.places.len / sizeof(struct place);
	struct place *places = (struct place *)(void *)l.places.data;
	if (count > 0)
		qsort_r(places, count, sizeof(*places), by_name, l.text.data);
	for (size_t i = 0; i < count; i++)
		each(l.text.data + places[i].at, arg);
	buf_finish(&l.text);
	buf_finish(&l.places);
	return true;
}

static int64_t real_free_bytes(struct disk *d)
{
	struct statvfs st;

	if (fstatvfs(root_of(d), &st) < 0)
		return 0;
	return (int64_t)st.f_bavail * (int64_t)st.f_frsize;
}

static bool real_reserve(struct disk_file *f, int64_t bytes, struct err *e)
{
	errno = posix_fallocate(real(f)->fd, 0, bytes);
	return errno == 0 || err_errno(e, "%s: fallocate", real(f)->path);
}

bool disk_real_open(struct disk_real *d, const char *root, struct err *e)
{
	static const struct disk_ops ops = {
		.open = real_open,	   .write = real_write,	      .sync = real_sync,
		.write_at = real_write_at, .read_at = real_read_at,   .exchange = real_exchange,
		.truncate = real_truncate, .size = real_size,	      .close = real_close,
		.read = real_read,	   .rename = real_rename,     .remove = real_remove,
		.make_dir = real_make_dir, .sync_dir = real_sync_dir, .list = real_list,
		.free_bytes = real_free_bytes, .reserve = real_reserve,
	};

	*d = (struct disk_real){.disk.ops = &ops, .root_fd = -1};
	if (strlen(root) >= sizeof(d->root) || root[0] == '\0')
		return err_set(e, ERR_USAGE, T("%.60s: không phải tên thư mục dùng được",
					       "%.60s: not a usable folder name"), root);
	snprintf(d->root, sizeof(d->root), "%s", root);
	d->root_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return d->root_fd >= 0 || err_errno(e, "%s", root);
}

bool disk_real_lock(struct disk_real *d, struct err *e)
{
	if (flock(d->root_fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (errno == EWOULDBLOCK)
		return err_set(e, ERR_CONFLICT,
			       T("%s: một vangxa khác đang dùng thư mục này; hãy dừng nó trước",
				 "%s: another vangxa is using this folder; stop it first"),
					 d->root);
	return err_errno(e, "%s", d->root);
}

void disk_real_close(struct disk_real *d)
{
	if (d->root_fd >= 0)
		close(d->root_fd);
	d->root_fd = -1;
}

/* ".name.new" in the same folder: whoever lists the folder for files of some kind takes no
 * notice. */
static void beside(const char *file, char dir[static PATH_BYTES], char path[static PATH_BYTES])
{
	const char *slash = strrchr(file, '/');

	snprintf(dir, PATH_BYTES, "%.*s", slash != NULL ? (int)(slash - file) : 1,
		 slash != NULL ? file : ".");
	snprintf(path, PATH_BYTES, "%.*s.%s.new", slash != NULL ? (int)(slash - file) + 1 : 0, file,
		 slash != NULL ? slash + 1 : file);
}

static bool write_whole(struct disk *d, const char *path, const void *data, size_t len,
			struct err *e)
{
	struct disk_file *f;

	if (!disk_open(d, path, DISK_CREATE | DISK_FRESH, &f, e))
		return false;
	bool ok = disk_write(f, data, len, e) && disk_sync(f, e);
	disk_close(f);
	return ok;
}

bool disk_put(struct disk *d, const char *path, const void *data, size_t len, struct err *e)
{
	char fresh[PATH_BYTES], dir[PATH_BYTES];
	struct err ignored;

	beside(path, dir, fresh);
	if (write_whole(d, fresh, data, len, e) && disk_rename(d, fresh, path, e))
		return disk_sync_dir(d, dir, e);
	disk_remove(d, fresh, &ignored);
	return false;
}
