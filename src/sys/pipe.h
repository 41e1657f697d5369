/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to whoever reads a pipe. */
#ifndef VX_SYS_PIPE_H
#define VX_SYS_PIPE_H

#include <stdbool.h>
#include <stddef.h>

/* All of it, however long that takes; false when nobody reads any more (SIGPIPE must be
 * ignored). */
bool pipe_send(int fd, const void *data, size_t bytes);

#endif
