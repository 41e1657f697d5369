/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/versions.h"

#include "base/path.h"
#include "base/text.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define KEPT_DIR "timetables"

void versions_hash(const char *text, size_t len, char sha256[static SHA256_HEX_BYTES])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)text, len);
	sodium_bin2hex(sha256, SHA256_HEX_BYTES, hash, sizeof(hash));
}

bool versions_path(const char *sha256, char path[static VERSIONS_PATH_BYTES])
{
	if (!path_is_sha256(sha256))
		return false;
	snprintf(path, VERSIONS_PATH_BYTES, KEPT_DIR "/%s.yaml", sha256);
	return true;
}

bool versions_replace(struct disk *d, const char *file, const char *text, size_t len,
		      struct err *e)
{
	char dir[PATH_BYTES];
	const char *slash = strrchr(file, '/');

	snprintf(dir, sizeof(dir), "%.*s", slash != NULL ? (int)(slash - file) : 0, file);
	return (slash == NULL || disk_make_dir(d, dir, e)) && disk_put(d, file, text, len, e);
}

bool versions_read(struct disk *d, const char *sha256, struct buf *out, struct err *e)
{
	char path[VERSIONS_PATH_BYTES];

	if (!versions_path(sha256, path) || !disk_read(d, path, YAML_FILE_BYTES_MAX, out, e))
		return err_set(e, ERR_NOT_FOUND,
			       T("không còn giữ bản %.12s… của lịch phát này",
				 "version %.12s… of this timetable is not kept"),
			       sha256);
	return true;
}

bool versions_has(struct disk *d, const char *sha256)
{
	struct buf text = {0};
	struct err ignored;
	bool has = versions_read(d, sha256, &text, &ignored);

	buf_finish(&text);
	return has;
}

bool versions_put(struct disk *d, const char *sha256, const char *text, size_t len, struct err *e)
{
	char path[VERSIONS_PATH_BYTES];

	return !versions_path(sha256, path) || versions_has(d, sha256) ||
	       (versions_replace(d, path, text, len, e) && disk_sync_dir(d, ".", e));
}

bool versions_keep(struct disk *d, const char *file, const char *sha256, struct err *e)
{
	char now[SHA256_HEX_BYTES];
	struct buf text = {0};

	if (!path_is_sha256(sha256) || versions_has(d, sha256))
		return true;
	bool ok = disk_read(d, file, YAML_FILE_BYTES_MAX, &text, e);
	if (ok) {
		versions_hash(buf_str(&text), text.len, now);
		ok = strcmp(now, sha256) != 0 ||
		     versions_put(d, sha256, buf_str(&text), text.len, e);
	}
	buf_finish(&text);
	return ok;
}
