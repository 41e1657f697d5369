/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/warnings.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void warnings_add(struct warnings *w, const char *fmt, ...)
{
	size_t have = strlen(w->text), from = have > 0 ? have + 1 : 0, room;
	va_list args;

	if (from >= sizeof(w->text))
		return;
	room = sizeof(w->text) - from;
	va_start(args, fmt);
	int len = vsnprintf(w->text + from, room, fmt, args);
	va_end(args);
	if (len < 0 || (size_t)len >= room) {
		w->text[have] = '\0';
		return;
	}
	if (have > 0)
		w->text[have] = '\n';
	/* Names of strangers stand in sentences: theirs must not begin a line of ours. */
	for (char *c = w->text + from; *c != '\0'; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' ';
}

void warnings_join(struct warnings *w, const struct warnings *more)
{
	for (const char *line = more->text; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		warnings_add(w, "%.*s", (int)len, line);
		line += len + (line[len] == '\n');
	}
}
