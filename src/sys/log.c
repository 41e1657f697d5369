/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


static void put(const char *priority, const char *fmt, va_list args)
{
	char line[1200];
	const char *prefix = getenv("JOURNAL_STREAM") != NULL ? priority : "";
	int start = snprintf(line, sizeof(line), "%svangxa: ", prefix);
	int len = vsnprintf(line + start, sizeof(line) - (size_t)start - 1, fmt, args);

	if (len < 0)
		return;
	size_t total = strlen(line);
	for (size_t i = 0; i < total; i++)
		if (line[i] == '\n')
			line[i] = ' ';
	line[total++] = '\n';
	/* A full pipe or closed stderr must not stop the station: the line is lost, on purpose. */
	ssize_t written = write(STDERR_FILENO, line, total);
	(void)written;
}

void log_put_info(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put("<6>", fmt, args);
	va_end(args);
}

void log_put_warn(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put("<4>", fmt, args);
	va_end(args);
}
