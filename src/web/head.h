/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a request, byte by byte: whatever two programs could read in two ways is refused.
 *
 * * libmicrohttpd 0.9.75 takes bare LF, folded lines, NUL, a blank in front of the colon, doubled
 * lengths and more, and shows only what it made of them. But it reads in place: method, target,
 * version, names and values point into one buffer that holds the head as it came, with a NUL over
 * each blank, colon, CR and LF that parted them. So what lies between the pieces is looked at here,
 * and the pieces with what is between them must make up the size that it counted. Roads not taken:
 * MSG_PEEK on the socket, which sees nothing under TLS and only what has come so far; and a parser
 * of our own in front, through which every byte of every upload would go. */
#ifndef VX_WEB_HEAD_H
#define VX_WEB_HEAD_H

#include "base/err.h"

#include <microhttpd.h>
#include <stdbool.h>

/* The target as it came: an absolute path and a query without control characters, "#", broken
 * percent signs, and without %00, %2F and %5C in the path, where they would be read as something
 * else by the next program. ERR_USAGE. Pure. */
bool head_target(const char *target, struct err *e);

/* The rest, when the whole head is there: form of each line, one Host, one length, none of the
 * headers that mean something twice. target_end: the NUL behind the target. False + err, and the
 * status to refuse with: 400, 411 or 501 for a body without a length, 417 for an Expect that is not
 * 100-continue. */
bool head_sound(struct MHD_Connection *connection, const char *method, const char *target,
		const char *target_end, const char *version, unsigned *status, struct err *e);

#endif
