/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/leaving.h"

#include "base/text.h"
#include "sys/loop.h"
#include "web/api.h"
#include "web/request.h"
#include "web/web.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

struct leaving {
	struct watch watch; /* of a descriptor of our own */
	struct loop *loop;
};

/* The answer is for nobody; it ends the request as any other does. */
static void left(struct watch *w, uint32_t events)
{
	struct request *r = w->arg;
	struct err e = {0};

	(void)events;
	leaving_forget(r);
	api_forsake(r);
	err_set(&e, ERR_CONFLICT, T("người hỏi đã đi", "whoever asked has gone"));
	request_refuse(r, &e, NULL);
}

void leaving_watch(struct request *r)
{
	int fd = fcntl(r->visit->fd, F_DUPFD_CLOEXEC, 0);
	struct leaving *l = fd >= 0 ? calloc(1, sizeof(*l)) : NULL;

	if (l == NULL) /* then it is made for nobody */
		return;
	l->loop = r->web->loop;
	l->watch = (struct watch){.fd = fd, .events = EPOLLRDHUP, .ready = left, .arg = r};
	r->leaving = l;
	loop_watch(l->loop, &l->watch);
}

void leaving_forget(struct request *r)
{
	struct leaving *l = r->leaving;

	if (l == NULL)
		return;
	r->leaving = NULL;
	loop_unwatch(l->loop, &l->watch);
	close(l->watch.fd);
	free(l);
}
