/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vangxa rebuild: the SQLite view anew from the log. */
#include "base/limits.h"
#include "base/text.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "proof/ledger.h"
#include "sys/disk.h"

#include <stdio.h>
#include <sys/stat.h>

static bool rebuild(const char *data, int64_t *entries, struct err *e)
{
	char path[PATH_BYTES + 16];
	struct disk_real disk;
	struct stat st;

	snprintf(path, sizeof(path), "%s/log", data);
	if (stat(path, &st) < 0)
		return err_errno(e, "%s", path);
	if (!disk_real_open(&disk, data, e))
		return false;
	snprintf(path, sizeof(path), "%s/view.sqlite", data);
	bool ok = disk_real_lock(&disk, e) && ledger_rebuild(&disk.disk, path, entries, e);
	disk_real_close(&disk);
	return ok;
}

int cmd_rebuild(int argc, char **argv)
{
	const char *data = NULL;
	const struct arg options[] = {{.name = "data", .value = &data, .path = true}, {0}};
	int64_t entries = 0;
	struct err e;

	if (!args_read(argc, argv, options, 0, 0, NULL, NULL, &e) ||
	    !rebuild(args_data(data), &entries, &e))
		return args_fail(&e);
	printf(T("Đã làm lại view.sqlite từ %lld mục nhật ký.\n",
		 "Made view.sqlite anew from %lld log entries.\n"), (long long)entries);
	return 0;
}
