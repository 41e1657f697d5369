/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/media.h"

#include "base/err.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/path.h"
#include "base/text.h"
#include "sys/plain.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/site.h"
#include "web/web.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEDIA_BLOCK_BYTES (64 << 10)
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

/* A file or several in a row, as one. Lives until its response is over. */
struct piece {
	int fd;
	int64_t first, size; /* of the file */
};

struct media {
	int count;
	struct piece pieces[RECORDING_PARTS_MAX];
	int64_t size;
	int64_t skip; /* the response begins here */
	char etag[SHA256_HEX_BYTES + 32];
	const char *type;
};

static struct media *media_create(const char *type)
{
	struct media *m = calloc(1, sizeof(*m));

	must(m != NULL);
	m->type = type;
	return m;
}

static void media_destroy(void *media)
{
	struct media *m = media;

	for (int i = 0; i < m->count; i++)
		close(m->pieces[i].fd);
	free(m);
}

/* Adds [first, first + len) of a file, or less if it is shorter; false if it is not there. */
static bool add_piece(struct media *m, const char *path, int64_t first, int64_t len)
{
	struct err ignored;
	int fd = plain_open(path, O_NOFOLLOW, &ignored);
	struct stat st;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) != 0 || st.st_size <= first) {
		close(fd);
		return false;
	}
	int64_t size = st.st_size - first < len ? st.st_size - first : len;
	must(m->count < RECORDING_PARTS_MAX);
	m->pieces[m->count++] = (struct piece){fd, first, size};
	m->size += size;
	return true;
}

/* libmicrohttpd's: up to room bytes from pos on. */
static ssize_t read_media(void *media, uint64_t pos, char *out, size_t room)
{
	const struct media *m = media;
	int64_t at = m->skip + (int64_t)pos;

	for (int i = 0; i < m->count; i++) {
		const struct piece *p = &m->pieces[i];
		if (at >= p->size) {
			at -= p->size;
			continue;
		}
		size_t len = p->size - at < (int64_t)room ? (size_t)(p->size - at) : room;
		ssize_t got = pread(p->fd, out, len, p->first + at);
		return got > 0 ? got : MHD_CONTENT_READER_END_WITH_ERROR;
	}
	return MHD_CONTENT_READER_END_WITH_ERROR;
}

static bool open_master(struct request *r, const json_t *reply, const char *suffix,
			struct media *m, struct err *e)
{
	const json_t *bulletin = json_object_get(reply, "bulletin");
	const char *sha256 = json_get_text(bulletin, "sha256", "");
	char path[PATH_MASTER_BYTES];

	/* It becomes part of a path. */
	if (!path_is_sha256(sha256))
		return err_set(e, ERR_NOT_FOUND, T("bản tin này không có tiếng",
						   "this bulletin has no sound"));
	path_master(path, r->web->config.dir, sha256, suffix);
	snprintf(m->etag, sizeof(m->etag), "\"%.64s\"", sha256);
	return add_piece(m, path, 0, INT64_MAX) ||
	       err_set(e, ERR_NOT_FOUND,
		       T("tệp %s của bản tin này không có trên đĩa của đài",
			 "the file %s of this bulletin is not on the station's disk"),
		       suffix);
}

static bool gone(const char *file, struct err *e)
{
	return err_set(e, ERR_NOT_FOUND,
		       T("tệp ghi âm %s không còn trên đĩa của đài; nhật ký không ghi ai xoá, "
			 "xoá khi nào",
			 "the recording %s is no longer on the station's disk; the log does not say"
			 " who removed it or when"),
		       file);
}

/* YYYY-MM-DDT… as a day. */
static bool removed(const char *file, const json_t *said, struct err *e)
{
	const char *at = json_get_text(said, "at", "");
	bool age = strcmp(json_get_text(said, "why", ""), "age") == 0;

	if (strlen(at) < 10 || strcmp(json_get_text(said, "why", ""), "lost") == 0)
		return gone(file, e);
	return err_set(e, ERR_NOT_FOUND,
		       T("bản ghi âm %s đã xóa ngày %.2s/%.2s/%.4s vì %s", "the recording %s was "
			 "removed on %.2s/%.2s/%.4s: %s"), file, at + 8, at + 5, at,
		       age ? T("đã quá thời hạn giữ", "it was older than they are kept")
			   : T("đĩa sắp đầy", "the disk was filling"));
}

