/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/aside.h"

#include "base/must.h"
#include "base/text.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

static void *run(void *arg)
{
	struct aside *a = arg;
	uint64_t one = 1;

	text_speak(a->reader);
	if (a->patient) /* of this thread alone, in Linux */
		setpriority(PRIO_PROCESS, 0, PRIO_MAX - 1);
	a->ok = a->work(a->arg, &a->error);
	must(write(a->watch.fd, &one, sizeof(one)) == (ssize_t)sizeof(one));
	return NULL;
}

void aside_join(struct aside *a)
{
	if (!a->running)
		return;
	must(pthread_join(a->thread, NULL) == 0);
	loop_unwatch(a->loop, &a->watch);
	close(a->watch.fd);
	a->running = false;
}

static void ended(struct watch *w, uint32_t events)
{
	struct aside *a = w->arg;

	(void)events;
	aside_join(a);
	enum text_reader before = text_speak(a->reader);
	a->done(a->arg); /* which may free it */
	text_speak(before);
}

bool aside_start(struct aside *a, struct loop *l, struct err *e)
{
	must(!a->running);
	a->ok = false;
	a->error = (struct err){0};
	a->loop = l;
	a->reader = text_speaks();
	a->watch = (struct watch){.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
				  .events = EPOLLIN, .ready = ended, .arg = a};
	must(a->watch.fd >= 0);
	loop_watch(l, &a->watch);
	a->running = pthread_create(&a->thread, NULL, run, a) == 0;
	if (a->running)
		return true;
	loop_unwatch(l, &a->watch);
	close(a->watch.fd);
	return err_set(e, ERR_FAILED, T("máy quá tải, thử lại sau",
					"the machine is overloaded, try again later"));
}
