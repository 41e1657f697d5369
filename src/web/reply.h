/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making responses: JSON, errors, and the headers that every response carries. */
#ifndef VX_WEB_REPLY_H
#define VX_WEB_REPLY_H

#include "base/err.h"

#include <jansson.h>
#include <microhttpd.h>

/* Content-Security-Policy (nothing inline, nothing from elsewhere), nosniff, no-referrer and the
 * like; cache is the Cache-Control, NULL for "no-store". Never fails. */
void reply_guard(struct MHD_Response *response, const char *cache);
/* Over TLS alone: from now on this name is asked for over TLS. */
void reply_tls(struct MHD_Response *response);

/* Adds one header; ours are short and right, so it must succeed. */
void reply_header(struct MHD_Response *response, const char *name, const char *value);

/* A JSON response; takes over the reference of body. The caller destroys the response. */
struct MHD_Response *reply_json(json_t *body);

/* The same; a long one has an ETag, and is packed if that header of the request (NULL: none) takes
 * gzip. Caches keep none of it: a page that asks with If-None-Match keeps tag and answer. */
struct MHD_Response *reply_long_json(json_t *body, const char *accept_encoding);

/* The ETag that reply_long_json gives this body; the reference stays the caller's. */
#define REPLY_TAG_BYTES 29
void reply_tag(const json_t *body, char tag[static REPLY_TAG_BYTES]);

/* 304, for who has the answer of that tag. */
struct MHD_Response *reply_unchanged(const char *etag);

/* Text of this Content-Type. Copies the text. */
struct MHD_Response *reply_text(const char *text, const char *type);

/* A sheet of CSV, which browsers keep as a file. Copies the text. */
struct MHD_Response *reply_csv(const char *text);

/* {"error":{"code","text","field"?}}; field may be NULL. The json_t and the response are the
 * caller's. */
json_t *reply_error_body(const struct err *e, const char *field);
struct MHD_Response *reply_error(const struct err *e, const char *field);

/* The HTTP status of an error of this kind. */
unsigned reply_status(enum err_kind kind);

#endif
