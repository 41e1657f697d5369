/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an upload:
 *
 *   RECEIVING  pieces of the body are written as they come, on the server's thread
 *   SYNCING    the whole file is made durable; that may take a slow disk seconds, so a thread of
 *              its own waits for it and says so through an eventfd
 *   ADDING     the station decodes and measures it; its progress is passed on
 *
 * The client may leave at any moment: before the last byte the file is removed, afterwards the
 * work goes on without it, because the producer on a poor line believes the file has arrived. */
#include "web/upload.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"
#include "sys/aside.h"
#include "web/handover.h"
#include "web/incoming.h"
#include "web/request.h"
#include "web/sse.h"
#include "web/told.h"
#include "web/tusset.h"
#include "web/web.h"
#include "web/words.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum upload_state {
	UPLOAD_RECEIVING,
	UPLOAD_SYNCING,
	UPLOAD_ADDING,
};

struct upload {
	struct upload *prev, *next;
	struct web *web;
	struct told told; /* the client */
	enum upload_state state;
	json_t *command;	 /* bulletin.add, complete but for its path */
	char path[PATH_BYTES];
	int fd;
	int64_t bytes;
	int64_t since_ms;
	struct aside sync;	 /* SYNCING only; owns fd meanwhile */
	struct handover add;
};

