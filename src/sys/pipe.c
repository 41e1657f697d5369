/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/pipe.h"

#include <errno.h>
#include <unistd.h>

bool pipe_send(int fd, const void *data, size_t bytes)
{
	const char *at = data;

	while (bytes > 0) {
		ssize_t n = write(fd, at, bytes);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		bytes -= (size_t)n;
	}
	return true;
}
