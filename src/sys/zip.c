/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/zip.h"

#include "base/must.h"
#include "base/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>

struct zip {
	struct archive *archive;
};

static bool failed(struct zip *z, struct err *e)
{
	errno = archive_errno(z->archive);
	if (errno > 0) /* libarchive's own are negative */
		return err_errno(e, T("không ghi được gói zip", "cannot write the zip file"));
	return err_set(e, ERR_FAILED,
		       T("không ghi được gói zip: %s", "cannot write the zip file: %s"),
		       archive_error_string(z->archive));
}

bool zip_open(struct zip **z, int fd, struct err *e)
{
	struct zip *made = calloc(1, sizeof(*made));

	must(made != NULL && (made->archive = archive_write_new()) != NULL);
	/* Nothing is padded: a pipe would get whole blocks of zeros. */
	if (archive_write_set_format_zip(made->archive) != ARCHIVE_OK ||
	    archive_write_set_bytes_in_last_block(made->archive, 1) != ARCHIVE_OK ||
	    archive_write_open_fd(made->archive, fd) != ARCHIVE_OK) {
		failed(made, e);
		zip_close(made);
		return false;
	}
	*z = made;
	return true;
}

bool zip_begin(struct zip *z, const char *name, bool squeeze, struct err *e)
{
	struct archive_entry *member = archive_entry_new();

	must(member != NULL);
	archive_entry_set_pathname(member, name);
	archive_entry_set_filetype(member, AE_IFREG);
	archive_entry_set_perm(member, 0644);
	if (squeeze)
		archive_write_zip_set_compression_deflate(z->archive);
	else
		archive_write_zip_set_compression_store(z->archive);
	int told = archive_write_header(z->archive, member);
	archive_entry_free(member);
	return told == ARCHIVE_OK || failed(z, e);
}

bool zip_more(struct zip *z, const void *data, size_t len, struct err *e)
{
	return len == 0 || archive_write_data(z->archive, data, len) == (la_ssize_t)len ||
	       failed(z, e);
}

bool zip_add(struct zip *z, const char *name, const void *data, size_t len, struct err *e)
{
	return zip_begin(z, name, true, e) && zip_more(z, data, len, e);
}

bool zip_end(struct zip *z, struct err *e)
{
	return archive_write_close(z->archive) == ARCHIVE_OK || failed(z, e);
}

void zip_close(struct zip *z)
{
	if (z == NULL)
		return;
	archive_write_free(z->archive);
	free(z);
}
