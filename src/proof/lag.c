/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/lag.h"

#include "base/limits.h"
#include "base/text.h"
#include "proof/bundle.h"
#include "proof/reader.h"
#include "proof/stow.h"
#include "proof/tile.h"
#include "sys/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#define LOOKS_MAX 10
#define LOOK_NS (50 * 1000 * 1000)

static int count_entries(const struct buf *bytes)
{
	const char *text;
	size_t at = 0, len;
	int count = 0;

	while (count < BUNDLE_ENTRIES &&
	       bundle_next(buf_str(bytes), bytes->len, &at, &text, &len))
		count++;
	return count;
}

/* Entries in one file; 0 if it is not there. */
static int entries_in(struct disk *d, const char *path)
{
	struct buf bytes = {0};
	struct err ignored;
	bool there = disk_read(d, path, 2 * BUNDLE_BYTES_MAX, &bytes, &ignored);
	int count = there ? count_entries(&bytes) : 0;

	buf_finish(&bytes);
	return count;
}

static int entries_in_full(struct disk *d, int64_t bundle)
{
	struct buf bytes = {0};
	struct err ignored;
	bool there = stow_read(d, LOG_DIR, bundle, &bytes, NULL, &ignored);
	int count = there ? count_entries(&bytes) : 0;

	buf_finish(&bytes);
	return count;
}

struct growing {
	struct disk *disk;
	const char *dir;
	int most;
};

static void look(const char *name, void *arg)
{
	struct growing *g = arg;
	char path[TILE_PATH_BYTES + 64];

	snprintf(path, sizeof(path), "%s/%.40s", g->dir, name);
	int count = entries_in(g->disk, path);
	if (count > g->most)
		g->most = count;
}

/* Its name may lag behind what is in it, so each file is read: there is one, two for a moment. */
static int entries_growing(struct disk *d, int64_t bundle)
{
	char dir[TILE_PATH_BYTES];
	struct growing g = {.disk = d, .dir = dir};
	struct err ignored;

	tile_partial_dir(LOG_DIR, TILE_ENTRIES, bundle, dir);
	disk_list(d, dir, look, &g, &ignored);
	return g.most;
}

int64_t lag_behind(struct disk *d, int64_t have)
{
	int64_t bundle = have / BUNDLE_ENTRIES, count = 0;

	for (;; bundle++) {
		int here = entries_in_full(d, bundle);
		if (here == 0)
			break;
		count = bundle * BUNDLE_ENTRIES + here;
	}
	int64_t all = bundle * BUNDLE_ENTRIES + entries_growing(d, bundle);
	count = all > count ? all : count;
	return count > have ? count - have : 0;
}

void lag_warn(const char *dir, struct view *v)
{
	struct disk_real disk;
	struct err ignored;
	int64_t have = 0, behind = 1;

	if (!disk_real_open(&disk, dir, &ignored))
		return;
	for (int i = 0; i < LOOKS_MAX && behind > 0; i++) {
		if (i > 0)
			nanosleep(&(struct timespec){.tv_nsec = LOOK_NS}, NULL);
		if (!reader_applied(v, &have, &ignored))
			break;
		behind = lag_behind(&disk.disk, have);
	}
	disk_real_close(&disk);
	if (behind > 0)
		log_warn(T("bảng tra còn thiếu %" PRId64 " dòng mới nhất của nhật ký, nên những gì "
			   "in ra đây cũng thiếu. Nhật ký vẫn đủ: dọn đĩa nếu đầy rồi khởi động "
			   "lại đài, hoặc tắt đài rồi chạy vangxa rebuild",
			   "the view lacks the newest %" PRId64 " entries of the log, and so does "
			   "what is printed here. The log has them: make room if the disk is full "
			   "and start the station again, or stop it and run vangxa rebuild"),
			 behind);
}
