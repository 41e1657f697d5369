/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/reply.h"

#include "base/must.h"

#include <string.h>

/* blob: is what the page itself holds: a chosen file is heard before it is sent. */
#define POLICY                                                                                     \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "                \
	"media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "       \
	"form-action 'self'; frame-ancestors 'none'"

void reply_header(struct MHD_Response *response, const char *name, const char *value)
{
	must(MHD_add_response_header(response, name, value) == MHD_YES);
}

void reply_guard(struct MHD_Response *response, const char *cache)
{
	reply_header(response, "Cache-Control", cache != NULL ? cache : "no-store");
	reply_header(response, "Content-Security-Policy", POLICY);
	reply_header(response, "X-Content-Type-Options", "nosniff");
	reply_header(response, "Referrer-Policy", "no-referrer");
	reply_header(response, "Cross-Origin-Opener-Policy", "same-origin");
	reply_header(response, "Cross-Origin-Resource-Policy", "same-origin");
}

void reply_tls(struct MHD_Response *response)
{
	reply_header(response, "Strict-Transport-Security", "max-age=31536000");
}

struct MHD_Response *reply_json(json_t *body)
{
	char *text = json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(12));

	must(text != NULL);
	json_decref(body);
	struct MHD_Response *response =
		MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
	must(response != NULL);
	reply_header(response, "Content-Type", "application/json; charset=utf-8");
	reply_guard(response, NULL);
	return response;
}

struct MHD_Response *reply_csv(const char *text)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);

	must(response != NULL);
	reply_header(response, "Content-Type", "text/csv; charset=utf-8");
	reply_header(response, "Content-Disposition", "attachment; filename=\"nhat-ky.csv\"");
	reply_guard(response, NULL);
	return response;
}

json_t *reply_error_body(const struct err *e, const char *field)
{
	json_t *error = json_pack("{s:s, s:s}", "code", err_code(e->kind), "text", e->text);

	must(error != NULL);
	if (field != NULL)
		json_object_set_new(error, "field", json_string(field));
	return json_pack("{s:o}", "error", error);
}

struct MHD_Response *reply_error(const struct err *e, const char *field)
{
	return reply_json(reply_error_body(e, field));
}

unsigned reply_status(enum err_kind kind)
{
	switch (kind) {
	case ERR_USAGE:
		return MHD_HTTP_BAD_REQUEST;
	case ERR_NOT_FOUND:
		return MHD_HTTP_NOT_FOUND;
	case ERR_LOGIN:
		return MHD_HTTP_UNAUTHORIZED;
	case ERR_TOO_MANY:
		return MHD_HTTP_TOO_MANY_REQUESTS;
	case ERR_REFUSED:
		return MHD_HTTP_FORBIDDEN;
	case ERR_CONFLICT:
		return MHD_HTTP_CONFLICT;
	case ERR_UNSUPPORTED:
		return MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
	case ERR_DAMAGED:
		return MHD_HTTP_UNPROCESSABLE_CONTENT;
	case ERR_NO_SPACE:
		return MHD_HTTP_INSUFFICIENT_STORAGE;
	default:
		return MHD_HTTP_INTERNAL_SERVER_ERROR;
	}
}
