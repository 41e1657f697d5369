/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTP request from its head to its response: checks, body, dispatch, suspension. */
#ifndef VX_WEB_REQUEST_H
#define VX_WEB_REQUEST_H

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "web/link.h"
#include "web/route.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct carry;
struct gui;
struct leaving;
struct sheet;
struct stream;
struct tuslife;
struct upload;
struct visit;
struct web;

/* Lives from the head's arrival until libmicrohttpd says that it is completed. */
struct request {
	struct web *web;
	struct visit *visit;
	struct MHD_Connection *connection;
	const struct route *route;
	enum text_reader reader; /* whom its answers speak to */
	int64_t account;	 /* whose session it shows; 0 nobody's, or nobody looked */
	bool inspector;		 /* that account's role */
	char parameter[ROUTE_PARAMETER_BYTES]; /* of the path; "" if the route has none */
	bool head;		 /* HEAD: the response has no body */
	bool begun;		 /* the answer was asked for */
	bool ambiguous;		 /* the head could be read in two ways */
	bool refused;		 /* a response stands already: the body is thrown away */
	bool suspended;
	bool queued;
	struct buf body;	 /* JSON bodies, at most HTTP_BODY_BYTES_MAX */
	size_t thrown;		 /* bytes of a refused body */
	struct MHD_Response *response; /* ready to be queued, then ours to drop */
	bool lent;		 /* response belongs to the site: valid until queued, not dropped */
	unsigned status;
	int64_t allow_ms;	 /* more time for a long response to be taken */
	struct link ask;	 /* the question to the station, if any */
	bool asking;
	json_t *question;	 /* waits for its turn to be asked; NULL: does not */
	struct request *behind;	 /* who waits next */
	struct stream *stream;	 /* the response's, if it is a stream */
	struct leaving *leaving; /* looks whether whoever asked is there */
	struct carry *carry;	 /* the response's, if the station's own bytes pass through it */
	const char *right;	 /* that it needs besides the route's; NULL: none */
	struct upload *upload;
	struct sheet *sheet;	 /* that it brings or asks for */
	struct gui *gui;	 /* the form that is arriving */
	struct tuslife *tus;	 /* that this request sends to, or waits for */
	int64_t since_ms;	 /* monotonic; its body began */
};

/* The response to this request; takes over the reference. Later calls are ignored: the first word
 * stands. Resumes the connection if it was suspended. */
void request_answer(struct request *r, unsigned status, struct MHD_Response *response);
void request_refuse(struct request *r, const struct err *e, const char *field);
/* The same with a status that no kind of error has (405, 413, 415, 503…). */
void request_refuse_as(struct request *r, unsigned status, const struct err *e, const char *field);
/* 503 with a sentence: no station answers. */
void request_away(struct request *r, const struct err *why);

/* No more work on this connection until request_resume. Both are fine twice. */
void request_suspend(struct request *r);
void request_resume(struct request *r);

/* A header of the request, NULL if absent. */
const char *request_header(struct request *r, const char *name);

/* libmicrohttpd's callbacks. */
void *request_target(void *web, const char *target, struct MHD_Connection *connection);
enum MHD_Result request_handle(void *web, struct MHD_Connection *connection, const char *url,
			       const char *method, const char *version, const char *data,
			       size_t *data_len, void **cls);
void request_completed(void *web, struct MHD_Connection *connection, void **cls,
		       enum MHD_RequestTerminationCode why);

#endif
