/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading zip files in tests. */
#ifndef VX_TESTS_ZIPFILE_H
#define VX_TESTS_ZIPFILE_H

#include "base/buf.h"

#include <stdbool.h>

/* The names in it, in order, each followed by a newline. Dies if it is no whole zip file. */
void zipfile_names(const char *path, struct buf *out);

/* The content of one member; false if there is none of that name. */
bool zipfile_member(const char *path, const char *name, struct buf *out);

#endif
