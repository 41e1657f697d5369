/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tus.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "web/arrival.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/session.h"
#include "web/tuslife.h"
#include "web/tusset.h"
#include "web/web.h"
#include "web/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define VERSION "1.0.0"
#define EXTENSIONS "creation,creation-with-upload,expiration,checksum,termination"
#define BODY_TYPE "application/offset+octet-stream"
#define CHECKSUM_MISMATCH 460 /* of tus alone */
#define LOCKED 423

static void number_header(struct MHD_Response *response, const char *name, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, n);
	reply_header(response, name, text);
}

static struct MHD_Response *empty(void)
{
	struct MHD_Response *response =
		MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);

	must(response != NULL);
	reply_header(response, "Tus-Resumable", VERSION);
	reply_guard(response, NULL);
	return response;
}

static void refuse(struct request *r, unsigned status, const struct err *e, const char *field)
{
	if (r->response != NULL)
		return;
	request_refuse_as(r, status, e, field);
	reply_header(r->response, "Tus-Resumable", VERSION);
	if (status == MHD_HTTP_PRECONDITION_FAILED)
		reply_header(r->response, "Tus-Version", VERSION);
	if (status == LOCKED || status == MHD_HTTP_TOO_MANY_REQUESTS ||
	    status == MHD_HTTP_SERVICE_UNAVAILABLE)
		reply_header(r->response, "Retry-After", status == LOCKED ? "1" : "60");
}

static bool speaks_tus(struct request *r)
{
	const char *version = request_header(r, "Tus-Resumable");
	struct err e = {0};

	if (version != NULL && strcmp(version, VERSION) == 0)
		return true;
	err_set(&e, ERR_USAGE, T("cần Tus-Resumable: 1.0.0", "Tus-Resumable: 1.0.0 is required"));
	refuse(r, MHD_HTTP_PRECONDITION_FAILED, &e, NULL);
	return false;
}

void tus_options(struct request *r)
{
	struct MHD_Response *response = empty();

	reply_header(response, "Tus-Version", VERSION);
	reply_header(response, "Tus-Extension", EXTENSIONS);
	reply_header(response, "Tus-Checksum-Algorithm", TUSHEAD_ALGORITHMS);
	number_header(response, "Tus-Max-Size", AUDIO_FILE_BYTES_MAX);
	request_answer(r, MHD_HTTP_NO_CONTENT, response);
}

const char *tus_method(struct request *r, const char *method, const char *path)
{
	const char *meant = request_header(r, "X-HTTP-Method-Override");

	if (meant == NULL || strcmp(method, "POST") != 0 || strncmp(path, "/files/", 7) != 0)
		return method;
	return meant;
}

/* The upload of the address; NULL: it is answered. */
static struct tuslife *find(struct request *r)
{
	struct tuslife *u = tusset_find(r->web->tus, r->parameter);
	struct err e = {0};

	if (u != NULL && !tusset_is_own(r, u, &e)) {
		refuse(r, reply_status(e.kind), &e, NULL);
		return NULL;
	}
	if (u != NULL && json_object_get(u->file.end, "expired") == NULL)
		return u;
	err_set(&e, ERR_NOT_FOUND,
		u != NULL ? T("tệp gửi dở đã quá một ngày nên bị bỏ; hãy gửi lại từ đầu",
			      "half sent and older than a day, so it was given up; send it anew")
			  : T("không có tệp gửi dở nào như vậy; hãy gửi lại từ đầu",
			      "no such upload; send it anew"));
	refuse(r, u != NULL ? MHD_HTTP_GONE : MHD_HTTP_NOT_FOUND, &e, NULL);
	return NULL;
}

static bool is_body_type(struct request *r)
{
	const char *type = request_header(r, "Content-Type");

	return type != NULL && strcmp(type, BODY_TYPE) == 0;
}

