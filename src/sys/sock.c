/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/sock.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool address(struct sockaddr_un *a, const char *path, struct err *e)
{
	*a = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(a->sun_path))
		return err_set(e, ERR_FAILED,
			       T("%s: đường dẫn quá dài cho một socket; đặt --data ở chỗ ngắn hơn",
				 "%s: path too long for a socket; put --data in a shorter place"),
			       path);
	snprintf(a->sun_path, sizeof(a->sun_path), "%s", path);
	return true;
}

int sock_listen(const char *path, struct err *e)
{
	struct sockaddr_un a;

	if (!address(&a, path, e))
		return -1;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	unlink(path);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0 || chmod(path, 0660) != 0 ||
	    listen(fd, 128) != 0) {
		err_errno(e, T("%s: không mở được socket", "%s: cannot listen"), path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

int sock_connect_now(const char *path, struct err *e)
{
	struct sockaddr_un a;

	if (!address(&a, path, e))
		return -1;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
		return fd;
	bool nobody = errno == ENOENT || errno == ECONNREFUSED, full = errno == EAGAIN;
	err_errno(e, T("%s: không nối được với đài", "%s: cannot reach the station"), path);
	if (nobody || full)
		e->kind = nobody ? ERR_NOT_FOUND : ERR_CONFLICT;
	if (fd >= 0)
		close(fd);
	return -1;
}

int sock_accept(int listen_fd)
{
	return accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

long sock_peer_uid(int fd)
{
	struct ucred who;
	socklen_t len = sizeof(who);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) != 0)
		return -1;
	return (long)who.uid;
}
