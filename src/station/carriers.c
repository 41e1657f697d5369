/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/carriers.h"

#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#define GRACE_MS 500
#define NICEST 19

static void stop_watching(struct carrier *c)
{
	loop_unwatch(c->loop, &c->ended);
	loop_unwatch(c->loop, &c->gone);
	if (c->gone.fd >= 0)
		close(c->gone.fd);
	c->gone.fd = -1;
}

static void ended(struct watch *w, uint32_t events)
{
	struct carrier *c = w->arg;
	int status;

	(void)events;
	stop_watching(c);
	if (proc_reap(&c->proc, &status) && status != 0)
		log_warn(T("một gói hồ sơ hoặc báo cáo không được lấy trọn",
			   "a pack or a report was not taken whole"));
}

/* A program that computes writes nothing, and would not find out. */
static void gone(struct watch *w, uint32_t events)
{
	struct carrier *c = w->arg;

	(void)events;
	loop_unwatch(c->loop, w);
	kill(c->proc.pid, SIGTERM);
}

static struct carrier *find_free(struct carriers *c)
{
	for (int i = 0; i < CARRIERS_MAX; i++)
		if (c->list[i].proc.pid == 0)
			return &c->list[i];
	return NULL;
}

bool carriers_full(const struct carriers *c)
{
	return find_free((struct carriers *)(uintptr_t)c) == NULL;
}

/* A child that waits for a slow line waits in write: the connection must block. */
static bool start(struct carrier *c, struct loop *l, char *const args[], int fd, struct err *e)
{
	struct proc_fds fds = {.in_fd = -1, .out_fd = fd};
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0)
		return err_errno(e, T("đường truyền", "the connection"));
	if (!proc_start(&c->proc, args, &fds, e))
		return false;
	/* The mix, the page and everybody's uploads come first. */
	(void)setpriority(PRIO_PROCESS, (id_t)c->proc.pid, NICEST);
	c->loop = l;
	c->ended = (struct watch){.fd = c->proc.pidfd, .events = EPOLLIN, .ready = ended,
				  .arg = c};
	loop_watch(l, &c->ended);
	c->gone = (struct watch){.fd = fcntl(fd, F_DUPFD_CLOEXEC, 0), .events = EPOLLRDHUP,
				 .ready = gone, .arg = c};
	if (c->gone.fd >= 0)
		loop_watch(l, &c->gone);
	return true;
}

bool carriers_start(struct carriers *c, struct loop *l, char *const args[], int fd, struct err *e)
{
	struct carrier *free_one = find_free(c);

	must(free_one != NULL);
	bool ok = start(free_one, l, args, fd, e);
	close(fd);
	return ok;
}

void carriers_stop(struct carriers *c)
{
	for (int i = 0; i < CARRIERS_MAX; i++) {
		struct carrier *one = &c->list[i];

		if (one->proc.pid == 0)
			continue;
		stop_watching(one);
		proc_end(&one->proc, GRACE_MS);
	}
}
