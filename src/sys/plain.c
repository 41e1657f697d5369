/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/plain.h"

#include "base/limits.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_plain(const struct stat *st, const char *path, struct err *e)
{
	if (S_ISREG(st->st_mode))
		return true;
	if (S_ISDIR(st->st_mode)) {
		errno = EISDIR;
		return err_errno(e, "%s", path);
	}
	return err_set(e, ERR_REFUSED,
		       T("%s: đây là ống hoặc thiết bị, không phải tệp; xin bỏ nó đi",
			 "%s: this is a pipe or device, not a file; please take it away"), path);
}

bool plain_is(int fd, const char *path, struct err *e)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? is_plain(&st, path, e) : err_errno(e, "%s", path);
}

int plain_openat(int dir_fd, const char *path, int flags, struct err *e)
{
	int fd = openat(dir_fd, path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 && errno == ENXIO)
		err_set(e, ERR_REFUSED,
			T("%s: đây là ổ cắm (socket), không phải tệp; xin bỏ nó đi",
			  "%s: this is a socket, not a file; please take it away"), path);
	else if (fd < 0)
		err_errno(e, "%s", path);
	if (fd < 0 || plain_is(fd, path, e))
		return fd;
	close(fd);
	return -1;
}

int plain_open(const char *path, int flags, struct err *e)
{
	return plain_openat(AT_FDCWD, path, O_RDONLY | flags, e);
}

bool plain_database(const char *path, struct err *e)
{
	static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
	char name[2 * PATH_BYTES + 16];
	struct stat st;

	if (path[0] == '\0')
		return true; /* a database without a name */
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		snprintf(name, sizeof(name), "%s%s", path, tails[i]);
		if (stat(name, &st) == 0 && !is_plain(&st, name, e))
			return false;
	}
	return true;
}
