/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define FOLDERS_OPEN 16 /* beyond that depth nftw(3) closes and opens again */

const char *scratch_place(void)
{
	const char *place = getenv("TMPDIR");

	return place != NULL && place[0] != '\0' ? place : "/tmp";
}

bool scratch_make(char dir[static PATH_BYTES], const char *purpose, struct err *e)
{
	int len = snprintf(dir, PATH_BYTES, "%s/vangxa-%s-XXXXXX", scratch_place(), purpose);

	errno = ENAMETOOLONG;
	if (len < PATH_BYTES && mkdtemp(dir) != NULL)
		return true;
	err_errno(e, "%s", scratch_place());
	dir[0] = '\0';
	return false;
}

static int remove_one(const char *path, const struct stat *st, int what, struct FTW *at)
{
	(void)st;
	(void)what;
	(void)at;
	return remove(path);
}

void scratch_remove(const char *dir)
{
	if (dir[0] != '\0')
		nftw(dir, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
}
