/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/store.h"

#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "sys/chance.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HASH_BYTES_AT_ONCE (256 << 10)

static int open_folder(const char *dir, const char *sub)
{
	char path[PATH_BYTES];

	if (snprintf(path, sizeof(path), "%s/%s", dir, sub) >= (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (mkdir(path, 0755) != 0 && errno != EEXIST)
		return -1;
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void temp_name(char name[static STORE_TEMP_BYTES])
{
	uint64_t number;

	chance_bytes(&number, sizeof(number));
	snprintf(name, STORE_TEMP_BYTES, STORE_TEMP_PREFIX "%016llx", (unsigned long long)number);
}

bool store_begin(struct store *s, const char *dir, const char *sub, struct err *e)
{
	*s = (struct store){.fd = -1};
	s->dir_fd = open_folder(dir, sub);
	if (s->dir_fd < 0)
		return err_errno(
			e, T("không mở được thư mục %s/%s", "cannot open the folder %s/%s"), dir,
			sub);
	temp_name(s->temp);
	s->fd = openat(s->dir_fd, s->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (s->fd >= 0)
		return true;
	err_errno(e,
		  T("không ghi được vào thư mục %s/%s", "cannot write into the folder %s/%s"), dir,
		  sub);
	store_abandon(s);
	return false;
}

bool store_beside(const char *dir, const char *sha256, const char *suffix, const void *bytes,
		  size_t len, struct err *e)
{
	char temp[PATH_BYTES], path[PATH_MASTER_BYTES];

	/* Two that make the same at once write the same: the name need not be random, and what a
	 * power cut leaves is swept (store_sweep). */
	snprintf(temp, sizeof(temp), "%s/masters/" STORE_TEMP_PREFIX "%.16s%s", dir, sha256,
		 suffix);
	path_master(path, dir, sha256, suffix);
	FILE *f = fopen(temp, "we");
	bool ok = f != NULL && fwrite(bytes, 1, len, f) == len && fflush(f) == 0 &&
		  fdatasync(fileno(f)) == 0;
	if (f != NULL)
		ok = fclose(f) == 0 && ok;
	if (ok && rename(temp, path) == 0)
		return true;
	err_errno(e, "%s", path);
	remove(temp);
	return false;
}

bool store_hash(int fd, char sha256[static SHA256_HEX_BYTES], struct err *e)
{
	unsigned char digest[crypto_hash_sha256_BYTES], *data = malloc(HASH_BYTES_AT_ONCE);
	crypto_hash_sha256_state state;
	int64_t at = 0;
	ssize_t n;

	must(data != NULL && sodium_init() >= 0);
	crypto_hash_sha256_init(&state);
	while ((n = pread(fd, data, HASH_BYTES_AT_ONCE, at)) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		crypto_hash_sha256_update(&state, data, (unsigned long long)n);
		at += n;
	}
	free(data);
	if (n < 0)
		return err_errno(e, T("không đọc được tệp", "cannot read the file"));
	crypto_hash_sha256_final(&state, digest);
	sodium_bin2hex(sha256, SHA256_HEX_BYTES, digest, sizeof(digest));
	return true;
}

/* A file of that name was renamed there whole, and its name was its contents; but whoever adds an
 * original again may do so because something has happened to them. */
static bool there_already(const struct store *s, const char *name, const char *sha256)
{
	struct stat mine, there;
	char is[SHA256_HEX_BYTES];
	struct err ignored;
	int fd = openat(s->dir_fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0)
		return false;
	bool same = fstat(s->fd, &mine) == 0 && fstat(fd, &there) == 0 &&
		    S_ISREG(there.st_mode) && there.st_size == mine.st_size &&
		    store_hash(fd, is, &ignored) && strcmp(is, sha256) == 0;
	close(fd);
	return same;
}

bool store_commit(struct store *s, const char *suffix, char sha256[static SHA256_HEX_BYTES],
		  struct err *e)
{
	char name[SHA256_HEX_BYTES + 8];

	if (!store_hash(s->fd, sha256, e))
		return false;
	snprintf(name, sizeof(name), "%s%s", sha256, suffix);
	if (!there_already(s, name, sha256) &&
	    (fdatasync(s->fd) != 0 || renameat(s->dir_fd, s->temp, s->dir_fd, name) != 0))
		return err_errno(e, T("không lưu được tệp", "cannot store the file"));
	if (fsync(s->dir_fd) != 0)
		return err_errno(e, T("không lưu được thư mục", "cannot sync the folder"));
	store_abandon(s);
	return true;
}

void store_abandon(struct store *s)
{
	if (s->fd >= 0) {
		close(s->fd);
		unlinkat(s->dir_fd, s->temp, 0); /* gone already when it was renamed */
	}
	if (s->dir_fd >= 0)
		close(s->dir_fd);
	s->fd = s->dir_fd = -1;
}

void store_sweep(const char *dir, const char *sub)
{
	int fd = open_folder(dir, sub);
	DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;

	if (list == NULL) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(list)) != NULL)
		if (strncmp(entry->d_name, STORE_TEMP_PREFIX, strlen(STORE_TEMP_PREFIX)) == 0)
			unlinkat(fd, entry->d_name, 0);
	closedir(list);
}
