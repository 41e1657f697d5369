/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Road not taken: threads, since a pack is taken apart in a child behind fences (sys/unzip.h), and
 * a program with threads must not fork. */
#include "cli/packs.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/unparcel.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
	pid_t pid;
	int fd; /* one byte there: begin; a line back, and its end */
};

struct packs {
	const struct arg_list *paths;
	struct worker list[ARGS_LIST_MAX];
	int count, begun, told;
};

static void send_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, text, len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

/* The child's whole life. */
static void work(int fd, const char *path, const struct pack_wanted *wanted)
{
	char go;

	while (recv(fd, &go, 1, 0) < 0 && errno == EINTR)
		continue;
	json_t *told = pack_take(path, wanted);
	char *text = json_dumps(told, JSON_LINE);
	must(text != NULL);
	send_all(fd, text, strlen(text));
	_exit(0);
}

static bool start(struct packs *p, int i, const struct pack_wanted *wanted, struct err *e)
{
	pid_t parent = getpid();
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return err_errno(e, "socketpair");
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		close(ends[0]);
		work(ends[1], p->paths->items[i], wanted);
	}
	close(ends[1]);
	p->list[i] = (struct worker){pid, ends[0]};
	p->count = i + 1;
	return pid > 0 || err_errno(e, "fork");
}

struct packs *packs_start(const struct arg_list *paths, const struct pack_wanted *wanted,
			  struct err *e)
{
	struct packs *p = calloc(1, sizeof(*p));

	must(p != NULL);
	p->paths = paths;
	for (int i = 0; i < paths->count; i++)
		if (!start(p, i, wanted, e)) {
			packs_stop(p);
			return NULL;
		}
	return p;
}

static void begin_more(struct packs *p)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int ahead = cores > 1 ? (int)cores : 1;

	for (; p->begun < p->count && p->begun < p->told + ahead; p->begun++)
		send_all(p->list[p->begun].fd, "g", 1);
}

static json_t *broken(const char *why)
{
	json_t *o = json_pack("{s:b, s:s}", "ok", 0, "why", why);

	must(o != NULL);
	return o;
}

/* One that died has told nothing whole. */
static json_t *hear(struct worker *k)
{
	struct buf text = {0};
	char piece[4096];
	struct err e;
	ssize_t n;

	while ((n = recv(k->fd, piece, sizeof(piece), 0)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			buf_add(&text, piece, (size_t)n);
	json_t *told = json_read(buf_str(&text), text.len, &e);
	buf_finish(&text);
	while (waitpid(k->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	close(k->fd);
	k->pid = 0;
	return told != NULL ? told
			    : broken(T("việc kiểm gói này bị dừng giữa chừng (thiếu bộ nhớ?)",
				       "checking this pack broke off (out of memory?)"));
}

json_t *packs_next(struct packs *p, const char **path)
{
	if (p->told == p->count)
		return NULL;
	begin_more(p);
	*path = p->paths->items[p->told];
	json_t *told = hear(&p->list[p->told++]);
	begin_more(p);
	return told;
}

/* Those that have finished behind the caller's back leave a folder too. */
static void drop(struct worker *k, bool begun)
{
	struct unparcel u = {0};

	if (k->pid > 0 && !begun)
		kill(k->pid, SIGKILL);
	if (k->pid <= 0)
		return;
	json_t *told = hear(k);
	snprintf(u.dir, sizeof(u.dir), "%s", json_get_text(told, "dir", ""));
	unparcel_close(&u);
	json_decref(told);
}

void packs_stop(struct packs *p)
{
	if (p == NULL)
		return;
	for (int i = 0; i < p->count; i++)
		drop(&p->list[i], i < p->begun);
	free(p);
}
