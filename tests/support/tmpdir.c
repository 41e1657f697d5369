/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/tmpdir.h"

#include "base/must.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

void tmpdir_make(char path[static 64])
{
	snprintf(path, 64, "/tmp/vangxa-test-XXXXXX");
	must(mkdtemp(path) != NULL);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

void tmpdir_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
