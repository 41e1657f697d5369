/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/linger.h"

#include "sys/loop.h"
#include "web/web.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define GULP_BYTES (256 << 10) /* before others have their turn */

struct lingerer {
	struct lingerer *next; /* older ones */
	struct watch watch;  /* of a descriptor of our own */
	struct web *web;
	int64_t until_ms;
	int64_t left;
};

static void end(struct lingerer *g)
{
	struct lingerer **at = &g->web->lingers;

	while (*at != g)
		at = &(*at)->next;
	*at = g->next;
	loop_unwatch(g->web->loop, &g->watch);
	close(g->watch.fd);
	free(g);
}

/* Thrown away in the kernel: nothing is copied (tcp(7), MSG_TRUNC). */
static void take(struct watch *watch, uint32_t events)
{
	static char nothing[GULP_BYTES];
	struct lingerer *g = watch->arg;
	ssize_t n = recv(watch->fd, nothing, sizeof(nothing), MSG_TRUNC | MSG_DONTWAIT);

	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	g->left -= n > 0 ? n : g->left;
	if (g->left <= 0)
		end(g);
}

/* The newest is the likeliest to read its answer. */
static void make_room(struct web *w)
{
	struct lingerer *last = w->lingers;
	int count = last != NULL;

	for (; last != NULL && last->next != NULL; last = last->next)
		count++;
	if (count >= HTTP_LINGER_MAX)
		end(last);
}

void linger_begin(struct web *w, int fd)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	struct lingerer *g = own >= 0 ? calloc(1, sizeof(*g)) : NULL;

	if (g == NULL) { /* then it is reset, as ever */
		if (own >= 0)
			close(own);
		return;
	}
	make_room(w);
	shutdown(own, SHUT_WR); /* over TLS too: its last word is said */
	g->web = w;
	g->until_ms = web_now_ms(w) + LINGER_MS;
	g->left = LINGER_BYTES;
	g->watch = (struct watch){.fd = own, .events = EPOLLIN, .ready = take, .arg = g};
	g->next = w->lingers;
	w->lingers = g;
	loop_watch(w->loop, &g->watch);
}

void linger_sweep(struct web *w, int64_t now_ms)
{
	for (struct lingerer *g = w->lingers, *next; g != NULL; g = next) {
		next = g->next;
		if (now_ms >= g->until_ms)
			end(g);
	}
}

void linger_drop(struct web *w)
{
	for (struct lingerer *g = w->lingers, *next; g != NULL; g = next) {
		next = g->next;
		end(g);
	}
}
