/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/zipfile.h"

#include <archive.h>
#include <archive_entry.h>
#include <check.h>
#include <string.h>

static void take(struct archive *a, struct buf *out)
{
	char piece[4096];
	la_ssize_t len;

	while ((len = archive_read_data(a, piece, sizeof(piece))) > 0)
		buf_add(out, piece, (size_t)len);
	ck_assert_msg(len == 0, "%s", archive_error_string(a));
}

/* name NULL: all names. */
static bool walk(const char *path, const char *name, struct buf *out)
{
	struct archive *a = archive_read_new();
	struct archive_entry *member;
	bool found = false;
	int told;

	archive_read_support_format_zip_seekable(a);
	ck_assert_msg(archive_read_open_filename(a, path, 4096) == ARCHIVE_OK, "%s",
		      archive_error_string(a));
	while ((told = archive_read_next_header(a, &member)) == ARCHIVE_OK) {
		if (name == NULL) {
			buf_print(out, "%s\n", archive_entry_pathname(member));
		} else if (strcmp(archive_entry_pathname(member), name) == 0) {
			take(a, out);
			found = true;
		}
	}
	ck_assert_msg(told == ARCHIVE_EOF, "%s", archive_error_string(a));
	archive_read_free(a);
	return found;
}

void zipfile_names(const char *path, struct buf *out)
{
	walk(path, NULL, out);
}

bool zipfile_member(const char *path, const char *name, struct buf *out)
{
	return walk(path, name, out);
}
