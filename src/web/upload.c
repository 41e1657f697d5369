/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/upload.h"

#include "base/must.h"
#include "base/text.h"
#include "web/arrival.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/told.h"
#include "web/tuslife.h"
#include "web/web.h"
#include "web/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* One client and the file that it sends; gone with either's last word. */
struct upload {
	struct told told;
	struct arrival *arrival; /* until it is durable */
	bool whole;		 /* the arrival has all of it */
	struct tuslife *life;	 /* from then on */
	struct tushearer hearer;
};

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

/* The client has its answer, or is gone; what came whole goes on without it. */
static void destroy(struct upload *u)
{
	if (u->told.request != NULL)
		u->told.request->upload = NULL;
	told_finish(&u->told);
	if (u->arrival != NULL && u->whole)
		u->arrival->there = NULL;
	else if (u->arrival != NULL)
		arrival_drop(u->arrival);
	if (u->life != NULL)
		u->life->hearer = NULL;
	free(u);
}

static void create(struct request *r, struct arrival *arrival)
{
	struct upload *u = calloc(1, sizeof(*u));

	must(u != NULL);
	told_init(&u->told, r);
	u->arrival = arrival;
	r->upload = u;
}

void upload_begin(struct request *r)
{
	const char *length = request_header(r, "Content-Length"), *field = NULL;
	json_t *words = handover_command(r);
	struct err e = {0};
	unsigned status;

	if (!takes_type(r, &e)) {
		request_refuse_as(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, &e, NULL);
		json_decref(words);
	} else if (!take_words(r, words, &field, &e)) {
		request_refuse(r, &e, field);
		json_decref(words);
	} else {
		int64_t bytes = length != NULL ? strtoll(length, NULL, 10) : 0;
		struct arrival *a = arrival_begin(r, bytes, words, &status, &e);
		if (a != NULL)
			create(r, a);
		else
			request_refuse_as(r, status, &e, NULL);
	}
}

void upload_body(struct request *r, const char *data, size_t len)
{
	struct err e = {0};
	unsigned status;

	if (arrival_take(r->upload->arrival, r, data, len, &status, &e))
		return;
	destroy(r->upload);
	request_refuse_as(r, status, &e, NULL);
}

/* Whoever waits hears where to ask later; the file lies safe. */
static void tell_waiting(struct upload *u, const struct err *e)
{
	char place[INCOMING_ID_BYTES + 8];
	json_t *body = reply_error_body(e, NULL);

	snprintf(place, sizeof(place), "/files/%s", u->life->file.id);
	json_object_set_new(body, "upload", json_string(place));
	json_object_set_new(body, "state", json_string("waiting"));
	told_outcome(&u->told, MHD_HTTP_ACCEPTED, body);
}

static void progress(void *arg, double done)
{
	struct upload *u = arg;

	told_progress(&u->told, done);
}

/* Who has heard the outcome asks for it no more. */
static void over(void *arg, const json_t *reply, const struct err *e, bool again)
{
	struct upload *u = arg;
	struct tuslife *life = u->life;

	if (reply != NULL)
		told_outcome(&u->told, MHD_HTTP_CREATED,
			     json_pack("{s:O?}", "bulletin", json_object_get(reply, "bulletin")));
	else if (again)
		tell_waiting(u, e);
	else
		told_error(&u->told, e);
	destroy(u);
	if (!again)
		tuslife_remove(life);
}

static void there(void *arg, struct tuslife *life, const struct err *e)
{
	struct upload *u = arg;

	u->arrival = NULL;
	u->life = life;
	if (life == NULL) {
		told_error(&u->told, e);
		destroy(u);
		return;
	}
	u->hearer = (struct tushearer){progress, over, u};
	life->hearer = &u->hearer;
}

void upload_answer(struct request *r)
{
	struct upload *u = r->upload;
	struct err e = {0};

	if (u->arrival->file.length == 0) {
		err_set(&e, ERR_USAGE, T("tệp trống", "the file is empty"));
		destroy(u);
		request_refuse(r, &e, NULL);
		return;
	}
	r->visit->deadline_ms = 0;
	u->whole = true;
	told_wait(&u->told);
	arrival_whole(u->arrival, there, u);
}

void upload_forsake(struct request *r)
{
	if (r->upload == NULL)
		return;
	r->upload->told.request = NULL;
	destroy(r->upload);
	r->upload = NULL;
}
