/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/assets.h"

#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "library/ingest.h"
#include "sys/plain.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CACHE_FILE "masters/assets.json"
#define CACHE_FORMAT "2:" /* a new number forgets what an older program measured */
#define CACHE_ENTRIES_MAX 4000
#define KEY_BYTES (PATH_BYTES + 128)

/* Everything that changes when the file does. A file replaced by one of the same size within the
 * clock's grain still has another inode. */
static void make_key(char key[static KEY_BYTES], const char *path, const struct stat *st)
{
	snprintf(key, KEY_BYTES, CACHE_FORMAT "%lld:%lld.%09ld:%llu:%s", (long long)st->st_size,
		 (long long)st->st_mtim.tv_sec, st->st_mtim.tv_nsec,
		 (unsigned long long)st->st_ino, path);
}

/* The cache is only a memory of work done: unreadable or damaged, it is made anew. */
static json_t *load_cache(const char *dir)
{
	char path[PATH_BYTES];
	json_t *cache = NULL;
	struct err ignored;
	int fd = -1;

	if (snprintf(path, sizeof(path), "%s/" CACHE_FILE, dir) < (int)sizeof(path))
		fd = plain_open(path, 0, &ignored);
	if (fd >= 0) {
		cache = json_loadfd(fd, JSON_REJECT_DUPLICATES, NULL);
		close(fd);
	}
	if (json_is_object(cache) && json_object_size(cache) <= CACHE_ENTRIES_MAX)
		return cache;
	json_decref(cache);
	return json_object();
}

static void save_cache(const char *dir, const json_t *cache)
{
	char path[PATH_BYTES], temp[PATH_BYTES];

	if (snprintf(path, sizeof(path), "%s/" CACHE_FILE, dir) >= (int)sizeof(path) ||
	    snprintf(temp, sizeof(temp), "%s/masters/.tmp-assets", dir) >= (int)sizeof(temp))
		return;
	/* Losing it costs time at the next start, nothing else: neither synced nor told. */
	if (json_dump_file(cache, temp, JSON_INDENT(1) | JSON_SORT_KEYS) != 0 ||
	    rename(temp, path) != 0)
		unlink(temp);
}

static bool master_exists(const char *dir, const char *sha256)
{
	char path[PATH_MASTER_BYTES];

	if (!path_is_sha256(sha256))
		return false;
	path_master(path, dir, sha256, ".flac");
	return access(path, R_OK) == 0;
}

static bool recall(const json_t *cache, const char *dir, const char *key, struct asset_info *out)
{
	json_t *entry = json_object_get(cache, key);
	const char *sha256;
	json_int_t frames;

	if (json_unpack(entry, "{s:s, s:I, s:F, s:F}", "sha256", &sha256, "frames", &frames,
			"loudness_lufs", &out->loudness_lufs, "peak_dbtp", &out->peak_dbtp) != 0 ||
	    frames <= 0 || !master_exists(dir, sha256))
		return false;
	snprintf(out->sha256, sizeof(out->sha256), "%s", sha256);
	out->frames = frames;
	return true;
}

static bool make(const char *dir, int fd, struct asset_info *out, struct err *e)
{
	struct ingest_result r;

	if (!ingest_run(&(struct ingest_job){.fd = fd, .dir = dir}, &r, e))
		return false;
	memcpy(out->sha256, r.sha256, sizeof(out->sha256));
	out->frames = r.frames;
	out->loudness_lufs = r.loudness_lufs;
	out->peak_dbtp = r.peak_dbtp;
	return true;
}

static void remember(json_t *cache, const char *key, const struct asset_info *a)
{
	if (json_object_size(cache) >= CACHE_ENTRIES_MAX)
		json_object_clear(cache);
	must(json_object_set_new(cache, key,
				 json_pack("{s:s, s:I, s:f, s:f}", "sha256", a->sha256, "frames",
					   (json_int_t)a->frames, "loudness_lufs", a->loudness_lufs,
					   "peak_dbtp", a->peak_dbtp)) == 0);
}

static bool cannot_open(struct err *e)
{
	if (errno == ENOENT)
		return err_set(e, ERR_NOT_FOUND,
			       T("không có tệp này; xin chép tệp vào hoặc sửa tên",
				 "there is no such file; please put it there or mend its name"));
	return err_errno(e, T("không mở được tệp", "cannot open the file"));
}

/* One file through the cache; *made when the cache has news. */
static bool resolve(const char *dir, json_t *cache, struct asset_info *a, bool *made,
		    struct err *e)
{
	char path[2 * PATH_BYTES], key[KEY_BYTES];
	struct stat st;
	bool ok;

	a->sha256[0] = '\0';
	snprintf(path, sizeof(path), "%s%s%s", a->path[0] == '/' ? "" : dir,
		 a->path[0] == '/' ? "" : "/", a->path);
	/* O_NONBLOCK: a pipe of that name must not hold the station up. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st) != 0) {
		cannot_open(e);
		if (fd >= 0)
			close(fd);
		return err_wrap(e, "%s", a->path);
	}
	make_key(key, a->path, &st);
	ok = recall(cache, dir, key, a);
	if (!ok) {
		ok = make(dir, fd, a, e);
		*made = *made || ok;
		if (ok)
			remember(cache, key, a);
	}
	close(fd);
	return ok || err_wrap(e, "%s", a->path);
}

bool assets_resolve(const char *dir, struct asset_info *list, int count,
		    void (*fault)(const struct asset_info *asset, const struct err *e, void *arg),
		    void *arg)
{
	static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
	bool all = true, made = false;

	pthread_mutex_lock(&turn);
	json_t *cache = load_cache(dir);
	must(cache != NULL);
	for (int i = 0; i < count; i++) {
		struct err e = {0};

		if (resolve(dir, cache, &list[i], &made, &e))
			continue;
		all = false;
		if (fault != NULL)
			fault(&list[i], &e, arg);
	}
	if (made)
		save_cache(dir, cache);
	json_decref(cache);
	pthread_mutex_unlock(&turn);
	return all;
}
