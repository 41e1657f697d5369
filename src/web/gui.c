/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MHD_PostProcessor takes the form apart. Its two known holes (CVE-2021-3466, CVE-2023-27371) are
 * mended in Debian 12's 0.9.75-6. The road not taken: a reader of our own for a format with as many
 * corners as multipart has. */
#include "web/gui.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "web/api.h"
#include "web/arrival.h"
#include "web/guipage.h"
#include "web/handover.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/session.h"
#include "web/tuslife.h"
#include "web/tusset.h"
#include "web/web.h"
#include "web/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define POST_BYTES 65536 /* at once, of the form */
#define KEY_BYTES 32
#define VALUE_BYTES_MAX 8192

/* A form that is arriving; gone with its request. */
struct gui {
	struct request *request;
	struct MHD_PostProcessor *post;
	json_t *words;
	char key[KEY_BYTES]; /* of the field under way */
	struct buf value;
	struct arrival *arrival;
	bool whole;	 /* the arrival has all of it */
	unsigned status; /* of err */
	struct err err;	 /* why nothing more is taken; ERR_NONE: all is well so far */
};

static bool fail(struct gui *g, unsigned status, const struct err *e)
{
	g->status = status;
	g->err = *e;
	return false;
}

/* The field that has come whole becomes a word; one that was left blank is none. */
static bool flush(struct gui *g)
{
	const char *value = buf_str(&g->value);
	struct err e = {0};

	bool good = *value == '\0' || words_take(g->words, g->key, value, &e);
	g->key[0] = '\0';
	buf_reset(&g->value);
	return good || fail(g, MHD_HTTP_BAD_REQUEST, &e);
}

static bool take_field(struct gui *g, const char *key, const char *data, uint64_t at, size_t len)
{
	struct err e = {0};

	if (at == 0) {
		if (!flush(g))
			return false;
		snprintf(g->key, sizeof(g->key), "%s", key);
	}
	if (g->value.len + len > VALUE_BYTES_MAX) {
		err_set(&e, ERR_USAGE, T("%s quá dài", "%s is too long"), g->key);
		return fail(g, MHD_HTTP_BAD_REQUEST, &e);
	}
	buf_add(&g->value, data, len);
	return true;
}

/* Names are for people only; a strange one is no reason against its file. */
static void take_name(struct gui *g, const char *name)
{
	struct err ignored;

	if (name != NULL && *name != '\0')
		words_take(g->words, "filename", name, &ignored);
}

static bool take_file(struct gui *g, const char *name, const char *data, uint64_t at, size_t len)
{
	struct err e = {0};
	unsigned status;

	if (at == 0 && g->arrival == NULL) {
		if (!flush(g))
			return false;
		if (len == 0)
			return true;
		take_name(g, name);
		g->arrival = arrival_begin(g->request, 0, json_incref(g->words), &status, &e);
		if (g->arrival == NULL)
			return fail(g, status, &e);
	} else if (at == 0) {
		err_set(&e, ERR_USAGE, T("mỗi lần chỉ gửi một tệp", "one file at a time"));
		return fail(g, MHD_HTTP_BAD_REQUEST, &e);
	}
	return len == 0 || arrival_take(g->arrival, g->request, data, len, &status, &e) ||
	       fail(g, status, &e);
}

static enum MHD_Result take(void *cls, enum MHD_ValueKind kind, const char *key,
			    const char *filename, const char *type, const char *encoding,
			    const char *data, uint64_t at, size_t len)
{
	struct gui *g = cls;

	(void)kind;
	(void)type;
	(void)encoding;
	if (g->err.kind != ERR_NONE || key == NULL)
		return g->err.kind == ERR_NONE ? MHD_YES : MHD_NO;
	bool good = strcmp(key, "file") == 0 ? take_file(g, filename, data, at, len)
					     : take_field(g, key, data, at, len);
	return good ? MHD_YES : MHD_NO;
}

static void destroy(struct gui *g)
{
	if (g->request != NULL)
		g->request->gui = NULL;
	if (g->post != NULL)
		MHD_destroy_post_processor(g->post);
	if (g->arrival != NULL && g->whole)
		g->arrival->there = NULL;
	else if (g->arrival != NULL)
		arrival_drop(g->arrival);
	json_decref(g->words);
	buf_finish(&g->value);
	free(g);
}

/* The form's end, in disgrace. */
static void refuse(struct gui *g, unsigned status, const struct err *e)
{
	struct request *r = g->request;
	struct err copy = *e;

	destroy(g);
	request_refuse_as(r, status, &copy, NULL);
}

static void refuse_malformed(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_USAGE, T("biểu mẫu không đúng dạng; hãy mở lại trang và gửi lại",
				 "the form is malformed; open the page again and send it anew"));
	request_refuse_as(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, &e, NULL);
}

void gui_begin(struct request *r)
{
	const char *type = request_header(r, "Content-Type");
	struct gui *g;

	if (type == NULL || strncasecmp(type, "multipart/form-data", 19) != 0) {
		refuse_malformed(r);
		return;
	}
	g = calloc(1, sizeof(*g));
	must(g != NULL);
	g->post = MHD_create_post_processor(r->connection, POST_BYTES, take, g);
	if (g->post == NULL) {
		free(g);
		refuse_malformed(r);
		return;
	}
	g->request = r;
	g->words = handover_command(r);
	r->gui = g;
	r->visit->deadline_ms = arrival_deadline(web_now_ms(r->web), 0);
}

