/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP POST by libcurl, and its answer; in vangxa-net only. */
#ifndef VX_SYS_POST_H
#define VX_SYS_POST_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define POST_CONNECT_S 15
#define POST_TOTAL_S 60 /* from the first byte to the last: a slow drip ends, too */

/* Sends body (len bytes) of that type to an http or https address, and appends the answer's body,
 * at most max bytes. No redirect is followed, no proxy asked, no cookie kept. *status: of the
 * answer. False: there is none, or it is longer; e has a code of base/saying.h (net-…) for text.
 * Blocks. */
bool post(const char *url, const char *type, const void *body, size_t len, size_t max,
	  struct buf *answer, int *status, struct err *e);

#endif
