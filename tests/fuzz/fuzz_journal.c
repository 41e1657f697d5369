/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the growing bundle: opening must not crash, must count only whole entries, and must
 * leave a log that goes on. The first byte says what number the file's name promises. */
#include "base/must.h"
#include "proof/bundle.h"
#include "proof/journal.h"
#include "proof/tile.h"
#include "sys/disk_sim.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void put(struct disk *d, int width, const uint8_t *data, size_t len)
{
	char path[TILE_PATH_BYTES];
	struct disk_file *f;
	struct err e;

	tile_path(LOG_DIR, TILE_ENTRIES, 0, width, path);
	must(disk_make_dir(d, "log/tile/entries/000.p", &e));
	must(disk_open(d, path, DISK_CREATE, &f, &e));
	must(disk_write(f, data, len, &e));
	disk_close(f);
}

static bool see(int64_t n, const char *text, size_t len, void *arg)
{
	(void)n;
	must(len >= 2 && text[0] == '{' && text[len - 1] == '}');
	++*(int64_t *)arg;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct disk_sim *sim = disk_sim_create();
	struct disk *d = disk_sim_disk(sim);
	struct journal *j;
	struct err e;
	int64_t seen = 0, n, count;

	if (len > 0)
		put(d, data[0] == 0 ? 1 : data[0], data + 1, len - 1);
	must(journal_open(&j, d, LOG_DIR, &e));
	count = journal_count(j);
	must(journal_read(j, 0, count, see, &seen, &e) && seen == count);
	must(journal_append(j, "{}", 2, &n, &e) && n == count);
	journal_close(j);
	must(journal_open(&j, d, LOG_DIR, &e));
	must(journal_count(j) == count + 1 && journal_lost(j) == 0);
	journal_close(j);
	disk_sim_destroy(sim);
	return 0;
}
