/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that went out before the body was read: whoever still sends is listened to for a while.
 * Closing a connection on which bytes lie unread, or still come, resets it, and with it goes the
 * answer that says what was wrong (RFC 9112, §9.6). libmicrohttpd closes at once. */
#ifndef VX_WEB_LINGER_H
#define VX_WEB_LINGER_H

#include <stdint.h>

struct web;

#define LINGER_MS 10000		  /* so long, … */
#define LINGER_BYTES (64L << 20)  /* … and so much, is read and thrown away */

/* fd: of a connection that its owner closes next; nothing more is sent on it. */
void linger_begin(struct web *w, int fd);

/* Ends those that had their time. Once a second while there are any. */
void linger_sweep(struct web *w, int64_t now_ms);

/* Ends all. */
void linger_drop(struct web *w);

#endif
