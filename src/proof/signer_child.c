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

static bool no_answer(struct err *e)
{
	return err_set(e, ERR_STALLED,
		       T("đĩa không trả lời, chưa ghi được vào nhật ký; có thể sẽ ghi được khi đĩa "
			 "chạy lại, xem lại trước khi làm lại",
			 "the disk does not answer, and the log could not be written yet; it may "
			 "be once the disk works again: look before you do it again"));
}

/* The state is taken over if the reply has one. A signer that has died closed its end: that is no
 * silence. */
static bool child_hear(struct signer *s, int wait_ms, struct notary_state *state, struct err *e)
{
	struct child *c = (struct child *)s;
	struct pollfd p = {.fd = c->fd, .events = POLLIN};
	struct signer_reply reply;
	int ready;

	while ((ready = poll(&p, 1, wait_ms)) < 0 && errno == EINTR)
		;
	if (ready == 0)
		return no_answer(e);
	if (ready != 1 || recv(c->fd, &reply, sizeof(reply), 0) != (ssize_t)sizeof(reply)) {
		end(c);
		return lost_touch(e);
	}
	if (reply.ok)
		*state = reply.state;
	else
		*e = reply.err;
	return reply.ok;
}

static bool child_open(struct signer *s, bool next, struct err *e)
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
	if (!ok)
		end(c);
	return ok;
}

static bool child_append(struct signer *s, const char *text, size_t len, struct err *e)
{
	struct child *c = (struct child *)s;

	if (c->fd >= 0 && send(c->fd, text, len, MSG_NOSIGNAL) == (ssize_t)len)
		return true;
	end(c);
	return lost_touch(e);
}

static bool child_speak(struct signer *s, struct err *e)
{
	return child_append(s, SIGNER_SPEAK, strlen(SIGNER_SPEAK), e);
}

static void child_close(struct signer *s)
{
	struct child *c = (struct child *)s;

	end(c);
	free(c);
}

struct signer *signer_child(const char *dir, const char *name, const char *boot)
{
	static const struct signer_ops ops = {child_open, child_append, child_speak, child_hear,
					      child_close};
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
