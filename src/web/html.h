/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only writer of HTML in C: plain pages for browsers without scripts. Text goes in escaped,
 * tags are ours. */
#ifndef VX_WEB_HTML_H
#define VX_WEB_HTML_H

#include "base/buf.h"

#include <microhttpd.h>

/* Text between tags or within a quoted attribute. */
void html_text(struct buf *page, const char *text);

/* <tag>text</tag>; tag: "p", "h1", "li"… */
void html_element(struct buf *page, const char *tag, const char *text);

/* The page up to its content: title and heading. refresh_s: it is asked for again after so long, 0
 * never. */
void html_begin(struct buf *page, const char *title, int refresh_s);

/* Ends the page; empties it. The browser says where a form of it comes from (Origin), which the
 * policy of the other pages would keep back. The response is the caller's. */
struct MHD_Response *html_response(struct buf *page);

#endif