static void refuse_type(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_USAGE, T("cần Content-Type: %s", "Content-Type: %s is required"),
		BODY_TYPE);
	refuse(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, &e, NULL);
}

/* A number that a header must hold; what is wrong is answered. */
static bool need_number(struct request *r, const char *header, int64_t *n)
{
	const char *text = request_header(r, header);
	struct err e = {0};

	if (text != NULL && tushead_number(text, n))
		return true;
	err_set(&e, ERR_USAGE, T("cần %s là một số nguyên không âm",
				 "%s must be a whole number from 0 on"), header);
	refuse(r, MHD_HTTP_BAD_REQUEST, &e, NULL);
	return false;
}

static void refuse_length(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_USAGE, T("gửi nhiều byte hơn Upload-Length đã báo",
				 "more bytes than Upload-Length said"));
	refuse(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
}

/* Does what the request says about its own body hold, and is there a place for one more? */
static bool may_send(struct request *r, int64_t left)
{
	const char *length = request_header(r, "Content-Length");
	struct err e = {0};
	int64_t bytes;

	if (length != NULL && tushead_number(length, &bytes) && bytes > left) {
		refuse_length(r);
		return false;
	}
	if (!arrival_has_place(r->web, &e)) {
		refuse(r, MHD_HTTP_SERVICE_UNAVAILABLE, &e, NULL);
		return false;
	}
	return true;
}

static bool begin(struct request *r, struct tuslife *u, const struct tushead_checksum *sum)
{
	struct err e = {0};

	r->since_ms = web_now_ms(r->web);
	r->visit->deadline_ms = r->since_ms + ARRIVAL_GRACE_MS;
	if (!tuslife_begin(u, r, &e)) {
		refuse(r, reply_status(e.kind), &e, NULL);
		return false;
	}
	u->sum = *sum;
	session_sign(r, u->file.words); /* the newest: logging in again may have come between */
	return true;
}

static bool take_head(struct request *r, int64_t *length, json_t *command,
		      struct tushead_checksum *sum)
{
	const char *metadata = request_header(r, "Upload-Metadata");
	char key[TUSHEAD_KEY_BYTES] = "title";
	struct err e = {0};

	if (!need_number(r, "Upload-Length", length))
		return false;
	if (*length == 0) {
		err_set(&e, ERR_USAGE, T("tệp trống", "the file is empty"));
		refuse(r, MHD_HTTP_BAD_REQUEST, &e, NULL);
	} else if (metadata != NULL && !tushead_metadata(metadata, command, key, &e)) {
		refuse(r, MHD_HTTP_BAD_REQUEST, &e, key);
	} else if (!words_enough(command, &e)) {
		refuse(r, MHD_HTTP_BAD_REQUEST, &e, "title");
	} else if (!tushead_checksum(request_header(r, "Upload-Checksum"), sum, &e)) {
		refuse(r, MHD_HTTP_BAD_REQUEST, &e, NULL);
	}
	return r->response == NULL;
}

/* A creation has a body only if it says that it is the beginning of the file. */
static bool has_other_body(struct request *r)
{
	const char *length = request_header(r, "Content-Length");
	bool body = request_header(r, "Transfer-Encoding") != NULL ||
		    (length != NULL && strcmp(length, "0") != 0);

	return body && !is_body_type(r);
}

void tus_create_begin(struct request *r)
{
	struct tushead_checksum sum;
	struct tuslife *u = NULL;
	struct err e = {0};
	int64_t length;
	unsigned status;
	struct tusowner who;

	if (!speaks_tus(r))
		return;
	if (has_other_body(r)) {
		refuse_type(r);
		return;
	}
	json_t *command = handover_command(r);
	who = tusset_owner(r);
	if (!take_head(r, &length, command, &sum) || !may_send(r, length)) {
		json_decref(command);
	} else if (!tusset_may_begin(r->web->tus, &who, length, &status, &e)) {
		json_decref(command);
		refuse(r, status, &e, NULL);
	} else {
		u = tusset_create(r->web->tus, &who, length, command, &e);
		if (u == NULL)
			refuse(r, reply_status(e.kind), &e, NULL);
	}
	if (u != NULL && !begin(r, u, &sum))
		tuslife_remove(u);
}

