/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/tmpdir.h"

#include "base/must.h"
#include "sys/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

void tmpdir_make(char path[static 64])
{
	snprintf(path, 64, "/tmp/vangxa-test-XXXXXX");
	must(mkdtemp(path) != NULL);
}

void tmpdir_remove(const char *path)
{
	scratch_remove(path);
}
