/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who takes gzip (base/gzip.h): a day's list is a sixteenth of itself, which is seconds on a thin
 * line. Pure. */
#ifndef VX_WEB_PACK_H
#define VX_WEB_PACK_H

#include <stdbool.h>

/* True if an Accept-Encoding header takes gzip. NULL: no header. */
bool pack_taken(const char *accept_encoding);

#endif