/* The one that sends to it now is most likely dead and does not know it: a telephone that changed
 * its net. It is ended, and what it brought is kept. */
static void displace(struct tuslife *u)
{
	if (u->sender == NULL)
		return;
	shutdown(u->sender->visit->fd, SHUT_RDWR);
	tuslife_part(u);
}

/* True if nobody else is at it; otherwise it is answered. */
static bool is_free(struct request *r, struct tuslife *u)
{
	struct err e = {0};

	if (u->sender == NULL && !u->sync.running && u->waiter == NULL && !u->adding)
		return true;
	if (u->sender == NULL || u->listed) /* the first request alone cannot be displaced */
		displace(u);
	err_set(&e, ERR_CONFLICT, T("tệp này đang bận; thử lại sau một giây",
				    "this upload is busy; try again in a second"));
	refuse(r, LOCKED, &e, NULL);
	return false;
}

static bool fits(struct request *r, const struct tuslife *u, int64_t offset)
{
	struct err e = {0};

	if (offset == u->file.offset && u->file.end == NULL)
		return true;
	err_set(&e, ERR_CONFLICT, T("Upload-Offset là %lld, đài đã có %lld byte",
				    "Upload-Offset is %lld, the station has %lld bytes"),
		(long long)offset, (long long)u->file.offset);
	refuse(r, MHD_HTTP_CONFLICT, &e, NULL);
	return false;
}

void tus_patch_begin(struct request *r)
{
	struct tushead_checksum sum;
	struct tuslife *u;
	struct err e = {0};
	int64_t offset;

	if (!speaks_tus(r) || (u = find(r)) == NULL)
		return;
	if (!is_body_type(r)) {
		refuse_type(r);
	} else if (!tushead_checksum(request_header(r, "Upload-Checksum"), &sum, &e)) {
		refuse(r, MHD_HTTP_BAD_REQUEST, &e, NULL);
	} else if (need_number(r, "Upload-Offset", &offset) && is_free(r, u) &&
		   fits(r, u, offset) && may_send(r, u->file.length - offset)) {
		if (incoming_has_room(r->web->config.dir, u->file.length - offset, &e))
			begin(r, u, &sum);
		else
			refuse(r, MHD_HTTP_INSUFFICIENT_STORAGE, &e, NULL);
	}
}

void tus_body(struct request *r, const char *data, size_t len)
{
	struct tuslife *u = r->tus;
	struct err e = {0};

	if (u == NULL)
		return;
	if ((int64_t)len > u->file.length - u->received) {
		tuslife_part(u);
		refuse_length(r);
	} else if (!tuslife_take(u, data, len, &e)) {
		tuslife_part(u);
		refuse(r, reply_status(e.kind), &e, NULL);
	} else {
		r->visit->deadline_ms = arrival_deadline(r->since_ms, u->received - u->began);
	}
}

static void add_expiry(struct MHD_Response *response, const struct tuslife *u)
{
	char date[32];

	if (u->file.offset == u->file.length)
		return;
	tushead_date(tuslife_expires(u), date);
	reply_header(response, "Upload-Expires", date);
}

static void answer_sent(struct tuslife *u, struct request *r, const struct err *e)
{
	if (e != NULL) {
		u->doomed |= !u->listed; /* nobody was told its name */
		refuse(r, reply_status(e->kind), e, NULL);
		return;
	}
	struct MHD_Response *response = empty();
	number_header(response, "Upload-Offset", u->file.offset);
	add_expiry(response, u);
	bool created = r->parameter[0] == '\0';
	if (created) {
		char location[INCOMING_ID_BYTES + 8];
		snprintf(location, sizeof(location), "/files/%s", u->file.id);
		reply_header(response, "Location", location);
	}
	request_answer(r, created ? MHD_HTTP_CREATED : MHD_HTTP_NO_CONTENT, response);
}

