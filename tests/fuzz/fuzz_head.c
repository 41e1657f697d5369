/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes to the web server, as one connection sends them. It must live on, answer a good request
 * afterwards, and say 2xx only to what a second reader, below, finds well-formed too. */
#include "base/must.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/scratch.h"
#include "web/guard.h"
#include "web/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define GOOD "GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static char dir[] = "/tmp/vangxa-fuzz-XXXXXX";
static struct loop *loop;
static struct clock_real real_clock;
static struct web *web;

static void finish(void)
{
	web_destroy(web);
	loop_destroy(loop);
	scratch_remove(dir);
}

static void start(void)
{
	struct web_config config = {.dir = dir, .www = dir};
	struct err e = {0};

	must(mkdtemp(dir) != NULL);
	loop = loop_create();
	clock_real_open(&real_clock);
	must(guard_listen("127.0.0.1:0", &config.listen, &e));
	must(web_create(&web, &config, loop, &real_clock.clock, &e));
	atexit(finish);
}

/* The answer's first bytes: sent whole, then the end of the client's words. A stream does not end
 * by itself and is left. */
static size_t say(const void *data, size_t len, char answer[static 64])
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(web_port(web)),
				.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char more[4096];
	size_t got = 0, sent = 0;
	ssize_t n = 1;

	must(fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0);
	memset(answer, 0, 64);
	for (int idle = 0; n != 0 && idle < 20;) {
		n = sent < len ? send(fd, (const char *)data + sent, len - sent,
				      MSG_DONTWAIT | MSG_NOSIGNAL) : 0;
		sent += n > 0 ? (size_t)n : 0;
		if (sent == len || (n < 0 && errno != EAGAIN)) {
			sent = len;
			shutdown(fd, SHUT_WR);
		}
		web_step(web, 1);
		n = recv(fd, more, sizeof(more), MSG_DONTWAIT);
		if (n > 0 && got < 63) {
			size_t room = 63 - got < (size_t)n ? 63 - got : (size_t)n;
			memcpy(answer + got, more, room);
			got += room;
		}
		idle = n > 0 ? 0 : idle + 1;
		n = n < 0 && errno == EAGAIN ? 1 : n;
	}
	close(fd);
	web_step(web, 0);
	return got;
}

/* The second reader: RFC 9112 as strictly as it can be taken, on the bytes themselves. */
struct text {
	const char *at, *end;
};

static bool skip(struct text *t, const char *what)
{
	size_t len = strlen(what);

	if ((size_t)(t->end - t->at) < len || memcmp(t->at, what, len) != 0)
		return false;
	t->at += len;
	return true;
}

static size_t span(struct text *t, bool (*fits)(unsigned char))
{
	const char *from = t->at;

	while (t->at < t->end && fits((unsigned char)*t->at))
		t->at++;
	return (size_t)(t->at - from);
}

static bool tchar(unsigned char c)
{
	return c > ' ' && c < 0x7f && strchr("\"(),/:;<=>?@[\\]{}", c) == NULL;
}

static bool target_char(unsigned char c)
{
	return c > ' ' && c != 0x7f && c != '#';
}

static bool value_char(unsigned char c)
{
	return c == '\t' || (c >= ' ' && c != 0x7f);
}

static bool line_is_good(struct text *t, int *hosts, int *lengths, bool *coded)
{
	const char *name = t->at;
	size_t len = span(t, tchar);

	*hosts += len == 4 && strncasecmp(name, "Host", 4) == 0;
	*lengths += len == 14 && strncasecmp(name, "Content-Length", 14) == 0;
	*coded |= len == 17 && strncasecmp(name, "Transfer-Encoding", 17) == 0;
	if (len == 0 || !skip(t, ":"))
		return false;
	span(t, value_char);
	return skip(t, "\r\n");
}

static bool is_good(const uint8_t *data, size_t len)
{
	struct text t = {(const char *)data, (const char *)data + len};
	int hosts = 0, lengths = 0;
	bool coded = false;

	while (t.at < t.end && (*t.at == '\r' || *t.at == '\n'))
		t.at++;
	if (span(&t, tchar) == 0 || !skip(&t, " /"))
		return false;
	const char *target = t.at;
	size_t target_len = span(&t, target_char);
	for (size_t i = 0; i + 2 < target_len; i++)
		if (strncmp(target + i, "%00", 3) == 0)
			return false;
	if (!skip(&t, " HTTP/1.") || t.at == t.end || *t.at < '0' || *t.at > '9')
		return false;
	t.at++;
	if (!skip(&t, "\r\n"))
		return false;
	while (!skip(&t, "\r\n"))
		if (!line_is_good(&t, &hosts, &lengths, &coded))
			return false;
	return hosts == 1 && lengths <= 1 && !coded;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static int asked;
	char answer[64];

	if (web == NULL)
		start();
	if (len > 1 << 16)
		return 0;
	size_t got = say(data, len, answer);
	must(got < 12 || answer[9] != '2' || is_good(data, len));
	if (asked++ % 16 != 0)
		return 0;
	say(GOOD, strlen(GOOD), answer);
	must(strncmp(answer, "HTTP/1.1 200 ", 13) == 0);
	return 0;
}
