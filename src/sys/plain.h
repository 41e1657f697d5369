/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain files by name. In a folder from somewhere else a pipe may bear a file's name, which would
 * hold its reader for ever, or a link to a device that never ends. */
#ifndef VX_SYS_PLAIN_H
#define VX_SYS_PLAIN_H

#include "base/err.h"

#include <stdbool.h>

/* False: what is open there is no plain file (ERR_REFUSED, or that it is a folder). */
bool plain_is(int fd, const char *path, struct err *e);

/* openat(2) without ever waiting, of a plain file alone. flags: not O_CREAT. −1:
 * ERR_NOT_FOUND, ERR_REFUSED if it is none, or what the system says. */
int plain_openat(int dir_fd, const char *path, int flags, struct err *e);
/* The same, for reading; flags: further ones, as O_NOFOLLOW. */
int plain_open(const char *path, int flags, struct err *e);

/* Before SQLite is given a path: false if what stands there, or under one of the names that SQLite
 * reads beside it (PATH-wal …), is no plain file. Fine if nothing is there. */
bool plain_database(const char *path, struct err *e);

#endif
