/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/incoming.h"

#include "base/limits.h"
#include "base/text.h"
#include "sys/chance.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define STALE_S (24 * 3600)
#define HEX "0123456789abcdef"

bool incoming_has_room(const char *dir, int64_t bytes, struct err *e)
{
	struct statvfs fs;

	if (statvfs(dir, &fs) != 0)
		return err_errno(e, "%s", dir);
	if ((int64_t)fs.f_bavail * (int64_t)fs.f_frsize - bytes >= UPLOAD_RESERVE_BYTES)
		return true;
	return err_set(e, ERR_NO_SPACE,
		       T("đĩa sắp đầy: không nhận thêm tệp, để còn chỗ ghi nhật ký; hãy dọn đĩa",
			 "the disk is nearly full: no more files are taken, so that the log can go "
			 "on; make room"));
}

bool incoming_name(const char *dir, char id[static INCOMING_ID_BYTES], struct err *e)
{
	unsigned char random[16];
	char folder[PATH_BYTES];

	snprintf(folder, sizeof(folder), "%s/incoming", dir);
	if (mkdir(folder, 0770) != 0 && errno != EEXIST)
		return err_errno(e, "%s", folder);
	chance_bytes(random, sizeof(random));
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(id + 2 * i, 3, "%02x", random[i]);
	return true;
}

bool incoming_is_id(const char *name)
{
	return strlen(name) == INCOMING_ID_BYTES - 1 &&
	       strspn(name, HEX) == INCOMING_ID_BYTES - 1;
}

void incoming_path(const char *dir, const char *id, const char *ending, char *path)
{
	snprintf(path, PATH_BYTES, "%s/incoming/%s%s", dir, id, ending);
}

bool incoming_write(int fd, const char *data, size_t len, int64_t at, struct err *e)
{
	while (len > 0) {
		ssize_t n = pwrite(fd, data, len, at);
		if (n < 0 && errno != EINTR)
			return err_errno(e, T("không ghi được tệp", "cannot write the file"));
		if (n > 0) {
			data += n;
			len -= (size_t)n;
			at += n;
		}
	}
	return true;
}

bool incoming_sync_folder(const char *dir, struct err *e)
{
	char folder[PATH_BYTES];

	snprintf(folder, sizeof(folder), "%s/incoming", dir);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	if (!good)
		err_errno(e, "%s", folder);
	if (fd >= 0)
		close(fd);
	return good;
}

void incoming_clean(const char *dir, bool (*keep)(const char *id, void *arg), void *arg)
{
	char folder[PATH_BYTES];
	struct stat st;
	time_t now = time(NULL);

	snprintf(folder, sizeof(folder), "%s/incoming", dir);
	DIR *d = opendir(folder);
	for (struct dirent *f; d != NULL && (f = readdir(d)) != NULL;)
		if (incoming_is_id(f->d_name) &&
		    fstatat(dirfd(d), f->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && now - st.st_mtime > STALE_S &&
		    (keep == NULL || !keep(f->d_name, arg)))
			unlinkat(dirfd(d), f->d_name, 0);
	if (d != NULL)
		closedir(d);
}
