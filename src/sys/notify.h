/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words to whoever supervises this process: systemd, or `vangxa run`. */
#ifndef VX_SYS_NOTIFY_H
#define VX_SYS_NOTIFY_H

/* The protocol of sd_notify(3), whose manual page gives it as stable and free to be written anew: a
 * datagram of NAME=VALUE to the socket that $NOTIFY_SOCKET names. libsystemd would be a library for
 * one send(). Used here: READY=1, WATCHDOG=1, STOPPING=1. */
struct notify {
	int fd; /* −1: nobody listens */
};

/* fd: a connected datagram socket, taken over; −1: the one of the environment, if there is one. */
void notify_open(struct notify *n, int fd);
void notify_close(struct notify *n);

/* Never waits, never fails: who does not listen is told nothing. Any thread. */
void notify_say(const struct notify *n, const char *word);

#endif
