/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/markup.h"

#include <string.h>

void markup_text(struct buf *out, const char *text)
{
	for (;;) {
		size_t len = strcspn(text, "&<>\"'");
		buf_add(out, text, len);
		text += len;
		switch (*text++) {
		case '&':
			buf_text(out, "&amp;");
			break;
		case '<':
			buf_text(out, "&lt;");
			break;
		case '>':
			buf_text(out, "&gt;");
			break;
		case '"':
			buf_text(out, "&quot;");
			break;
		case '\'':
			buf_text(out, "&#39;");
			break;
		default:
			return;
		}
	}
}

void markup_element(struct buf *out, const char *tag, const char *text)
{
	buf_print(out, "<%s>", tag);
	markup_text(out, text);
	buf_print(out, "</%s>\n", tag);
}
