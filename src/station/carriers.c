/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/carriers.h"

#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#define GRACE_MS 500
#define NICEST 19

static void ended(struct watch *w, uint32_t events)
{
	struct carrier *c = w->arg;
	int status;

	(void)events;
	loop_unwatch(c->loop, w);
	if (proc_reap(&c->proc, &status) && status != 0)
		log_warn(T("một gói hồ sơ không được lấy trọn", "a pack was not taken whole"));
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

bool carriers_busy(struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		       T("đang có %d người tải gói hồ sơ; đợi một lát rồi thử lại",
			 "%d packs are being taken already; wait a while and try again"),
		       CARRIERS_MAX);
}

/* A child that waits for a slow line waits in write: the connection must block. */
static bool start(struct carrier *c, struct loop *l, char *const args[], int fd, struct err *e)
{
	struct proc_fds fds = {.in_fd = -1, .out_fd = fd};
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0)
		return err_errno(e, T("gói hồ sơ", "the pack"));
	if (!proc_start(&c->proc, args, &fds, e))
		return false;
	/* The mix, the page and everybody's uploads come first. */
	(void)setpriority(PRIO_PROCESS, (id_t)c->proc.pid, NICEST);
	c->loop = l;
	c->ended = (struct watch){.fd = c->proc.pidfd, .events = EPOLLIN, .ready = ended,
				  .arg = c};
	loop_watch(l, &c->ended);
	return true;
}

/* What becomes an argument of a program is ours from end to end: it must not be changed by it. */
#define WORD(text) ((char *)(uintptr_t)(text))

bool carriers_start(struct carriers *c, struct loop *l, const char *dir, const char *first,
		    const char *last, bool silent, int fd, struct err *e)
{
	struct carrier *free_one = find_free(c);
	char *const args[] = {
		WORD("pack"), WORD("--data"), WORD(dir), WORD("--from"), WORD(first), WORD("--to"),
		WORD(last), WORD("-o"), WORD("-"), WORD("--lang"),
		WORD(text_english() ? "en" : "vi"), silent ? WORD("--no-recordings") : NULL, NULL};

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
		loop_unwatch(one->loop, &one->ended);
		proc_end(&one->proc, GRACE_MS);
	}
}
