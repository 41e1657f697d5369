/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/ears.h"

#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

void ears_init(struct ears *ears, struct clock *clock, struct loop *loop)
{
	*ears = (struct ears){.clock = clock, .loop = loop, .keep = true};
}

int ears_add(struct ears *ears, const char *name)
{
	for (int i = 0; i < ears->count; i++)
		if (strcmp(ears->list[i].name, name) == 0)
			return i;
	must(ears->count < ZONES_MAX);
	struct ear_child *c = &ears->list[ears->count];
	*c = (struct ear_child){.all = ears, .proc.pidfd = -1, .pipe_fd = -1};
	snprintf(c->name, sizeof(c->name), "%s", name);
	return ears->count++;
}

static void put_down(struct ear_child *c)
{
	if (c->proc.pid == 0)
		return;
	loop_unwatch(c->all->loop, &c->said);
	loop_unwatch(c->all->loop, &c->ended);
	proc_end(&c->proc, 0);
	close(c->pipe_fd);
	c->pipe_fd = -1;
	c->have = 0;
	c->on = false;
	c->retry = mono_add_ns(clock_mono(c->all->clock), EAR_RETRY_MS * NS_PER_MS);
}

/* Told once, until it is back. */
static void lose(struct ear_child *c)
{
	put_down(c);
	if (!c->told_lost)
		log_warn(T("micro “%s” không cho tiếng; tự thử lại (xem vangxa devices)",
			   "microphone \"%s\" gives no sound; it is tried again (see vangxa "
			   "devices)"),
			 c->name);
	c->told_lost = true;
}

static void child_ended(struct watch *w, uint32_t events)
{
	(void)events;
	lose(w->arg);
}

static void take(struct ear_child *c)
{
	c->told = clock_mono(c->all->clock);
	if (!c->on && c->told_lost)
		log_info(T("micro “%s” hoạt động", "microphone \"%s\" works"), c->name);
	c->on = true;
	c->told_lost = false;
	ear_memory_put(&c->memory, &c->record);
	if (!c->all->keep)
		ear_memory_wipe(&c->memory);
	c->have = 0;
}

static void child_said(struct watch *w, uint32_t events)
{
	struct ear_child *c = w->arg;

	(void)events;
	for (;;) {
		ssize_t n = read(c->pipe_fd, (char *)&c->record + c->have,
				 sizeof(c->record) - c->have);
		if (n <= 0)
			return; /* its end is told by its pidfd */
		c->have += (size_t)n;
		if (c->have == sizeof(c->record))
			take(c);
	}
}

static void start(struct ear_child *c)
{
	struct err e = {0};
	char ear[] = "ear";
	char *args[] = {ear, c->name, NULL};
	int ends[2];

	must(pipe2(ends, O_CLOEXEC) == 0);
	bool ok = proc_start(&c->proc, args, &(struct proc_fds){.in_fd = -1, .out_fd = ends[1]},
			     &e);
	close(ends[1]);
	if (!ok) {
		close(ends[0]);
		c->retry = mono_add_ns(clock_mono(c->all->clock), EAR_RETRY_MS * NS_PER_MS);
		log_warn("%s", e.text);
		return;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	c->pipe_fd = ends[0];
	c->told = clock_mono(c->all->clock);
	c->said = (struct watch){.fd = ends[0], .events = EPOLLIN, .ready = child_said, .arg = c};
	c->ended = (struct watch){.fd = c->proc.pidfd, .events = EPOLLIN, .ready = child_ended,
				  .arg = c};
	loop_watch(c->all->loop, &c->said);
	loop_watch(c->all->loop, &c->ended);
}

void ears_look(struct ears *ears, bool keep)
{
	struct mono now = clock_mono(ears->clock);

	ears->keep = keep;
	for (int i = 0; i < ears->count; i++) {
		struct ear_child *c = &ears->list[i];
		if (c->proc.pid == 0 && now.ns >= c->retry.ns)
			start(c);
		else if (c->proc.pid != 0 && now.ns - c->told.ns > EAR_SILENT_MS * NS_PER_MS)
			lose(c); /* PortAudio can hang for good */
	}
}

void ears_stop(struct ears *ears)
{
	for (int i = 0; i < ears->count; i++) {
		put_down(&ears->list[i]);
		ear_memory_finish(&ears->list[i].memory);
	}
	ears->count = 0;
}

double ears_take(const struct ears *ears, int i, struct mono from, int64_t hops,
		 struct envelope *out)
{
	must(i >= 0 && i < ears->count);
	return ear_memory_take(&ears->list[i].memory, from, hops, out);
}
