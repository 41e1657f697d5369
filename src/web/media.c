/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/media.h"

#include "base/err.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/site.h"
#include "web/web.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define BYTES_PER_MS_MIN 2 /* a master is 60 bytes a ms: a player on a thin line asks again */

/* Digits as a number; more than fit are as good as the most. −1: no digit there. */
static int64_t digits(const char **at)
{
	int64_t n = 0;

	if (**at < '0' || **at > '9')
		return -1;
	for (; **at >= '0' && **at <= '9'; (*at)++)
		n = n > INT64_MAX / 10 - 9 ? INT64_MAX / 10 : 10 * n + (**at - '0');
	return n;
}

enum media_range media_range(const char *header, int64_t size, int64_t *first, int64_t *last)
{
	if (header == NULL || strncasecmp(header, "bytes=", 6) != 0)
		return MEDIA_WHOLE;
	const char *at = header + 6;
	at += strspn(at, " \t");
	*first = digits(&at);
	if (*at++ != '-')
		return MEDIA_WHOLE;
	*last = digits(&at);
	at += strspn(at, " \t");
	if (*at != '\0' || (*first < 0 && *last < 0) || (*last >= 0 && *last < *first))
		return MEDIA_WHOLE;
	if (*first < 0) { /* the last so many bytes */
		int64_t tail = *last < size ? *last : size;
		*first = size - tail;
		*last = size - 1;
	} else if (*last < 0 || *last >= size) {
		*last = size - 1;
	}
	return *first < size ? MEDIA_PART : MEDIA_NONE;
}

struct media {
	int fd;
	int64_t size;
	char etag[SHA256_HEX_BYTES + 2];
	const char *type;
};

static bool open_media(struct request *r, const json_t *reply, const char *suffix,
		       struct media *m, struct err *e)
{
	const json_t *bulletin = json_object_get(reply, "bulletin");
	const char *sha256 = json_get_text(bulletin, "sha256", "");
	char path[PATH_BYTES + 128];
	struct stat st;

	/* It becomes part of a path. */
	if (strspn(sha256, "0123456789abcdef") != SHA256_HEX_BYTES - 1 || strlen(sha256) != 64)
		return err_set(e, ERR_NOT_FOUND, T("bản tin này không có tiếng",
						   "this bulletin has no sound"));
	snprintf(path, sizeof(path), "%s/masters/%s%s", r->web->config.dir, sha256, suffix);
	m->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (m->fd >= 0 && fstat(m->fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		m->size = st.st_size;
		snprintf(m->etag, sizeof(m->etag), "\"%.64s\"", sha256);
		return true;
	}
	if (m->fd >= 0)
		close(m->fd);
	return err_set(e, ERR_NOT_FOUND,
		       T("tệp %s của bản tin này không có trên đĩa của đài",
			 "the file %s of this bulletin is not on the station's disk"),
		       suffix);
}

static void dress(const struct media *m, struct MHD_Response *response)
{
	reply_guard(response, "private, no-cache");
	reply_header(response, "ETag", m->etag);
	reply_header(response, "Accept-Ranges", "bytes");
	reply_header(response, "Content-Type", m->type);
}

static void send_part(struct request *r, const struct media *m, bool part, int64_t first,
		      int64_t last)
{
	int64_t len = last - first + 1;
	struct MHD_Response *response =
		MHD_create_response_from_fd_at_offset64((uint64_t)len, m->fd, (uint64_t)first);
	char text[96];

	must(response != NULL);
	dress(m, response);
	if (part) {
		snprintf(text, sizeof(text), "bytes %lld-%lld/%lld", (long long)first,
			 (long long)last, (long long)m->size);
		reply_header(response, "Content-Range", text);
	}
	r->allow_ms = len / BYTES_PER_MS_MIN;
	request_answer(r, part ? MHD_HTTP_PARTIAL_CONTENT : MHD_HTTP_OK, response);
}

static void send_none(struct request *r, const struct media *m)
{
	struct err e = {0};
	char text[64];

	err_set(&e, ERR_USAGE, T("tệp không có đoạn đó", "the file has no such part"));
	struct MHD_Response *response = reply_error(&e, NULL);
	snprintf(text, sizeof(text), "bytes */%lld", (long long)m->size);
	reply_header(response, "Content-Range", text);
	request_answer(r, MHD_HTTP_RANGE_NOT_SATISFIABLE, response);
}

static void send_unchanged(struct request *r, const struct media *m)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

	must(response != NULL);
	dress(m, response);
	request_answer(r, MHD_HTTP_NOT_MODIFIED, response);
}

/* In the order of RFC 9110 §13.2.2. If-Range with anything but our tag, a date too, asks for the
 * whole: we send no Last-Modified. A HEAD has no Range (§14.2). */
static void send_file(struct request *r, const struct media *m)
{
	const char *range = r->head ? NULL : request_header(r, "Range");
	const char *if_range = request_header(r, "If-Range");
	int64_t first = 0, last = m->size - 1;

	if (site_unchanged(request_header(r, "If-None-Match"), m->etag)) {
		close(m->fd);
		send_unchanged(r, m);
		return;
	}
	if (if_range != NULL && strcmp(if_range, m->etag) != 0)
		range = NULL;
	switch (media_range(range, m->size, &first, &last)) {
	case MEDIA_WHOLE: send_part(r, m, false, 0, m->size - 1); break;
	case MEDIA_PART: send_part(r, m, true, first, last); break;
	case MEDIA_NONE:
		close(m->fd);
		send_none(r, m);
		break;
	}
}

static void answer_with(struct request *r, json_t *reply, const char *suffix,
			const char *type)
{
	struct media m = {.fd = -1, .type = type};
	struct err e = {0};

	if (open_media(r, reply, suffix, &m, &e))
		send_file(r, &m);
	else
		request_refuse(r, &e, NULL);
	json_decref(reply);
}

void media_audio(struct request *r, json_t *reply)
{
	answer_with(r, reply, ".flac", "audio/flac");
}

void media_waveform(struct request *r, json_t *reply)
{
	answer_with(r, reply, ".wave", "application/json");
}