static bool make_file(struct upload *u, struct err *e)
{
	char id[INCOMING_ID_BYTES];

	if (!incoming_name(u->web->config.dir, id, e))
		return false;
	incoming_path(u->web->config.dir, id, "", u->path);
	u->fd = open(u->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	return u->fd >= 0 || err_errno(e, "%s", u->path);
}

/* What is being taken from the query. */
struct taking {
	json_t *command;
	const char *field; /* the one at fault */
	struct err *e;
	bool good;
};

static enum MHD_Result take_word(void *cls, enum MHD_ValueKind kind, const char *key,
				 const char *value)
{
	struct taking *t = cls;

	(void)kind;
	t->field = key;
	t->good = value == NULL || words_take(t->command, key, value, t->e);
	return t->good ? MHD_YES : MHD_NO;
}

static bool take_words(struct request *r, json_t *command, const char **field, struct err *e)
{
	struct taking t = {.command = command, .e = e, .good = true};

	MHD_get_connection_values(r->connection, MHD_GET_ARGUMENT_KIND, take_word, &t);
	*field = t.good ? "title" : t.field;
	return t.good && words_enough(command, e);
}

/* A form that wraps the file in parts is another address's business. */
static bool takes_type(struct request *r, struct err *e)
{
	const char *type = request_header(r, "Content-Type");

	if (type == NULL || strncasecmp(type, "multipart/", 10) != 0)
		return true;
	return err_set(e, ERR_USAGE, T("gửi chính tệp âm thanh làm nội dung, không qua biểu mẫu",
				       "send the sound file itself as the body, not a form"));
}

int upload_count(const struct web *w)
{
	int count = 0;

	for (const struct upload *u = w->uploads; u != NULL; u = u->next)
		count++;
	return count;
}

int64_t upload_deadline(int64_t since_ms, int64_t bytes)
{
	return since_ms + UPLOAD_GRACE_MS + bytes * 1000 / UPLOAD_BYTES_PER_S_MIN;
}

static bool may_begin(struct request *r, int64_t bytes, struct err *e)
{
	if (upload_count(r->web) + tusset_senders(r->web->tus) >= HTTP_UPLOADS_MAX)
		return err_set(e, ERR_CONFLICT, T("đang nhận nhiều tệp khác; thử lại sau ít phút",
						  "other files are arriving; try again in a few "
						  "minutes"));
	return incoming_has_room(r->web->config.dir, bytes, e);
}

static void destroy(struct upload *u, bool remove_file)
{
	struct web *w = u->web;

	handover_stop(&u->add);
	if (u->told.request != NULL)
		u->told.request->upload = NULL;
	told_finish(&u->told);
	if (u->fd >= 0)
		close(u->fd);
	if (remove_file && u->path[0] != '\0')
		unlink(u->path);
	*(u->prev != NULL ? &u->prev->next : &w->uploads) = u->next;
	if (u->next != NULL)
		u->next->prev = u->prev;
	json_decref(u->command);
	free(u);
}

static struct upload *create(struct request *r)
{
	struct upload *u = calloc(1, sizeof(*u));

	must(u != NULL);
	u->web = r->web;
	told_init(&u->told, r);
	u->fd = -1;
	u->since_ms = web_now_ms(r->web);
	u->command = handover_command(r);
	u->next = r->web->uploads;
	if (u->next != NULL)
		u->next->prev = u;
	r->web->uploads = u;
	r->upload = u;
	return u;
}

void upload_begin(struct request *r)
{
	const char *length = request_header(r, "Content-Length"), *field = NULL;
	int64_t bytes = length != NULL ? strtoll(length, NULL, 10) : 0;
	struct err e = {0};

	if (sse_away(r->web->sse, &e)) {
		request_away(r, &e);
	} else if (!takes_type(r, &e)) {
		request_refuse_as(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, &e, NULL);
	} else if (bytes > AUDIO_FILE_BYTES_MAX) {
		err_set(&e, ERR_USAGE, T("tệp quá lớn", "the file is too large"));
		request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
	} else if (!may_begin(r, bytes, &e)) {
		request_refuse(r, &e, NULL);
	} else {
		struct upload *u = create(r);
		r->visit->deadline_ms = upload_deadline(u->since_ms, 0);
		if (take_words(r, u->command, &field, &e) && make_file(u, &e))
			return;
		destroy(u, true);
		request_refuse(r, &e, e.kind == ERR_USAGE ? field : NULL);
	}
}

void upload_body(struct request *r, const char *data, size_t len)
{
	struct upload *u = r->upload;
	struct err e = {0};
	int64_t before = u->bytes;

	u->bytes += (int64_t)len;
	r->visit->deadline_ms = upload_deadline(u->since_ms, u->bytes);
	if (u->bytes > AUDIO_FILE_BYTES_MAX) {
		err_set(&e, ERR_USAGE, T("tệp quá lớn", "the file is too large"));
		destroy(u, true);
		request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
		return;
	}
	/* A body without a length is only known by what has come: look again every 4 MiB. */
	bool look = before >> 22 != u->bytes >> 22;
	if (incoming_write(u->fd, data, len, before, &e) &&
	    (!look || incoming_has_room(u->web->config.dir, 0, &e)))
		return;
	destroy(u, true);
	request_refuse(r, &e, NULL);
}

static void failed(struct upload *u, const struct err *e)
{
	if (u->told.request == NULL)
		log_warn(T("tệp đã tải lên bị từ chối: %s", "an uploaded file was refused: %s"),
			 e->text);
	told_error(&u->told, e);
	destroy(u, true);
}

static void added(struct upload *u, const json_t *reply)
{
	json_t *body = json_pack("{s:O?}", "bulletin", json_object_get(reply, "bulletin"));

	must(body != NULL);
	told_outcome(&u->told, MHD_HTTP_CREATED, body);
	destroy(u, true);
}

static void add_progress(void *arg, double done)
{
	struct upload *u = arg;

	told_progress(&u->told, done);
}

static void add_over(void *arg, const json_t *reply, const struct err *e, bool away)
{
	(void)away;
	if (reply != NULL)
		added(arg, reply);
	else
		failed(arg, e);
}

static bool sync_file(void *arg, struct err *e)
{
	struct upload *u = arg;

	if (fdatasync(u->fd) != 0)
		return err_errno(e, T("không ghi được tệp", "cannot write the file"));
	return incoming_sync_folder(u->web->config.dir, e);
}

static void synced(void *arg)
{
	struct upload *u = arg;

	close(u->fd);
	u->fd = -1;
	if (!u->sync.ok) {
		failed(u, &u->sync.error);
		return;
	}
	u->state = UPLOAD_ADDING;
	u->add.progress = add_progress;
	u->add.over = add_over;
	u->add.arg = u;
	handover_start(&u->add, u->web, u->command, u->path);
}

void upload_answer(struct request *r)
{
	struct upload *u = r->upload;
	struct err e = {0};

	if (u->bytes == 0) {
		err_set(&e, ERR_USAGE, T("tệp trống", "the file is empty"));
		destroy(u, true);
		request_refuse(r, &e, NULL);
		return;
	}
	r->visit->deadline_ms = 0;
	told_wait(&u->told);
	u->state = UPLOAD_SYNCING;
	u->sync.work = sync_file;
	u->sync.done = synced;
	u->sync.arg = u;
	if (!aside_start(&u->sync, r->web->loop, &e))
		failed(u, &e);
}

void upload_forsake(struct request *r)
{
	struct upload *u = r->upload;

	if (u == NULL)
		return;
	r->upload = NULL;
	told_finish(&u->told);
	if (u->state == UPLOAD_RECEIVING)
		destroy(u, true);
}

void upload_stop_all(struct web *w)
{
	for (struct upload *u = w->uploads, *next; u != NULL; u = next) {
		next = u->next;
		aside_join(&u->sync);
		/* What the station has begun to read stays; incoming_clean finds it tomorrow. */
		destroy(u, u->state != UPLOAD_ADDING);
	}
	must(w->uploads == NULL);
}
