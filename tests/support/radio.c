/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/radio.h"

#include "base/must.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool give(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len > 0) {
		ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static struct radio_page *find(struct radio *r, const char *path)
{
	struct radio_page *found = NULL;

	for (int i = 0; i < r->count; i++) {
		size_t len = strlen(r->pages[i].path);
		if (strncmp(path, r->pages[i].path, len) != 0 || path[len] != ' ')
			continue;
		found = &r->pages[i];
		if (found->times == 0)
			break;
	}
	return found;
}

static void answer(struct radio *r, int fd)
{
	static const char none[] = "HTTP/1.0 404 Not Found\r\n\r\n";
	static const char more[] = "X-More: and more\r\n";
	char request[4096], head[512];
	ssize_t n = recv(fd, request, sizeof(request) - 1, 0);

	request[n > 0 ? n : 0] = '\0';
	struct radio_page *p = strncmp(request, "GET ", 4) == 0 ? find(r, request + 4) : NULL;
	if (p == NULL) {
		give(fd, none, strlen(none));
		return;
	}
	p->times++;
	if (p->head == NULL) {
		bool going = give(fd, "HTTP/1.0 200 OK\r\n", 17);
		while (going)
			going = give(fd, more, strlen(more));
		return;
	}
	bool icy = strncmp(p->head, "ICY", 3) == 0;
	snprintf(head, sizeof(head), "%s%s\r\n\r\n", icy ? "" : "HTTP/1.0 ", p->head);
	if (give(fd, head, strlen(head)))
		give(fd, p->body, p->len);
	shutdown(fd, SHUT_WR);
	while (recv(fd, request, sizeof(request), 0) > 0) /* until all of it was taken */
		;
}

static void *serve(void *arg)
{
	struct radio *r = arg;
	int fd;

	while ((fd = accept(r->fd, NULL, NULL)) >= 0) {
		answer(r, fd);
		close(fd);
	}
	return NULL;
}

void radio_open(struct radio *r)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);

	r->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(bind(r->fd, (struct sockaddr *)&a, len) == 0 && listen(r->fd, 8) == 0 &&
	     getsockname(r->fd, (struct sockaddr *)&a, &len) == 0);
	snprintf(r->url, sizeof(r->url), "http://127.0.0.1:%d", ntohs(a.sin_port));
	must(pthread_create(&r->thread, NULL, serve, r) == 0);
}

void radio_close(struct radio *r)
{
	shutdown(r->fd, SHUT_RDWR);
	pthread_join(r->thread, NULL);
	close(r->fd);
}

void radio_page(struct radio *r, const char *path, const char *head, const void *body, size_t len)
{
	must(r->count < RADIO_PAGES);
	r->pages[r->count++] = (struct radio_page){path, head, body, len, 0};
}

void radio_text(struct radio *r, const char *path, const char *type_head, const char *text)
{
	radio_page(r, path, type_head, text, strlen(text));
}
