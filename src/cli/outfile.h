/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that a command gives away: whole under its name, or not there at all. What is written
 * stands beside it as NAME.part until it is on the disk: half a pack looks like one, and what stood
 * there before is kept until the new one is whole. */
#ifndef VX_CLI_OUTFILE_H
#define VX_CLI_OUTFILE_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>
#include <stdio.h>

/* The caller's; no two of one path at a time. */
struct outfile {
	FILE *out; /* to be written to; with its descriptor alone, too */
	const char *path;
	char part[PATH_BYTES];
};

/* `path` outlives it. False + err: nothing is open. */
bool outfile_begin(struct outfile *o, const char *path, struct err *e);

/* ok: it is written whole, as far as its writer knows; else only cleared away, and `e` stays.
 * Returns whether it stands there now. */
bool outfile_end(struct outfile *o, bool ok, struct err *e);

/* As what a file is written: as `asked` says, else as the end of its name does (capitals or not),
 * else, if that has none or is "-" (or NULL), as `otherwise`. one_of: ends with NULL. NULL +
 * ERR_USAGE: none of them; whoever asked for a spreadsheet shall not get a page of its name. */
const char *outfile_format(const char *path, const char *asked, const char *const *one_of,
			   const char *otherwise, struct err *e);

#endif
