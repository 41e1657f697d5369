/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a zip file that a stranger made. It is taken apart by a child process behind the fences
 * of sys/jail.h, which tells over a pipe what it finds; nothing of that is believed, and whatever
 * breaks there owns nothing. */
#ifndef VX_SYS_UNZIP_H
#define VX_SYS_UNZIP_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define UNZIP_NAME_BYTES 512 /* of a member, with the final NUL */

struct unzip_handler {
	/* A member begins, by the list at the end of the file; its bytes follow. name: any bytes a
	 * stranger may think of, but no NUL and not "". False + err ends it all. */
	bool (*member)(void *arg, const char *name, struct err *e);
	bool (*bytes)(void *arg, const void *data, size_t len, struct err *e);
	void *arg;
};

/* fd: a file that can be read from any place; stays the caller's, its position does not. Folders in
 * it are passed over. ERR_DAMAGED: no zip file, or one that is not whole, has links or secrets in
 * it, or takes the child beyond its limits. Call it while the program has one thread. */
bool unzip(int fd, const struct unzip_handler *h, struct err *e);

#endif