/* The whole body is here. */
static void conclude(struct request *r, bool created)
{
	struct tuslife *u = r->tus;
	struct err e = {0};

	r->visit->deadline_ms = 0;
	if (u == NULL) {
		err_set(&e, ERR_CONFLICT, T("một lần gửi khác đã tiếp tục tệp này",
					    "another request went on with this upload"));
		refuse(r, LOCKED, &e, NULL);
	} else if (tuslife_whole(u)) {
		tuslife_wait(u, r, answer_sent);
	} else {
		err_set(&e, ERR_DAMAGED, T("tệp bị sai trên đường truyền; sẽ gửi lại đoạn này",
					   "damaged on the way; this piece must be sent again"));
		refuse(r, CHECKSUM_MISMATCH, &e, NULL);
		if (created)
			tuslife_remove(u);
		else
			tuslife_settle(u);
	}
}

void tus_create_answer(struct request *r)
{
	conclude(r, true);
}

void tus_patch_answer(struct request *r)
{
	conclude(r, false);
}

static void answer_offset(struct tuslife *u, struct request *r, const struct err *e)
{
	struct MHD_Response *response = empty();

	(void)e; /* what the disk did not take is not counted: the offset is right all the same */
	number_header(response, "Upload-Offset", u->file.offset);
	number_header(response, "Upload-Length", u->file.length);
	add_expiry(response, u);
	request_answer(r, MHD_HTTP_OK, response);
}

static const char *state_of(const struct tuslife *u)
{
	if (u->file.end != NULL)
		return json_object_get(u->file.end, "error") != NULL ? "refused" : "done";
	if (u->file.offset < u->file.length)
		return "receiving";
	return u->adding ? "adding" : "waiting";
}

/* {"state","offset","length"} and "progress", or "bulletin", "taken", "error". */
static void answer_state(struct tuslife *u, struct request *r)
{
	json_t *body = json_pack("{s:s, s:I, s:I}", "state", state_of(u), "offset",
				 (json_int_t)u->file.offset, "length", (json_int_t)u->file.length);

	must(body != NULL);
	if (u->file.end != NULL)
		json_object_update(body, u->file.end);
	else if (u->adding && u->progress >= 0)
		json_object_set_new(body, "progress", json_rounded(u->progress, 3));
	else if (u->trouble.kind != ERR_NONE)
		json_object_update_new(body, reply_error_body(&u->trouble, NULL));
	struct MHD_Response *response = reply_json(body);
	reply_header(response, "Tus-Resumable", VERSION);
	request_answer(r, MHD_HTTP_OK, response);
}

void tus_tell(struct request *r)
{
	struct tuslife *u;

	if ((r->head && !speaks_tus(r)) || (u = find(r)) == NULL)
		return;
	session_sign(r, u->file.words);
	if (!r->head) {
		answer_state(u, r);
		return;
	}
	displace(u);
	if (u->waiter == NULL && u->sync.running)
		tuslife_wait(u, r, answer_offset);
	else if (u->waiter == NULL || is_free(r, u))
		answer_offset(u, r, NULL);
}

void tus_delete(struct request *r)
{
	struct tuslife *u;
	struct err e = {0};

	if (!speaks_tus(r) || (u = find(r)) == NULL)
		return;
	if (u->adding || u->waiter != NULL) {
		err_set(&e, ERR_CONFLICT, T("tệp đã đến đủ và đang được xử lý; không bỏ được nữa",
					    "the file is whole and being looked at; too late to "
					    "give it up"));
		refuse(r, LOCKED, &e, NULL);
		return;
	}
	displace(u);
	tuslife_remove(u);
	request_answer(r, MHD_HTTP_NO_CONTENT, empty());
}
