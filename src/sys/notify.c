/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/notify.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A path, or a name without one ("@…"). */
static int connect_to(const char *name)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	size_t len = strlen(name);

	if ((name[0] != '/' && name[0] != '@') || len >= sizeof(to.sun_path))
		return -1;
	memcpy(to.sun_path, name, len);
	if (name[0] == '@')
		to.sun_path[0] = '\0';
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, size) == 0)
		return fd;
	close(fd);
	return -1;
}

void notify_open(struct notify *n, int fd)
{
	const char *name = getenv("NOTIFY_SOCKET");

	n->fd = fd >= 0 ? fd : name != NULL ? connect_to(name) : -1;
	if (fd >= 0)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
}

void notify_close(struct notify *n)
{
	if (n->fd >= 0)
		close(n->fd);
	n->fd = -1;
}

void notify_say(const struct notify *n, const char *word)
{
	if (n->fd >= 0) {
		ssize_t sent = send(n->fd, word, strlen(word), MSG_NOSIGNAL | MSG_DONTWAIT);
		(void)sent;
	}
}
