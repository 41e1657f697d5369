/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/told.h"

#include "base/must.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/stream.h"
#include "web/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(struct told *t, const char *text)
{
	stream_add(t->stream, text, strlen(text));
}

static void say_progress(struct told *t)
{
	char text[48];

	snprintf(text, sizeof(text), t->lines ? "{\"progress\":%.12g}\n" : ",\n%.12g",
		 t->permille / 1000.0);
	say(t, text);
}

static void begin(struct told *t, unsigned status, const char *type)
{
	struct MHD_Response *response =
		stream_create(&t->web->lines, t->request, 0, MHD_RF_NONE, &t->stream);

	reply_header(response, "Content-Type", type);
	reply_guard(response, NULL);
	request_answer(t->request, status, response);
}

static void beat_again(struct told *t, int64_t ms)
{
	timer_set(&t->beat, mono_add_ns(clock_mono(t->web->clock), ms * NS_PER_MS));
}

static void on_beat(struct timer *timer)
{
	struct told *t = timer->arg;

	if (t->stream == NULL) {
		begin(t, MHD_HTTP_ACCEPTED, "application/json; charset=utf-8");
		say(t, "{\"progress\":[0");
	}
	say_progress(t);
	beat_again(t, TOLD_BEAT_MS);
}

void told_init(struct told *t, struct request *r)
{
	const char *accept = request_header(r, "Accept");

	t->web = r->web;
	t->request = r;
	t->lines = accept != NULL && strstr(accept, "application/x-ndjson") != NULL;
}

void told_finish(struct told *t)
{
	if (t->waiting)
		timer_close(&t->beat, t->web->loop);
	t->waiting = false;
	t->request = NULL;
	t->stream = NULL;
}

void told_wait(struct told *t)
{
	timer_open(&t->beat, t->web->loop);
	t->beat.due = on_beat;
	t->beat.arg = t;
	t->waiting = true;
	if (t->lines)
		begin(t, MHD_HTTP_OK, "application/x-ndjson; charset=utf-8");
	else
		request_suspend(t->request);
	beat_again(t, t->lines ? TOLD_BEAT_MS : t->web->config.early_ms);
}

void told_progress(struct told *t, double done)
{
	int permille = (int)(done * 1000);

	if (done < 0 || permille == t->permille)
		return;
	t->permille = permille;
	if (t->request != NULL && t->stream != NULL)
		say_progress(t);
}

void told_outcome(struct told *t, unsigned status, json_t *body)
{
	struct request *r = t->request;

	if (r == NULL) {
		json_decref(body);
		return;
	}
	if (t->stream == NULL) {
		request_answer(r, status, reply_json(body));
		return;
	}
	char *text = json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(12));
	must(text != NULL);
	if (!t->lines) /* {"bulletin":…} goes on where {"progress":[… stopped */
		say(t, "],\n");
	say(t, t->lines ? text : text + 1);
	say(t, "\n");
	stream_end(t->stream);
	free(text);
	json_decref(body);
}

void told_error(struct told *t, const struct err *e)
{
	/* Before the whole file is here, a refusal also means that the rest is thrown away. */
	if (t->request != NULL && t->stream == NULL)
		request_refuse(t->request, e, NULL);
	else
		told_outcome(t, 0, reply_error_body(e, NULL));
}
