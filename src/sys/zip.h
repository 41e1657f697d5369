/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a zip file as it comes, into anything that takes bytes: nothing but the member under way
 * is held in memory. The same members give the same bytes: no times, no owners. By libarchive,
 * which makes a zip64 where it must. One thread; names are UTF-8 and need an LC_CTYPE that is. */
#ifndef VX_SYS_ZIP_H
#define VX_SYS_ZIP_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zip;

/* To fd, which stays the caller's; a pipe is as good as a file. */
bool zip_open(struct zip **z, int fd, struct err *e);

/* A member in pieces. squeeze: worth deflating. Length unknown. */
bool zip_begin(struct zip *z, const char *name, bool squeeze, struct err *e);
bool zip_more(struct zip *z, const void *data, size_t len, struct err *e);

/* A whole one. */
bool zip_add(struct zip *z, const char *name, const void *data, size_t len, struct err *e);

/* Writes the directory at the end: without it there is no zip file. */
bool zip_end(struct zip *z, struct err *e);

/* Frees; NULL is fine. */
void zip_close(struct zip *z);

#endif
