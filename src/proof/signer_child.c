/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's end. A signer that dies is started again by the next signer_open; whether its last
 * entry got into the log is then seen in the log. */
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/signer_inside.h"
#include "sys/proc.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OPEN_MS 120000 /* hashing a log of twenty years anew takes half a minute on an old PC */
#define APPEND_MS 60000 /* a worn card may take seconds for one sync */
#define GRACE_MS 2000

struct child {
	struct signer signer;
	char dir[PATH_BYTES];
	char name[NOTE_NAME_BYTES];
	char boot[BOOT_ID_BYTES];
	struct proc proc;
	int fd; /* −1 none */
};

static bool lost_touch(struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("tiến trình ký nhật ký không trả lời",
			 "the log's signer does not answer"));
}

static void end(struct child *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	proc_end(&c->proc, GRACE_MS);
}

/* Waits for one reply; the state is taken over if it has one. */
static bool hear(struct child *c, int wait_ms, struct notary_state *state, struct err *e)
{
	struct pollfd p = {.fd = c->fd, .events = POLLIN};
	struct signer_reply reply;
	int ready;

	while ((ready = poll(&p, 1, wait_ms)) < 0 && errno == EINTR)
		;
	if (ready != 1 || recv(c->fd, &reply, sizeof(reply), 0) != (ssize_t)sizeof(reply))
		return lost_touch(e);
	if (reply.ok)
		*state = reply.state;
	else
		*e = reply.err;
	return reply.ok;
}

static bool child_open(struct signer *s, bool next, struct notary_state *state, struct err *e)
{
	struct child *c = (struct child *)s;
	char sub[] = "signer", how[32];
	char *args[] = {sub, c->dir, c->name, c->boot, how, NULL};
	int ends[2];

	snprintf(how, sizeof(how), "%s%s", next ? SIGNER_NEXT : "", s->held ? SIGNER_HELD : "");
	end(c);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return err_errno(e, "socketpair");
	struct proc_fds fds = {.in_fd = -1, .out_fd = -1, .kept = &ends[1], .kept_count = 1};
	bool ok = proc_start(&c->proc, args, &fds, e);
	close(ends[1]);
	c->fd = ends[0];
	ok = ok && hear(c, OPEN_MS, state, e);
	if (!ok)
		end(c);
	return ok;
}

static bool child_append(struct signer *s, const char *text, size_t len,
			 struct notary_state *state, struct err *e)
{
	struct child *c = (struct child *)s;

	if (c->fd < 0 || send(c->fd, text, len, MSG_NOSIGNAL) != (ssize_t)len)
		return lost_touch(e);
	return hear(c, APPEND_MS, state, e);
}

static bool child_speak(struct signer *s, struct notary_state *state, struct err *e)
{
	return child_append(s, SIGNER_SPEAK, strlen(SIGNER_SPEAK), state, e);
}

static void child_close(struct signer *s)
{
	struct child *c = (struct child *)s;

	end(c);
	free(c);
}

struct signer *signer_child(const char *dir, const char *name, const char *boot)
{
	static const struct signer_ops ops = {child_open, child_append, child_speak, child_close};
	struct child *c = calloc(1, sizeof(*c));

	must(c != NULL && note_name_valid(name));
	c->signer.ops = &ops;
	c->proc = (struct proc){.pid = 0, .pidfd = -1};
	c->fd = -1;
	snprintf(c->dir, sizeof(c->dir), "%s", dir);
	snprintf(c->name, sizeof(c->name), "%s", name);
	snprintf(c->boot, sizeof(c->boot), "%s", boot);
	return &c->signer;
}
