/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/errand.h"

#include "base/moment.h"
#include "base/text.h"
#include "sys/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LOOK_MS 100 /* so often it is asked whether to stop */

/* The parent's ends. in: a socket, so that writing to a child that has gone is no signal. */
struct ends {
	int in, out;
};

struct errand {
	struct proc child;
	struct ends ends;
	size_t sent;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / NS_PER_MS;
}

static void drop(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool start(struct errand *r, char *const args[], struct err *e)
{
	int in[2], out[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0)
		return err_errno(e, T("không mở được đường ống", "cannot open a pipe"));
	if (pipe2(out, O_CLOEXEC) != 0) {
		err_errno(e, T("không mở được đường ống", "cannot open a pipe"));
		close(in[0]);
		close(in[1]);
		return false;
	}
	fcntl(in[0], F_SETFL, O_NONBLOCK);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	r->ends = (struct ends){in[0], out[0]};
	bool ok = proc_start(&r->child, args,
			     &(struct proc_fds){.in_fd = in[1],
						.out_fd = out[1],
						.no_environment = true}, e);
	close(in[1]);
	close(out[1]);
	return ok;
}

static void send_more(struct errand *r, const struct buf *in)
{
	ssize_t n = send(r->ends.in, in->data + r->sent, in->len - r->sent, MSG_NOSIGNAL);

	if (n > 0)
		r->sent += (size_t)n;
	if (r->sent == in->len || (n < 0 && errno != EAGAIN && errno != EINTR))
		drop(&r->ends.in);
}

/* False at the end. */
static bool take_more(struct errand *r, size_t max, struct buf *out, bool *too_much)
{
	char part[4096];
	ssize_t n = read(r->ends.out, part, sizeof(part));

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	*too_much = out->len + (size_t)n > max;
	if (n == 0 || *too_much)
		return false;
	buf_add(out, part, (size_t)n);
	return true;
}

static bool talk(struct errand *r, const struct buf *in, size_t max, int64_t until_ms,
		 const atomic_bool *stop, struct buf *out, struct err *e)
{
	bool too_much = false;

	for (;;) {
		struct pollfd fds[] = {{.fd = r->ends.out, .events = POLLIN},
				       {.fd = r->ends.in, .events = POLLOUT}};
		if (atomic_load(stop) || now_ms() >= until_ms)
			return err_set(e, ERR_FAILED,
				       T("quá lâu không có trả lời", "no answer in time"));
		poll(fds, 2, LOOK_MS);
		if (r->ends.in >= 0 && fds[1].revents != 0)
			send_more(r, in);
		if (fds[0].revents != 0 && !take_more(r, max, out, &too_much))
			break;
	}
	return !too_much || err_set(e, ERR_FAILED, T("câu trả lời quá dài",
						     "the answer is too long"));
}

/* It has closed its output; its end follows at once, or is made. */
static bool ended_well(struct errand *r)
{
	struct pollfd ended = {.fd = r->child.pidfd, .events = POLLIN};
	int status = -1;

	poll(&ended, 1, 2000);
	return proc_reap(&r->child, &status) && status == 0;
}

bool errand_run(char *const args[], const struct buf *in, size_t max, int timeout_ms,
		const atomic_bool *stop, struct buf *out, struct err *e)
{
	struct errand r = {.child = {.pid = 0, .pidfd = -1}, .ends = {-1, -1}};
	bool ok = start(&r, args, e);

	if (ok && in->len == 0)
		drop(&r.ends.in);
	ok = ok && talk(&r, in, max, now_ms() + timeout_ms, stop, out, e);
	if (ok && !ended_well(&r))
		ok = err_set(e, ERR_FAILED, T("tiến trình %s kết thúc vì lỗi",
					      "the process %s ended with a fault"), args[0]);
	if (r.child.pid != 0)
		kill(r.child.pid, SIGKILL); /* it has nothing to save */
	proc_end(&r.child, 1000);
	drop(&r.ends.in);
	drop(&r.ends.out);
	return ok;
}

void errand_pack(struct buf *b, const void *data, size_t len)
{
	const unsigned char head[] = {(unsigned char)(len >> 24), (unsigned char)(len >> 16),
				      (unsigned char)(len >> 8), (unsigned char)len};

	buf_add(b, head, sizeof(head));
	buf_add(b, data, len);
}

bool errand_unpack(const char **at, const char *end, const char **part, size_t *len)
{
	const unsigned char *h = (const unsigned char *)*at;

	if (end - *at < 4)
		return false;
	*len = (size_t)h[0] << 24 | (size_t)h[1] << 16 | (size_t)h[2] << 8 | h[3];
	if (*len > (size_t)(end - *at - 4))
		return false;
	*part = *at + 4;
	*at = *part + *len;
	return true;
}
