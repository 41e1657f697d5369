/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text into HTML, where it stays text: the only place that escapes it. Tags are ours. */
#ifndef VX_BASE_MARKUP_H
#define VX_BASE_MARKUP_H

#include "base/buf.h"

/* Text between tags or within a quoted attribute. */
void markup_text(struct buf *out, const char *text);

/* <tag>text</tag>; tag: "p", "h1", "li"… */
void markup_element(struct buf *out, const char *tag, const char *text);

#endif
