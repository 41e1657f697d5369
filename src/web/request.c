/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/request.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "web/api.h"
#include "web/carry.h"
#include "web/guard.h"
#include "web/gui.h"
#include "web/guipage.h"
#include "web/head.h"
#include "web/leaving.h"
#include "web/reply.h"
#include "web/route.h"
#include "web/session.h"
#include "web/sheets.h"
#include "web/site.h"
#include "web/stream.h"
#include "web/tus.h"
#include "web/tuslife.h"
#include "web/upload.h"
#include "web/web.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define REPLY_MS 120000	      /* a response that is no stream must be taken by then */
#define IDLE_MS 75000	      /* between requests; libmicrohttpd's own timeout is 60 s */
#define THROWN_BYTES_MAX (8 << 20)

void request_answer(struct request *r, unsigned status, struct MHD_Response *response)
{
	if (r->response != NULL) {
		MHD_destroy_response(response);
		return;
	}
	r->status = status;
	r->response = response;
	request_resume(r);
}

void request_refuse_as(struct request *r, unsigned status, const struct err *e, const char *field)
{
	bool plain = r->route != NULL && r->route->plain;

	r->refused = true;
	request_answer(r, status, plain ? guipage_refusal(e) : reply_error(e, field));
}

void request_refuse(struct request *r, const struct err *e, const char *field)
{
	request_refuse_as(r, reply_status(e->kind), e, field);
}

void request_away(struct request *r, const struct err *why)
{
	struct err e = {0};

	err_set(&e, ERR_FAILED,
		T("Không liên lạc được với đài (%s). Trang chưa biết loa đang phát gì; thử lại.",
		  "The station cannot be reached (%s), so what is on air is unknown; try again."),
		why->text);
	request_refuse_as(r, MHD_HTTP_SERVICE_UNAVAILABLE, &e, NULL);
}

void request_suspend(struct request *r)
{
	if (r->suspended)
		return;
	r->suspended = true;
	MHD_suspend_connection(r->connection);
}

void request_resume(struct request *r)
{
	if (!r->suspended)
		return;
	r->suspended = false;
	MHD_resume_connection(r->connection);
}

const char *request_header(struct request *r, const char *name)
{
	return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

/* Ambiguous requests are where two programs read one message differently (request smuggling): they
 * are not awaited and their connection is not used again. */
static bool head_is_clear(struct request *r, const char *method, const char *version)
{
	const struct visit *v = r->visit;
	unsigned status = MHD_HTTP_BAD_REQUEST;
	struct err e = v->target_error;

	if (e.text[0] == '\0' &&
	    head_sound(r->connection, method, v->target, v->target_end, version, &status, &e))
		return true;
	r->ambiguous = true;
	request_refuse_as(r, status, &e, NULL);
	return false;
}

static bool host_is_ours(struct request *r, struct err *e)
{
	const struct web_config *c = &r->web->config;
	const char *host = request_header(r, "Host");

	if (guard_host(host, c->open, c->hosts, c->host_count))
		return true;
	return err_set(e, ERR_REFUSED,
		       T("tên máy \"%.200s\" lạ; thêm --host TÊN khi khởi động nếu đúng là máy này",
			 "unknown host name \"%.200s\"; start with --host NAME if it is ours"),
		       host);
}

/* A page elsewhere must not act for its visitor: browsers say where a POST comes from. A program
 * that is no browser sends none of these headers. */
static bool origin_is_ours(struct request *r, struct err *e)
{
	const char *origin = request_header(r, "Origin");
	const char *site = request_header(r, "Sec-Fetch-Site");
	bool ours = origin != NULL ? guard_origin(origin, request_header(r, "Host"), r->visit->tls)
				   : site == NULL || strcmp(site, "same-origin") == 0;

	if (ours)
		return true;
	return err_set(e, ERR_REFUSED,
		       T("lệnh này không đến từ trang của đài", "this order does not come from the "
								"station's page"));
}

static bool is_json(struct request *r)
{
	const char *type = request_header(r, "Content-Type");

	return type != NULL && strncasecmp(type, "application/json", 16) == 0 &&
	       (type[16] == '\0' || type[16] == ';' || type[16] == ' ');
}

static void refuse_long(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_USAGE, T("nội dung quá dài", "the body is too long"));
	request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
}

/* By its own word: an answer behind so many bytes would not be waited for. */
static bool says_long(struct request *r)
{
	const char *length = request_header(r, "Content-Length");

	return length != NULL && strtoll(length, NULL, 10) > HTTP_BODY_BYTES_MAX;
}

static void check_post(struct request *r)
{
	struct err e = {0};

	if (!origin_is_ours(r, &e)) {
		request_refuse(r, &e, NULL);
		return;
	}
	if (r->route->body == NULL && !r->route->bare && !is_json(r)) {
		err_set(&e, ERR_USAGE, T("cần Content-Type: application/json",
					 "Content-Type: application/json is required"));
		request_refuse_as(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, &e, NULL);
	} else if (r->route->body == NULL && says_long(r)) {
		refuse_long(r);
	}
}

/* Before a byte of the body is read: who may not has nothing to send. */
static void check_right(struct request *r)
{
	const char *right = route_right(r->route);
	struct err e = {0};

	if (right != NULL && !session_may(r, right, &e))
		request_refuse(r, &e, NULL);
}

static void refuse_method(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_USAGE, T("địa chỉ này không nhận phương thức đó",
				 "this address does not take that method"));
	request_refuse_as(r, MHD_HTTP_METHOD_NOT_ALLOWED, &e, NULL);
	reply_header(r->response, "Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
}

