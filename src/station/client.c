/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/client.h"

#include "base/limits.h"
#include "base/moment.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/clock.h"
#include "sys/sock.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool client_open(struct client *c, const char *dir, struct err *e)
{
	char path[PATH_BYTES];

	*c = (struct client){.fd = -1};
	if ((size_t)snprintf(path, sizeof(path), "%s/control.sock", dir) >= sizeof(path))
		return err_set(e, ERR_FAILED, T("%s: đường dẫn quá dài", "%s: path too long"), dir);
	c->fd = sock_connect_now(path, e);
	return c->fd >= 0;
}

void client_close(struct client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	buf_finish(&c->in);
	buf_finish(&c->out);
	*c = (struct client){.fd = -1};
}

bool client_flush(struct client *c, struct err *e)
{
	while (c->out.len > 0) {
		ssize_t n = send(c->fd, c->out.data, c->out.len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return true;
		if (n < 0)
			return err_errno(e, T("đài đã đóng kết nối", "the station hung up"));
		buf_drop(&c->out, (size_t)n);
	}
	return true;
}

bool client_send(struct client *c, const json_t *request, struct err *e)
{
	char *line = json_dumps(request, JSON_COMPACT);

	must(line != NULL && c->fd >= 0);
	buf_text(&c->out, line);
	buf_text(&c->out, "\n");
	free(line);
	return client_flush(c, e);
}

/* One whole line from what was read, NULL if there is none; *broken if it is not an object. */
static json_t *take_line(struct client *c, bool *broken)
{
	char *end = c->in.len > c->scanned
			    ? memchr(c->in.data + c->scanned, '\n', c->in.len - c->scanned)
			    : NULL;

	*broken = false;
	if (end == NULL) {
		c->scanned = c->in.len;
		return NULL;
	}
	size_t len = (size_t)(end - c->in.data);
	json_t *line = json_loadb(c->in.data, len, JSON_REJECT_DUPLICATES, NULL);
	buf_drop(&c->in, len + 1);
	c->scanned = 0;
	*broken = !json_is_object(line);
	if (*broken)
		json_decref(line);
	return *broken ? NULL : line;
}

static enum client_got gone(struct err *e, const char *why)
{
	err_set(e, ERR_FAILED, "%s", why);
	return CLIENT_GONE;
}

enum client_got client_receive(struct client *c, json_t **line, struct err *e)
{
	char piece[16384];
	bool broken;

	must(c->fd >= 0);
	for (;;) {
		*line = take_line(c, &broken);
		if (*line != NULL)
			return CLIENT_LINE;
		if (broken || c->in.len > CONTROL_REPLY_BYTES_MAX)
			return gone(e, T("đài trả lời sai định dạng (hai phiên bản khác nhau?)",
					 "the station's answer is malformed (two versions?)"));
		ssize_t n = recv(c->fd, piece, sizeof(piece), MSG_DONTWAIT);
		if (n > 0)
			buf_add(&c->in, piece, (size_t)n);
		else if (n == 0)
			return gone(e, T("đài đã đóng kết nối", "the station hung up"));
		else if (errno == EAGAIN || errno == EWOULDBLOCK)
			return CLIENT_NOTHING;
		else if (errno != EINTR)
			return gone(e, T("mất kết nối với đài", "lost the station"));
	}
}

/* Monotonic milliseconds; only this blocking call looks at a clock, so that callers need none. */
static int64_t now_ms(struct clock_real *clock)
{
	return clock_mono(&clock->clock).ns / NS_PER_MS;
}

/* Waits until the socket is ready for what we need; false after the deadline. */
static bool wait_ready(struct client *c, int64_t left, struct err *e)
{
	struct pollfd p = {.fd = c->fd, .events = POLLIN};

	if (c->out.len > 0)
		p.events |= POLLOUT;
	int n = left > 0 ? poll(&p, 1, (int)left) : 0;
	if (n == 0)
		return err_set(e, ERR_FAILED,
			       T("đài không trả lời; thử lại, hoặc khởi động lại chương trình",
				 "the station does not answer; try again, or restart the program"));
	if (n > 0 && (p.revents & POLLOUT))
		return client_flush(c, e);
	return true;
}

bool client_progress(const json_t *line, double *done)
{
	json_t *progress = json_object_get(line, "progress");

	*done = json_is_number(progress) ? json_number_value(progress) : -1;
	return progress != NULL && json_object_get(line, "ok") == NULL &&
	       json_object_get(line, "error") == NULL;
}

/* The next line that answers `request`; others (events, late replies) are thrown away. */
static bool next_answer(struct client *c, const json_t *request, int wait_ms, json_t **line,
			struct err *e)
{
	struct clock_real clock;
	enum client_got got;
	bool waiting = true;

	clock_real_open(&clock);
	int64_t deadline_ms = now_ms(&clock) + wait_ms;
	while (waiting && (got = client_receive(c, line, e)) != CLIENT_GONE) {
		if (got == CLIENT_NOTHING) {
			waiting = wait_ready(c, deadline_ms - now_ms(&clock), e);
			continue;
		}
		if (json_equal(json_object_get(*line, "id"), json_object_get(request, "id"))) {
			clock_real_close(&clock);
			return true;
		}
		json_decref(*line);
	}
	clock_real_close(&clock);
	return false;
}

bool client_call(struct client *c, const json_t *request, int wait_ms,
		 void (*progress)(double done, void *arg), void *arg, json_t **reply,
		 struct err *e)
{
	double done;

	*reply = NULL;
	if (!client_send(c, request, e))
		return false;
	for (;;) {
		json_t *line = NULL;
		if (!next_answer(c, request, wait_ms, &line, e))
			return false;
		if (!client_progress(line, &done)) {
			if (client_outcome(line, e))
				*reply = json_incref(line);
			json_decref(line);
			return *reply != NULL;
		}
		json_decref(line);
		if (progress != NULL)
			progress(done, arg);
	}
}

static enum err_kind kind_of_code(const char *code)
{
	for (enum err_kind k = ERR_FAILED; k <= ERR_DIFFERS; k++)
		if (code != NULL && strcmp(code, err_code(k)) == 0)
			return k;
	return ERR_FAILED;
}

bool client_outcome(const json_t *reply, struct err *e)
{
	json_t *error = json_object_get(reply, "error");
	const char *text = json_string_value(json_object_get(error, "text"));

	if (error == NULL && json_is_true(json_object_get(reply, "ok")))
		return true;
	return err_set(e, kind_of_code(json_string_value(json_object_get(error, "code"))), "%s",
		       text != NULL ? text
				    : T("đài từ chối mà không nói lý do",
					"the station refused without a reason"));
}
