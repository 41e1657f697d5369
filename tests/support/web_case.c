/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/web_case.h"

#include "base/must.h"
#include "support/tmpdir.h"
#include "sys/sock.h"
#include "web/web.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define BOUND_MS 60000 /* of a machine that builds and checks beside: an idle one needs no 50 */

static void put_file(const char *folder, const char *name, const char *text)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	must(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

void web_case_start(struct web_case *c)
{
	struct web_config config = {.dir = c->dir, .www = c->www};
	struct err e = {0};

	memset(c, 0, sizeof(*c));
	c->control_fd = c->live_fd = c->listener = -1;
	for (int i = 0; i < WEB_CASE_CLIENTS; i++)
		c->control[i] = -1;
	c->reply = web_case_answers;
	tmpdir_make(c->dir);
	snprintf(c->www, sizeof(c->www), "%s/www", c->dir);
	must(mkdir(c->www, 0700) == 0);
	put_file(c->www, "index.html", "<!doctype html><title>t</title>");
	put_file(c->www, "app-AAAAAAA7.js", "plain");
	put_file(c->www, "app-AAAAAAA7.js.gz", "zipped");
	put_file(c->dir, "secret", "secret");
	web_case_station(c, true);
	c->loop = loop_create();
	clock_real_open(&c->clock);
	must(guard_listen("127.0.0.1:0", &config.listen, &e));
	must(web_create(&c->web, &config, c->loop, &c->clock.clock, &e));
}

void web_case_impatient(struct web_case *c)
{
	c->web->config.head_ms = 300;
	c->web->config.body_ms = 400;
}

static void hang_up(struct web_case *c)
{
	for (int i = 0; i < WEB_CASE_CLIENTS; i++) {
		if (c->control[i] >= 0)
			close(c->control[i]);
		c->control[i] = -1;
		buf_finish(&c->said[i]);
	}
	if (c->listener >= 0)
		close(c->listener);
	c->listener = -1;
}

void web_case_end(struct web_case *c)
{
	web_destroy(c->web);
	web_case_station(c, false);
	clock_real_close(&c->clock);
	loop_destroy(c->loop);
	tmpdir_remove(c->dir);
}

void web_case_station(struct web_case *c, bool there)
{
	struct err e = {0};
	char path[100];

	if (!there) {
		hang_up(c);
		close(c->control_fd);
		close(c->live_fd);
		c->control_fd = c->live_fd = -1;
		return;
	}
	snprintf(path, sizeof(path), "%s/control.sock", c->dir);
	c->control_fd = sock_listen(path, &e);
	snprintf(path, sizeof(path), "%s/live.sock", c->dir);
	c->live_fd = sock_listen(path, &e);
	must(c->control_fd >= 0 && c->live_fd >= 0);
}

/* Who asked may have gone, as the web does when its last page closes. */
static void say(int fd, const char *text)
{
	ssize_t sent = send(fd, text, strlen(text), MSG_NOSIGNAL);

	must(sent == (ssize_t)strlen(text) || errno == EPIPE || errno == ECONNRESET);
}

void web_case_answers(int fd, const char *line)
{
	if (strstr(line, "\"bulletin.add\"") != NULL)
		say(fd, "{\"id\":1,\"progress\":0.5}\n"
			"{\"id\":1,\"ok\":true,\"bulletin\":{\"id\":\"B7\"}}\n");
	else if (strstr(line, "\"play\"") != NULL)
		say(fd, "{\"id\":1,\"error\":{\"code\":\"not_found\",\"text\":\"no B9\"}}\n");
	else
		say(fd, "{\"id\":1,\"ok\":true,\"station\":{\"name\":\"Đài\"}}\n");
}

void web_case_tell(struct web_case *c, const char *line)
{
	for (int i = 0; i < WEB_CASE_CLIENTS; i++)
		if (c->control[i] >= 0)
			send(c->control[i], line, strlen(line), MSG_NOSIGNAL);
}

static void serve_one(struct web_case *c, int i)
{
	char piece[4096];
	ssize_t n = recv(c->control[i], piece, sizeof(piece), MSG_DONTWAIT);

	if (n == 0 || (n < 0 && errno != EAGAIN)) {
		close(c->control[i]);
		c->control[i] = -1;
		buf_finish(&c->said[i]);
		return;
	}
	if (n > 0)
		buf_add(&c->said[i], piece, (size_t)n);
	char *end = c->said[i].len > 0 ? memchr(c->said[i].data, '\n', c->said[i].len) : NULL;
	if (end == NULL)
		return;
	*end = '\0';
	c->reply(c->control[i], c->said[i].data);
	buf_drop(&c->said[i], (size_t)(end - c->said[i].data) + 1);
}

static void serve(struct web_case *c)
{
	int fd = c->live_fd >= 0 ? sock_accept(c->live_fd) : -1;

	if (fd >= 0) {
		if (c->listener >= 0)
			close(c->listener);
		c->listener = fd;
	}
	for (int i = 0; i < WEB_CASE_CLIENTS; i++) {
		if (c->control[i] < 0 && c->control_fd >= 0)
			c->control[i] = sock_accept(c->control_fd);
		if (c->control[i] >= 0)
			serve_one(c, i);
	}
}

void web_case_step(struct web_case *c)
{
	web_step(c->web, 5);
	serve(c);
}

int web_case_connect(struct web_case *c, const char *text)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
				.sin_port = htons(web_port(c->web)),
				.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	must(fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0);
	say(fd, text);
	return fd;
}

bool web_case_until(struct web_case *c, int fd, struct buf *got, const char *what)
{
	struct mono until = mono_add_ns(clock_mono(&c->clock.clock), BOUND_MS * NS_PER_MS);
	size_t seen = 0; /* begins no `what`, and is not looked at again: tens of megabytes come */
	char piece[16384];

	while (clock_mono(&c->clock.clock).ns < until.ns) {
		web_case_step(c);
		ssize_t n;
		while ((n = recv(fd, piece, sizeof(piece), MSG_DONTWAIT)) > 0)
			buf_add(got, piece, (size_t)n);
		if (what != NULL && got->len > seen &&
		    memmem(got->data + seen, got->len - seen, what, strlen(what)) != NULL)
			return true;
		if (what != NULL && got->len >= strlen(what))
			seen = got->len + 1 - strlen(what);
		if (n == 0 || (n < 0 && errno != EAGAIN))
			return what == NULL;
	}
	return false;
}

struct buf web_case_ask(struct web_case *c, const char *head, const char *body)
{
	struct buf text = {0}, got = {0};

	buf_print(&text, "%s\r\nConnection: close\r\nHost: localhost\r\n", head);
	if (body != NULL)
		buf_print(&text, "Content-Length: %zu\r\n", strlen(body));
	buf_print(&text, "\r\n%s", body != NULL ? body : "");
	int fd = web_case_connect(c, buf_str(&text));
	must(web_case_until(c, fd, &got, NULL));
	close(fd);
	buf_finish(&text);
	buf_text(&got, "");
	return got;
}
