/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gzip (RFC 1952) for what is sent: a day's list is a sixteenth of itself, which is seconds on a
 * thin line. Pure. */
#ifndef VX_WEB_PACK_H
#define VX_WEB_PACK_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* True if an Accept-Encoding header takes gzip. NULL: no header. */
bool pack_taken(const char *accept_encoding);

/* Appends data, packed, to out. */
void pack_gzip(struct buf *out, const void *data, size_t len);

#endif
