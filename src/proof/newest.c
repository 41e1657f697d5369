/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/newest.h"

#include "base/json.h"
#include "proof/tile.h"

static void see_log(const char *name, void *arg)
{
	int k = log_dir_number(name), *newest = arg;

	*newest = k > *newest && k <= LOGS_MAX ? k : *newest;
}

bool newest_log(struct disk *d, int *k, struct err *e)
{
	*k = 0;
	return disk_list(d, ".", see_log, k, e);
}

static bool note_base(int64_t at, const char *text, size_t len, void *arg)
{
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);

	(void)at;
	*(int64_t *)arg = json_get_integer(o, "base", 0);
	json_decref(o);
	return false;
}

bool newest_base(struct journal *j, int64_t *base, struct err *e)
{
	*base = 0;
	return journal_count(j) == 0 || journal_read(j, 0, 1, note_base, base, e);
}
