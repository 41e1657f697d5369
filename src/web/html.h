/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain pages for browsers without scripts; what is in them goes in by base/markup.h. */
#ifndef VX_WEB_HTML_H
#define VX_WEB_HTML_H

#include "base/buf.h"

#include <microhttpd.h>

/* The page up to its content: title and heading. refresh_s: it is asked for again after so long, 0
 * never. */
void html_begin(struct buf *page, const char *title, int refresh_s);

/* Ends the page; empties it. The browser says where a form of it comes from (Origin), which the
 * policy of the other pages would keep back. The response is the caller's. */
struct MHD_Response *html_response(struct buf *page);

#endif
