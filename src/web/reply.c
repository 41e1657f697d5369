/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/reply.h"

#include "base/gzip.h"
#include "base/buf.h"
#include "base/must.h"
#include "web/pack.h"

#include <stdlib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define TAG_HASH_BYTES ((REPLY_TAG_BYTES - 5) / 2) /* W/"…" */
#define LONG_BYTES 1400 /* less fits into one packet anyway */

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
	/* The page records; nothing else of a phone is its affair. */
	reply_header(response, "Permissions-Policy",
		     "camera=(), geolocation=(), microphone=(self), payment=(), usb=()");
}

void reply_tls(struct MHD_Response *response)
{
	reply_header(response, "Strict-Transport-Security", "max-age=31536000");
}

/* Takes over the memory of the text. */
static struct MHD_Response *json_response(char *text, size_t len)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(len, text, MHD_RESPMEM_MUST_FREE);

	must(response != NULL);
	reply_header(response, "Content-Type", "application/json; charset=utf-8");
	reply_guard(response, NULL);
	return response;
}

static char *text_of(json_t *body)
{
	char *text = json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(12));

	must(text != NULL);
	json_decref(body);
	return text;
}

struct MHD_Response *reply_json(json_t *body)
{
	char *text = text_of(body);

	return json_response(text, strlen(text));
}

/* Weak: packed and plain are the same answer, and not the same bytes (RFC 9110 §8.8.1). */
static void tag_of(const char *text, size_t len, char tag[static REPLY_TAG_BYTES])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * TAG_HASH_BYTES + 1];

	crypto_hash_sha256(hash, (const unsigned char *)text, len);
	sodium_bin2hex(hex, sizeof(hex), hash, TAG_HASH_BYTES);
	snprintf(tag, REPLY_TAG_BYTES, "W/\"%s\"", hex);
}

void reply_tag(const json_t *body, char tag[static REPLY_TAG_BYTES])
{
	char *text = text_of(json_incref((json_t *)(uintptr_t)body));

	tag_of(text, strlen(text), tag);
	free(text);
}

/* What a login says is short, and so is never packed along with what a stranger chose: the length
 * of such a mixture would tell of the secret (BREACH). */
struct MHD_Response *reply_long_json(json_t *body, const char *accept_encoding)
{
	char *text = text_of(body);
	size_t len = strlen(text);
	struct buf packed = {0};
	char tag[REPLY_TAG_BYTES];

	if (len < LONG_BYTES)
		return json_response(text, len);
	tag_of(text, len, tag);
	if (!pack_taken(accept_encoding)) {
		struct MHD_Response *plain = json_response(text, len);
		reply_header(plain, "ETag", tag);
		return plain;
	}
	gzip_pack(&packed, text, len);
	free(text);
	struct MHD_Response *response = json_response(packed.data, packed.len);
	reply_header(response, "Content-Encoding", "gzip");
	reply_header(response, "Vary", "Accept-Encoding");
	reply_header(response, "ETag", tag);
	return response;
}

struct MHD_Response *reply_unchanged(const char *etag)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

	must(response != NULL);
	reply_header(response, "ETag", etag);
	reply_guard(response, NULL);
	return response;
}

struct MHD_Response *reply_text(const char *text, const char *type)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);

	must(response != NULL);
	reply_header(response, "Content-Type", type);
	reply_guard(response, NULL);
	return response;
}

struct MHD_Response *reply_csv(const char *text)
{
	struct MHD_Response *response = reply_text(text, "text/csv; charset=utf-8");

	reply_header(response, "Content-Disposition", "attachment; filename=\"nhat-ky.csv\"");
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
	case ERR_DIFFERS:
		return MHD_HTTP_PRECONDITION_FAILED;
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
	case ERR_STALLED:
		return MHD_HTTP_SERVICE_UNAVAILABLE;
	default:
		return MHD_HTTP_INTERNAL_SERVER_ERROR;
	}
}
