/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/head.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool escapes(const char *percent, const char *digits)
{
	return strncasecmp(percent + 1, digits, 2) == 0;
}

static bool bad_target(struct err *e)
{
	return err_set(e, ERR_USAGE, T("địa chỉ có ký tự không được phép",
				       "the address holds characters that may not be there"));
}

bool head_target(const char *target, struct err *e)
{
	bool path = true;

	if (target[0] != '/')
		return bad_target(e);
	for (const char *c = target; *c != '\0'; c++) {
		if ((unsigned char)*c <= ' ' || *c == 0x7f || *c == '#')
			return bad_target(e);
		path &= *c != '?';
		if (*c != '%')
			continue;
		if (!is_hex(c[1]) || !is_hex(c[2]) || escapes(c, "00") ||
		    (path && (escapes(c, "2f") || escapes(c, "5c"))))
			return bad_target(e);
	}
	return true;
}

/* Headers that mean something here: with two of them, who knows which one counts? */
static const char *const single[] = {
	"Host",		   "Content-Length", "Transfer-Encoding", "Origin",
	"Sec-Fetch-Site",  "Content-Type",   "Authorization",	  "Cookie",
	"Expect",	   "Range",	     "If-Range",	  "If-None-Match",
	"Upload-Length",   "Upload-Offset",  "Upload-Metadata",	  "Upload-Checksum",
	"Tus-Resumable",   "X-HTTP-Method-Override",
};

struct lines {
	bool in_place;	/* what lies between the pieces can be looked at */
	const char *at; /* where the last line's CR LF must stand */
	uint32_t seen;	/* bits of single[] */
	bool bent;	/* a line is not as it should be */
	bool twice;
};

static bool is_token(const char *text, size_t len)
{
	static const char allowed[] = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz";

	return len > 0 && strspn(text, allowed) == len;
}

static bool is_value(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)text[i] < ' ' && text[i] != '\t') || text[i] == 0x7f)
			return false;
	return true;
}

/* From 1.0 on libmicrohttpd parses otherwise and refuses such heads itself when it is told to
 * (port.c). */
static bool reads_in_place(void)
{
	return strncmp(MHD_get_version(), "0.9.", 4) == 0;
}

/* CR LF, name, colon, blanks, value: the value must lie right behind the name, and the name right
 * behind the line before. A folded line has been copied elsewhere; a bare LF leaves one NUL. */
static bool follows(const struct lines *l, const char *key, size_t key_len, const char *value)
{
	if (l->at[0] != '\0' || l->at[1] != '\0' || key != l->at + 2 || key[key_len] != '\0')
		return false;
	const char *at = key + key_len + 1;
	return value == at + strspn(at, " \t");
}

static void count(struct lines *l, const char *key)
{
	_Static_assert(sizeof(single) / sizeof(single[0]) <= 32, "one bit for each");
	for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++) {
		if (strcasecmp(single[i], key) != 0)
			continue;
		l->twice |= (l->seen >> i & 1) != 0;
		l->seen |= UINT32_C(1) << i;
	}
}

static enum MHD_Result line(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len,
			    const char *value, size_t value_len)
{
	struct lines *l = cls;

	(void)kind;
	if (value == NULL || !is_token(key, key_len) || !is_value(value, value_len) ||
	    (l->in_place && !follows(l, key, key_len, value))) {
		l->bent = true;
		return MHD_NO;
	}
	count(l, key);
	l->at = value + value_len;
	return MHD_YES;
}

static bool refuse(unsigned *status, unsigned with, struct err *e, const char *why)
{
	*status = with;
	return err_set(e, ERR_USAGE, T("yêu cầu HTTP không rõ ràng (%s)",
				       "ambiguous HTTP request (%s)"), why);
}

static const char *get(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* However long it is: nobody has to guess what to do about it. */
static bool refuse_chunks(unsigned *status, struct err *e)
{
	*status = MHD_HTTP_LENGTH_REQUIRED;
	return err_set(e, ERR_USAGE,
		       T("đài không nhận nội dung gửi từng khúc (Transfer-Encoding: chunked): hãy "
			 "gửi cả tệp kèm độ dài (Content-Length), ví dụ curl --data-binary @TỆP",
			 "a body sent in chunks (Transfer-Encoding: chunked) is not taken: send "
			 "the whole with its length (Content-Length), for example curl "
			 "--data-binary @FILE"));
}

/* Where the body ends is told by Content-Length alone: chunks have sizes, extensions and trailers
 * that programs read differently, and no client of ours needs them (RFC 9112, 6.1 allows 411). */
static bool body_is_clear(struct MHD_Connection *connection, unsigned *status, struct err *e)
{
	const char *length = get(connection, "Content-Length");
	const char *coding = get(connection, "Transfer-Encoding");
	const char *expect = get(connection, "Expect");

	if (coding != NULL && length != NULL)
		return refuse(status, MHD_HTTP_BAD_REQUEST, e, "Content-Length, Transfer-Encoding");
	if (coding != NULL && strcasecmp(coding, "chunked") != 0)
		return refuse(status, MHD_HTTP_NOT_IMPLEMENTED, e, "Transfer-Encoding");
	if (coding != NULL)
		return refuse_chunks(status, e);
	if (length != NULL && (*length == '\0' || length[strspn(length, "0123456789")] != '\0'))
		return refuse(status, MHD_HTTP_BAD_REQUEST, e, "Content-Length");
	if (expect != NULL && strcasecmp(expect, "100-continue") != 0)
		return refuse(status, MHD_HTTP_EXPECTATION_FAILED, e, "Expect");
	return true;
}

static bool host_is_clear(struct MHD_Connection *connection)
{
	static const char allowed[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz-._:[]";
	const char *host = get(connection, "Host");

	return host != NULL && *host != '\0' && host[strspn(host, allowed)] == '\0';
}

bool head_sound(struct MHD_Connection *connection, const char *method, const char *target,
		const char *target_end, const char *version, unsigned *status, struct err *e)
{
	struct lines l = {.in_place = reads_in_place(), .at = version + strlen(version)};
	size_t size = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
			      ->header_size;

	bool apart = l.in_place && (target != method + strlen(method) + 1 ||
				    version != target_end + 1);
	if (apart || !is_token(method, strlen(method)))
		return refuse(status, MHD_HTTP_BAD_REQUEST, e, T("dòng đầu", "first line"));
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, line, &l);
	/* Behind the last line one more CR LF, and nothing that was not looked at. */
	bool more = l.in_place && (l.at + 4 != method + size || memcmp(l.at, "\0\0\0", 4) != 0);
	if (l.bent || more)
		return refuse(status, MHD_HTTP_BAD_REQUEST, e, T("dòng đầu đề", "header lines"));
	if (l.twice)
		return refuse(status, MHD_HTTP_BAD_REQUEST, e, T("đầu đề trùng", "header twice"));
	if (!host_is_clear(connection))
		return refuse(status, MHD_HTTP_BAD_REQUEST, e, "Host");
	return body_is_clear(connection, status, e);
}
