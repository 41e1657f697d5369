/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void separate(struct buf *out)
{
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		buf_text(out, ",");
}

/* Apostrophes in front of one that would be run count as part of it: whoever takes one away
 * (base/cells.h) has what stood there. */
static bool is_run(const char *text)
{
	text += strspn(text, "'");
	return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

/* An empty first cell would look like the start of a record to separate(): it is quoted. */
void csv_text(struct buf *out, const char *text)
{
	separate(out);
	if (text[0] != '\0' && strpbrk(text, ",\"\r\n") == NULL && !is_run(text)) {
		buf_text(out, text);
		return;
	}
	buf_text(out, "\"");
	if (is_run(text))
		buf_text(out, "'");
	for (; *text != '\0'; text++)
		buf_text(out, *text == '"' ? "\"\"" : (char[]){*text, '\0'});
	buf_text(out, "\"");
}

void csv_plain(struct buf *out, const char *fmt, ...)
{
	char cell[128];
	va_list args;

	va_start(args, fmt);
	vsnprintf(cell, sizeof(cell), fmt, args);
	va_end(args);
	separate(out);
	buf_text(out, cell[0] != '\0' ? cell : "\"\"");
}

void csv_end(struct buf *out)
{
	buf_text(out, "\r\n");
}