void gui_body(struct request *r, const char *data, size_t len)
{
	struct gui *g = r->gui;
	bool good = MHD_post_process(g->post, data, len) == MHD_YES;

	if (g->err.kind != ERR_NONE) {
		refuse(g, g->status, &g->err);
	} else if (!good) {
		destroy(g);
		refuse_malformed(r);
	}
}

/* What is sent without a title is called as its file is: it came, and is not to be lost. */
static void find_title(struct gui *g)
{
	const char *name = json_get_text(g->words, "name", "");
	struct err ignored;

	if (words_enough(g->words, &ignored))
		return;
	const char *dot = strrchr(name, '.');
	size_t len = dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name);
	json_t *title = len > 0 ? json_stringn(name, len)
				: json_string(T("Bản tin chưa đặt tên",
						"Bulletin without a title"));
	json_object_set_new(g->words, "title", title);
}

static void there(void *arg, struct tuslife *u, const struct err *e)
{
	struct gui *g = arg;
	struct request *r = g->request;
	char place[INCOMING_ID_BYTES + 8];

	g->arrival = NULL;
	if (u == NULL) {
		refuse(g, reply_status(e->kind), e);
		return;
	}
	snprintf(place, sizeof(place), "/gui/%s", u->file.id);
	destroy(g);
	request_answer(r, MHD_HTTP_SEE_OTHER, guipage_go(place));
}

void gui_answer(struct request *r)
{
	struct gui *g = r->gui;
	struct err e = {0};

	bool ended = MHD_destroy_post_processor(g->post) == MHD_YES; /* with its last boundary */
	g->post = NULL;
	if (g->err.kind == ERR_NONE && !ended) {
		destroy(g);
		refuse_malformed(r);
	} else if (g->err.kind != ERR_NONE || !flush(g)) {
		refuse(g, g->status, &g->err);
	} else if (g->arrival == NULL || g->arrival->file.length == 0) {
		err_set(&e, ERR_USAGE,
			T("chưa có tệp, hoặc tệp trống (0 byte); hãy chọn một tệp âm thanh",
			  "no file, or an empty one (0 bytes); choose a sound file"));
		refuse(g, MHD_HTTP_BAD_REQUEST, &e);
	} else {
		find_title(g);
		r->visit->deadline_ms = 0;
		g->whole = true;
		request_suspend(r);
		arrival_whole(g->arrival, there, g);
	}
}

void gui_forsake(struct request *r)
{
	if (r->gui != NULL)
		destroy(r->gui);
}

void gui_form(struct request *r)
{
	request_answer(r, MHD_HTTP_OK, guipage_form());
}

void gui_outcome(struct request *r)
{
	struct tuslife *u = tusset_find(r->web->tus, r->parameter);
	struct err e = {0};

	if (u != NULL && tusset_is_own(r, u, &e)) {
		request_answer(r, MHD_HTTP_OK, guipage_outcome(u));
		return;
	}
	if (u == NULL)
		err_set(&e, ERR_NOT_FOUND, T("không có tệp nào như vậy; hãy gửi lại",
					     "no such file; send it anew"));
	request_refuse(r, &e, NULL);
}

void gui_login_body(struct request *r, const char *data, size_t len)
{
	if (r->body.len + len <= VALUE_BYTES_MAX)
		buf_add(&r->body, data, len);
	else
		refuse_malformed(r);
}

static enum MHD_Result take_login(void *cls, enum MHD_ValueKind kind, const char *key,
				  const char *filename, const char *type, const char *encoding,
				  const char *data, uint64_t at, size_t len)
{
	struct buf *fields = cls; /* name, password */

	(void)kind;
	(void)filename;
	(void)type;
	(void)encoding;
	(void)at;
	if (key != NULL && strcmp(key, "name") == 0)
		buf_add(&fields[0], data, len);
	else if (key != NULL && strcmp(key, "password") == 0)
		buf_add(&fields[1], data, len);
	return MHD_YES;
}

/* The form becomes what POST /api/login takes, and goes on as that. */
void gui_login(struct request *r)
{
	struct buf fields[2] = {{0}};
	struct MHD_PostProcessor *post =
		MHD_create_post_processor(r->connection, POST_BYTES, take_login, fields);

	if (post == NULL) {
		refuse_malformed(r);
		return;
	}
	MHD_post_process(post, buf_str(&r->body), r->body.len);
	MHD_destroy_post_processor(post);
	json_t *command = json_pack("{s:s, s:s}", "name", buf_str(&fields[0]), "password",
				    buf_str(&fields[1]));
	char *text = command != NULL ? json_dumps(command, JSON_COMPACT) : NULL;
	buf_reset(&r->body);
	if (text != NULL) /* NULL: no UTF-8; then it is nobody's */
		buf_text(&r->body, text);
	free(text);
	json_decref(command);
	buf_finish(&fields[0]);
	buf_finish(&fields[1]);
	api_ask(r);
}

void gui_logged_in(struct request *r, json_t *body)
{
	struct MHD_Response *response = guipage_go("/gui");

	session_open(r, body, response);
	json_decref(body);
	request_answer(r, MHD_HTTP_SEE_OTHER, response);
}
