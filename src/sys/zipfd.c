/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/zipfd.h"

#include "base/must.h"

#include <errno.h>
#include <unistd.h>

/* libarchive's own reader asks the kernel what kind of file it has. */
static la_ssize_t zip_read(struct archive *a, void *arg, const void **data)
{
	struct zipfd *z = arg;
	ssize_t n;

	(void)a;
	do
		n = read(z->fd, z->piece, sizeof(z->piece));
	while (n < 0 && errno == EINTR);
	*data = z->piece;
	return n;
}

static la_int64_t zip_seek(struct archive *a, void *arg, la_int64_t offset, int whence)
{
	const struct zipfd *z = arg;

	(void)a;
	off_t at = lseek(z->fd, offset, whence);
	return at >= 0 ? at : ARCHIVE_FATAL;
}

struct archive *zipfd_open(struct zipfd *z)
{
	struct archive *a = archive_read_new();

	must(a != NULL);
	archive_read_support_format_zip_seekable(a);
	archive_read_set_read_callback(a, zip_read);
	archive_read_set_seek_callback(a, zip_seek);
	archive_read_set_callback_data(a, z);
	if (lseek(z->fd, 0, SEEK_SET) == 0 && archive_read_open1(a) == ARCHIVE_OK)
		return a;
	archive_read_free(a);
	return NULL;
}