static bool open_part(struct request *r, const json_t *part, struct media *m, struct err *e)
{
	const char *file = json_get_text(part, "file", "");
	int64_t first = json_get_integer(part, "first", -1);
	int64_t bytes = json_get_integer(part, "bytes", -1);
	char path[PATH_BYTES * 2];

	if (strncmp(file, "aircheck/", 9) != 0 || strstr(file, "..") != NULL || first < 0 ||
	    bytes < 0 || m->count == RECORDING_PARTS_MAX)
		return err_set(e, ERR_FAILED, T("%s: không phải bản ghi", "%s: no recording"),
			       file);
	snprintf(path, sizeof(path), "%s/%s", r->web->config.dir, file);
	return bytes == 0 || add_piece(m, path, first, bytes) ||
	       removed(file, json_object_get(part, "removed"), e);
}

/* Bytes of a recording never change; what is still being written grows, and with it the size. */
static bool open_recording(struct request *r, const json_t *reply, struct media *m,
			   struct err *e)
{
	const json_t *parts = json_object_get(json_object_get(reply, "recording"), "parts"), *part;
	size_t i;

	json_array_foreach(parts, i, part) {
		if (!open_part(r, part, m, e))
			return false;
	}
	snprintf(m->etag, sizeof(m->etag), "\"%.32s-%" PRId64 "\"",
		 json_get_text(reply, "airing", ""), m->size);
	return m->size > 0 || gone(json_get_text(reply, "airing", ""), e);
}

static void dress(const struct media *m, struct MHD_Response *response)
{
	reply_guard(response, "private, no-cache");
	reply_header(response, "ETag", m->etag);
	reply_header(response, "Accept-Ranges", "bytes");
	reply_header(response, "Content-Type", m->type);
}

/* Takes the media over. Read by libmicrohttpd in pieces and not with sendfile: one way for a file
 * and for several. */
static void send_part(struct request *r, struct media *m, bool part, int64_t first, int64_t last)
{
	int64_t len = last - first + 1;
	char text[96];

	m->skip = first;
	struct MHD_Response *response = MHD_create_response_from_callback(
		(uint64_t)len, MEDIA_BLOCK_BYTES, read_media, m, media_destroy);
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
 * whole: we send no Last-Modified. A HEAD has no Range (§14.2). Takes the media over. */
static void send_media(struct request *r, struct media *m)
{
	const char *range = r->head ? NULL : request_header(r, "Range");
	const char *if_range = request_header(r, "If-Range");
	int64_t first = 0, last = m->size - 1;

	if (site_unchanged(request_header(r, "If-None-Match"), m->etag)) {
		send_unchanged(r, m);
		media_destroy(m);
		return;
	}
	if (if_range != NULL && strcmp(if_range, m->etag) != 0)
		range = NULL;
	switch (media_range(range, m->size, &first, &last)) {
	case MEDIA_WHOLE: send_part(r, m, false, 0, m->size - 1); break;
	case MEDIA_PART: send_part(r, m, true, first, last); break;
	case MEDIA_NONE:
		send_none(r, m);
		media_destroy(m);
		break;
	}
}

static void answer_master(struct request *r, json_t *reply, const char *suffix, const char *type)
{
	struct media *m = media_create(type);
	struct err e = {0};

	if (open_master(r, reply, suffix, m, &e)) {
		send_media(r, m);
	} else {
		media_destroy(m);
		request_refuse(r, &e, NULL);
	}
	json_decref(reply);
}

void media_audio(struct request *r, json_t *reply)
{
	answer_master(r, reply, ".flac", "audio/flac");
}

void media_waveform(struct request *r, json_t *reply)
{
	answer_master(r, reply, ".wave", "application/json");
}

void media_recording(struct request *r, json_t *reply)
{
	struct media *m = media_create("audio/mpeg");
	struct err e = {0};

	if (open_recording(r, reply, m, &e)) {
		send_media(r, m);
	} else {
		media_destroy(m);
		request_refuse(r, &e, NULL);
	}
	json_decref(reply);
}