/* The first call: only the head is there. */
static void begin(struct request *r, const char *url, const char *method)
{
	struct err e = {0};
	bool other, get;

	method = tus_method(r, method, url);
	get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	r->head = strcmp(method, "HEAD") == 0;
	if (!host_is_ours(r, &e)) {
		request_refuse(r, &e, NULL);
		return;
	}
	r->route = route_find(method, url, r->parameter, &other);
	if (r->route == NULL && (other || !get)) {
		refuse_method(r);
	} else if (r->route != NULL) {
		if (!get)
			check_post(r);
		if (r->response == NULL)
			check_right(r);
		if (r->response == NULL && r->route->begin != NULL)
			r->route->begin(r);
	}
}

static bool take_body(struct request *r, const char *data, size_t len)
{
	if (r->refused || r->route == NULL) {
		r->thrown += len;
		return r->thrown <= THROWN_BYTES_MAX;
	}
	if (r->route->body != NULL) {
		r->route->body(r, data, len);
	} else if (r->body.len + len > HTTP_BODY_BYTES_MAX) {
		refuse_long(r);
	} else {
		buf_add(&r->body, data, len);
	}
	return true;
}

static enum MHD_Result queue(struct request *r)
{
	bool stream = r->route != NULL && r->route->stream && !r->refused;

	r->visit->deadline_ms = stream ? 0 : web_now_ms(r->web) + REPLY_MS + r->allow_ms;
	r->queued = true;
	if (r->visit->tls && !r->lent)
		reply_tls(r->response);
	enum MHD_Result result = MHD_queue_response(r->connection, r->status, r->response);
	if (r->lent)
		r->response = NULL;
	return result;
}

/* Short bodies of refused requests are drained, so that closing does not reset the connection under
 * the answer. One that is long, whose end is in doubt, or that the client holds back until told to
 * go on is not awaited: the answer goes out at once and the connection closes (linger.h). */
static bool await_body(struct request *r)
{
	const char *length = request_header(r, "Content-Length");

	return !r->ambiguous && request_header(r, "Expect") == NULL &&
	       (length == NULL || strtoll(length, NULL, 10) <= 1 << 20);
}

static struct visit *visit_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	must(info != NULL && info->socket_context != NULL);
	return info->socket_context;
}

/* The page says which language it shows. Of what a browser opens by itself only an address of the
 * interface may name one: the language of a browser is not that of the person who sits there, and a
 * form without scripts has no switch. */
static enum text_reader reader_of(struct MHD_Connection *connection, const char *url)
{
	const char *asked = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "lang");

	if (strncmp(url, "/api/", 5) != 0 && strncmp(url, "/files", 6) != 0)
		return TEXT_OWN;
	if (text_reader(asked) != TEXT_OWN)
		return text_reader(asked);
	return text_accepted(MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
							 "Accept-Language"));
}

static struct request *create(struct web *w, struct MHD_Connection *connection, const char *url)
{
	struct request *r = calloc(1, sizeof(*r));

	must(r != NULL);
	r->web = w;
	r->connection = connection;
	r->reader = reader_of(connection, url);
	r->visit = visit_of(connection);
	r->visit->request = r;
	r->visit->deadline_ms = web_now_ms(w) + w->config.body_ms;
	return r;
}

/* The target as it came, before it is decoded. NULL: the request's context is still to be made. */
void *request_target(void *web, const char *target, struct MHD_Connection *connection)
{
	struct visit *v = visit_of(connection);

	(void)web;
	v->target = target;
	v->target_end = target + strlen(target);
	v->target_error = (struct err){0};
	head_target(target, &v->target_error);
	return NULL;
}

static enum MHD_Result handle(struct request *r, bool first, const char *url, const char *method,
			      const char *version, const char *data, size_t *data_len)
{
	if (first) {
		if (head_is_clear(r, method, version))
			begin(r, url, method);
		r->visit->early = r->refused && !await_body(r);
		return r->visit->early ? queue(r) : MHD_YES;
	}
	if (*data_len > 0) {
		size_t len = *data_len;
		*data_len = 0;
		return take_body(r, data, len) ? MHD_YES : MHD_NO;
	}
	if (r->response == NULL && !r->begun) {
		r->begun = true;
		if (r->route != NULL)
			r->route->answer(r);
		else
			site_answer(r->visit->tls ? r->web->site_tls : r->web->site, r, url);
	}
	return r->response != NULL ? queue(r) : MHD_YES;
}

enum MHD_Result request_handle(void *web, struct MHD_Connection *connection, const char *url,
			       const char *method, const char *version, const char *data,
			       size_t *data_len, void **cls)
{
	bool first = *cls == NULL;

	if (first)
		*cls = create(web, connection, url);
	struct request *r = *cls;
	enum text_reader before = text_speak(r->reader);
	enum MHD_Result result = handle(r, first, url, method, version, data, data_len);

	text_speak(before);
	return result;
}

void request_completed(void *web, struct MHD_Connection *connection, void **cls,
		       enum MHD_RequestTerminationCode why)
{
	struct request *r = *cls;
	struct web *w = web;

	(void)connection;
	(void)why;
	if (r == NULL)
		return;
	*cls = NULL;
	leaving_forget(r);
	api_forsake(r);
	upload_forsake(r);
	gui_forsake(r);
	sheets_forsake(r);
	if (r->tus != NULL)
		tuslife_forget(r->tus, r);
	if (r->stream != NULL)
		r->stream->request = NULL;
	if (r->carry != NULL)
		carry_forsake(r->carry);
	if (r->response != NULL)
		MHD_destroy_response(r->response);
	buf_finish(&r->body);
	r->visit->request = NULL;
	r->visit->deadline_ms = web_now_ms(w) + IDLE_MS;
	free(r);
}
