/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/carry.h"

#include "base/json.h"
#include "base/must.h"
#include "report/filetype.h"
#include "sys/loop.h"
#include "web/api.h"
#include "web/leaving.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/web.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define PIECE_BYTES 32768
#define ZIP "application/zip"
#define POLICY_NAME "Content-Security-Policy"
#define END_BYTES 22 /* of a zip file without a comment: its end of central directory record */

/* Belongs to its response. */
struct carry {
	struct request *request; /* NULL: gone */
	struct loop *loop;
	struct watch watch; /* fd −1: closed */
	bool watched;
	struct buf rest; /* came before it was ours */
	int64_t bytes;	 /* that it must have, −1: nobody knows */
	int64_t sent;
	char end[END_BYTES];
};

/* The last bytes that went out. */
static void remember(struct carry *c, const char *data, size_t len)
{
	if (len >= END_BYTES) {
		memcpy(c->end, data + len - END_BYTES, END_BYTES);
		return;
	}
	memmove(c->end, c->end + len, END_BYTES - len);
	memcpy(c->end + END_BYTES - len, data, len);
}

static void unwatch(struct carry *c)
{
	if (c->watched)
		loop_unwatch(c->loop, &c->watch);
	c->watched = false;
}

static void ready(struct watch *w, uint32_t events)
{
	struct carry *c = w->arg;

	(void)events;
	unwatch(c);
	if (c->request != NULL)
		request_resume(c->request);
}

static ssize_t take(struct carry *c, char *data, size_t max)
{
	if (c->rest.len == 0)
		return recv(c->watch.fd, data, max, MSG_DONTWAIT);
	size_t len = c->rest.len < max ? c->rest.len : max;
	memcpy(data, c->rest.data, len);
	buf_drop(&c->rest, len);
	return (ssize_t)len;
}

static ssize_t give(void *cls, uint64_t pos, char *data, size_t max)
{
	struct carry *c = cls;
	ssize_t n = take(c, data, max);

	(void)pos;
	if (n > 0) {
		remember(c, data, (size_t)n);
		c->sent += n;
		return n;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
		must(c->request != NULL);
		loop_watch(c->loop, &c->watch);
		c->watched = true;
		request_suspend(c->request);
		return 0;
	}
	bool whole = c->bytes >= 0 ? c->sent == c->bytes
				   : memcmp(c->end, "PK\5\6", 4) == 0;
	return n == 0 && whole ? MHD_CONTENT_READER_END_OF_STREAM
			       : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void destroy(void *cls)
{
	struct carry *c = cls;

	unwatch(c);
	close(c->watch.fd);
	if (c->request != NULL)
		c->request->carry = NULL;
	buf_finish(&c->rest);
	free(c);
}

void carry_forsake(struct carry *c)
{
	unwatch(c);
	c->request = NULL;
}

void carry_answer(struct request *r)
{
	const char *format = r->route->format;

	if (r->head) {
		request_answer(r, MHD_HTTP_OK,
			       reply_text("", format != NULL ? filetype_of(format) : ZIP));
		return;
	}
	api_ask(r);
	if (r->response != NULL)
		return;
	leaving_watch(r);
	if (r->route->wait_ms > 0)
		r->visit->deadline_ms = web_now_ms(r->web) + r->route->wait_ms;
}

/* A page to print has its style within itself, and nothing else. */
#define PAPER_POLICY                                                                               \
	"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "     \
	"frame-ancestors 'none'"

static void say_what(struct MHD_Response *response, const json_t *reply)
{
	const char *type = json_get_text(reply, "type", ZIP);
	bool shown = strncmp(type, "text/html", 9) == 0;
	char name[160];

	snprintf(name, sizeof(name), "%s; filename=\"%.100s\"", shown ? "inline" : "attachment",
		 json_get_text(reply, "file", "pack.zip"));
	reply_header(response, "Content-Type", type);
	reply_header(response, "Content-Disposition", name);
	reply_guard(response, "no-store");
	if (shown) {
		const char *old = MHD_get_response_header(response, POLICY_NAME);

		must(MHD_del_response_header(response, POLICY_NAME, old) == MHD_YES);
		reply_header(response, POLICY_NAME, PAPER_POLICY);
	}
}

void carry_file(struct request *r, const json_t *reply, int fd, struct buf *rest)
{
	struct carry *c = calloc(1, sizeof(*c));

	must(c != NULL);
	*c = (struct carry){.request = r, .loop = r->web->loop, .rest = *rest,
			    .bytes = json_get_integer(reply, "bytes", -1),
			    .watch = {.fd = fd, .events = EPOLLIN, .ready = ready, .arg = c}};
	*rest = (struct buf){0};
	leaving_forget(r);
	r->carry = c;
	struct MHD_Response *response = MHD_create_response_from_callback(
		c->bytes >= 0 ? (uint64_t)c->bytes : MHD_SIZE_UNKNOWN, PIECE_BYTES, give, c,
		destroy);
	must(response != NULL);
	say_what(response, reply);
	request_answer(r, MHD_HTTP_OK, response);
}
