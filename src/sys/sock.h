/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unix-domain stream sockets: the control socket and the live stream between our processes. */
#ifndef VX_SYS_SOCK_H
#define VX_SYS_SOCK_H

#include "base/err.h"

#include <stdbool.h>

/* Listens at path (mode 0660, close-on-exec, non-blocking); a stale file is replaced. −1 + err. */
int sock_listen(const char *path, struct err *e);

/* Connects without waiting (non-blocking, close-on-exec); −1 + err: ERR_NOT_FOUND if nobody listens
 * there, ERR_CONFLICT when the listener's queue is full. */
int sock_connect_now(const char *path, struct err *e);

/* Accepts one client (non-blocking, close-on-exec); −1 if there is none now. */
int sock_accept(int listen_fd);

/* The user id of the process at the other end, −1 if the kernel does not say. */
long sock_peer_uid(int fd);

#endif
