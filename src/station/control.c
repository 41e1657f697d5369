/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/control.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/sock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define UNREAD_BYTES_MAX (2 * CONTROL_REPLY_BYTES_MAX)

struct guest {
	struct watch watch;
	struct control *control;
	uint64_t id; /* 0: free */
	bool watching, narrow;
	char who[32];
	struct buf in, out;
};

struct control {
	struct watch listen;
	struct loop *loop;
	struct control_handler handler;
	uint64_t last_id;
	char path[200];
	struct guest clients[CONTROL_CLIENTS_MAX];
};

static void drop(struct guest *c)
{
	loop_unwatch(c->control->loop, &c->watch);
	close(c->watch.fd);
	buf_finish(&c->in);
	buf_finish(&c->out);
	c->id = 0;
	c->watching = false;
}

static void want(struct guest *c, uint32_t events)
{
	if (c->watch.events == events)
		return;
	c->watch.events = events;
	loop_watch(c->control->loop, &c->watch);
}

/* Writes what the socket takes; false if the client was dropped. */
static bool flush(struct guest *c)
{
	while (c->out.len > 0) {
		ssize_t n = send(c->watch.fd, c->out.data, c->out.len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN) {
			drop(c);
			return false;
		}
		if (n < 0)
			break;
		buf_drop(&c->out, (size_t)n);
	}
	want(c, c->out.len > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
	return true;
}

static void send_text(struct guest *c, const char *text)
{
	buf_text(&c->out, text);
	buf_add(&c->out, "\n", 1);
	if (c->out.len > UNREAD_BYTES_MAX)
		drop(c);
	else
		flush(c);
}

/* Sends {"id", "error"}. */
static void refuse(struct guest *c, const json_t *id, const char *words)
{
	json_t *line = json_pack("{s:O, s:{s:s, s:s}}", "id", id, "error", "code", "usage", "text",
				 words);
	char *text = json_dumps(line, JSON_COMPACT);

	must(text != NULL);
	send_text(c, text);
	free(text);
	json_decref(line);
}

/* What is too long for a client would look to it like another version's babble. */
static void send_json(struct guest *c, const json_t *line)
{
	char *text = json_dumps(line, JSON_COMPACT | JSON_REAL_PRECISION(10));
	const json_t *id = json_object_get(line, "id");

	must(text != NULL);
	if (strlen(text) < CONTROL_REPLY_BYTES_MAX)
		send_text(c, text);
	else
		refuse(c, id != NULL ? id : json_null(),
		       T("quá nhiều cho một lần hỏi; hãy hỏi một khoảng ngắn hơn",
			 "too much for one question; ask for a shorter stretch"));
	free(text);
}

static void take_line(struct guest *c, const char *line, size_t len)
{
	json_error_t why;
	json_t *request = json_loadb(line, len, JSON_REJECT_DUPLICATES, &why);

	if (json_is_object(request))
		c->control->handler.request(c->control->handler.arg, c->id, c->who, request);
	else
		refuse(c, json_null(),
		       T("mỗi dòng phải là một đối tượng JSON",
			 "each line must be a JSON object"));
	json_decref(request);
}

static void take_lines(struct guest *c)
{
	uint64_t id = c->id;
	char *end;

	while (c->id == id && c->in.len > 0 &&
	       (end = memchr(c->in.data, '\n', c->in.len)) != NULL) {
		size_t len = (size_t)(end - c->in.data);
		if (len > 0)
			take_line(c, c->in.data, len);
		if (c->id == id)
			buf_drop(&c->in, len + 1);
	}
	if (c->id == id && c->in.len > CONTROL_LINE_BYTES_MAX)
		drop(c);
}

static void client_ready(struct watch *w, uint32_t events)
{
	struct guest *c = w->arg;
	char data[16384];

	if (events & EPOLLOUT && !flush(c))
		return;
	if (!(events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
		return;
	ssize_t n = recv(w->fd, data, sizeof(data), 0);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		drop(c);
		return;
	}
	buf_add(&c->in, data, (size_t)n);
	take_lines(c);
}

static struct guest *free_client(struct control *control)
{
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++)
		if (control->clients[i].id == 0)
			return &control->clients[i];
	return NULL;
}

static void listen_ready(struct watch *w, uint32_t events)
{
	struct control *control = w->arg;
	int fd = sock_accept(w->fd);
	struct guest *c = free_client(control);

	(void)events;
	if (fd < 0)
		return;
	if (c == NULL) {
		close(fd);
		return;
	}
	*c = (struct guest){.control = control,
			     .id = ++control->last_id,
			     .watch = {.fd = fd, .events = EPOLLIN,
				       .ready = client_ready, .arg = c}};
	snprintf(c->who, sizeof(c->who), "uid:%ld", sock_peer_uid(fd));
	loop_watch(control->loop, &c->watch);
}

bool control_open(struct control **control, struct loop *l, const char *path,
		  const struct control_handler *handler, struct err *e)
{
	int fd = sock_listen(path, e);

	if (fd < 0)
		return false;
	struct control *c = calloc(1, sizeof(*c));
	must(c != NULL);
	c->loop = l;
	c->handler = *handler;
	snprintf(c->path, sizeof(c->path), "%s", path);
	c->listen = (struct watch){.fd = fd, .events = EPOLLIN, .ready = listen_ready, .arg = c};
	loop_watch(l, &c->listen);
	*control = c;
	return true;
}

void control_close(struct control *c)
{
	if (c == NULL)
		return;
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++)
		if (c->clients[i].id != 0)
			drop(&c->clients[i]);
	loop_unwatch(c->loop, &c->listen);
	close(c->listen.fd);
	unlink(c->path);
	free(c);
}

static struct guest *find(struct control *c, uint64_t id)
{
	for (int i = 0; i < CONTROL_CLIENTS_MAX && id != 0; i++)
		if (c->clients[i].id == id)
			return &c->clients[i];
	return NULL;
}

void control_send(struct control *c, uint64_t to, json_t *line)
{
	struct guest *client = find(c, to);

	if (client != NULL)
		send_json(client, line);
	json_decref(line);
}

int control_release(struct control *c, uint64_t client)
{
	struct guest *g = find(c, client);
	int fd = g != NULL && g->out.len == 0 ? dup(g->watch.fd) : -1;

	if (g != NULL)
		drop(g);
	return fd;
}

void control_watch(struct control *c, uint64_t client, bool narrow)
{
	struct guest *found = find(c, client);

	if (found == NULL)
		return;
	found->watching = true;
	found->narrow = narrow;
}

int control_watchers(const struct control *c)
{
	int count = 0;

	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++)
		count += c->clients[i].id != 0 && c->clients[i].watching;
	return count;
}

void control_tell(struct control *c, json_t *event)
{
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++)
		if (c->clients[i].id != 0 && c->clients[i].watching)
			send_json(&c->clients[i], event);
	json_decref(event);
}

void control_tell_each(struct control *c, json_t *(*make)(bool narrow, void *arg), void *arg)
{
	json_t *events[2] = {NULL, NULL};

	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		struct guest *g = &c->clients[i];
		if (g->id == 0 || !g->watching)
			continue;
		if (events[g->narrow] == NULL)
			events[g->narrow] = make(g->narrow, arg);
		send_json(g, events[g->narrow]);
	}
	json_decref(events[0]);
	json_decref(events[1]);
}
