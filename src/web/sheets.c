/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/sheets.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "web/api.h"
#include "web/arrival.h"
#include "web/incoming.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/web.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define KEPT_MS 3600000

/* One file, from its first byte until it is applied, or an hour after it was looked at. */
struct sheet {
	struct web *web;
	struct request *request; /* that brings it, or asks for it; NULL: it waits */
	char id[INCOMING_ID_BYTES], of[ROUTE_PARAMETER_BYTES]; /* of: the register */
	char name[NAME_BYTES];
	char chosen[TITLE_BYTES]; /* of the spreadsheet's sheets; "" the first */
	int64_t account, bytes, since_ms;
	int fd;	   /* −1: whole */
	bool told; /* somebody knows its id */
};

static void path_of(const struct sheet *s, char path[static PATH_BYTES])
{
	incoming_path(s->web->config.dir, s->id, "", path);
}

static void drop(struct sheet **at)
{
	struct sheet *s = *at;
	char path[PATH_BYTES];

	if (s == NULL)
		return;
	path_of(s, path);
	if (s->fd >= 0)
		close(s->fd);
	unlink(path);
	if (s->request != NULL)
		s->request->sheet = NULL;
	free(s);
	*at = NULL;
}

static struct sheet **place_of(struct web *w, const struct sheet *s)
{
	int i = 0;

	while (w->sheets[i] != s)
		i++;
	return &w->sheets[i];
}

void sheets_drop(struct web *w)
{
	for (int i = 0; i < HTTP_SHEETS_MAX; i++)
		drop(&w->sheets[i]);
}

/* One that is free, or that has waited longest. NULL + err: all are under way. */
static struct sheet **make_room(struct web *w, struct err *e)
{
	int64_t now_ms = web_now_ms(w);
	struct sheet **best = NULL;

	for (int i = 0; i < HTTP_SHEETS_MAX; i++) {
		struct sheet **at = &w->sheets[i];
		if (*at != NULL && (*at)->request == NULL && now_ms - (*at)->since_ms > KEPT_MS)
			drop(at);
		if (*at == NULL)
			best = at;
		else if ((*at)->request == NULL &&
			 (best == NULL || (*best != NULL && (*at)->since_ms < (*best)->since_ms)))
			best = at;
	}
	if (best == NULL)
		err_set(e, ERR_TOO_MANY,
			T("đài đang nhận %d tệp khác; thử lại sau vài phút",
			  "%d other sheets are arriving; try again in a few minutes"),
			HTTP_SHEETS_MAX);
	else
		drop(best);
	return best;
}

static bool make_file(struct sheet *s, struct err *e)
{
	char path[PATH_BYTES];

	if (!incoming_has_room(s->web->config.dir, 0, e) ||
	    !incoming_name(s->web->config.dir, s->id, e))
		return false;
	path_of(s, path);
	s->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	return s->fd >= 0 || err_errno(e, "%s", path);
}

static bool create(struct request *r, const char *name, const char *chosen, struct err *e)
{
	struct sheet **at = make_room(r->web, e);

	if (at == NULL)
		return false;
	struct sheet *s = calloc(1, sizeof(*s));
	must(s != NULL);
	s->web = r->web;
	s->request = r;
	s->account = r->account;
	s->fd = -1;
	s->since_ms = web_now_ms(r->web);
	snprintf(s->of, sizeof(s->of), "%s", r->parameter);
	snprintf(s->name, sizeof(s->name), "%s", name);
	utf8_cut(s->name, sizeof(s->name) - 1);
	snprintf(s->chosen, sizeof(s->chosen), "%s", chosen);
	*at = r->sheet = s;
	r->visit->deadline_ms = arrival_deadline(s->since_ms, 0);
	if (make_file(s, e))
		return true;
	drop(at);
	return false;
}

static void refuse_long(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_USAGE, T("tệp lớn hơn %d MB; chia thành nhiều tệp",
				 "the file is larger than %d MB; divide it into several"),
		REGISTER_SHEET_BYTES_MAX >> 20);
	request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
}

/* A form that wraps the file in parts is another matter. */
static bool takes_type(struct request *r)
{
	const char *type = request_header(r, "Content-Type");
	struct err e = {0};

	if (type == NULL || strncasecmp(type, "multipart/", 10) != 0)
		return true;
	err_set(&e, ERR_USAGE, T("gửi chính tệp bảng tính làm nội dung, không qua biểu mẫu",
				 "send the sheet itself as the body, not a form"));
	request_refuse_as(r, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, &e, NULL);
	return false;
}

/* "" if the address has none. */
static const char *asked(struct request *r, const char *key)
{
	const char *value = MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, key);

	return value != NULL ? value : "";
}

void sheets_begin(struct request *r)
{
	const char *length = request_header(r, "Content-Length");
	const char *name = asked(r, "name"), *chosen = asked(r, "sheet");
	struct err e = {0};

	if (!takes_type(r))
		return;
	if (length != NULL && strtoll(length, NULL, 10) > REGISTER_SHEET_BYTES_MAX)
		refuse_long(r);
	else if (!api_check("name", name, &e))
		request_refuse(r, &e, "name");
	else if (!api_check("sheet", chosen, &e))
		request_refuse(r, &e, "sheet");
	else if (!create(r, name, chosen, &e))
		request_refuse(r, &e, NULL);
}

void sheets_body(struct request *r, const char *data, size_t len)
{
	struct sheet *s = r->sheet;
	struct err e = {0};

	if (s->bytes + (int64_t)len > REGISTER_SHEET_BYTES_MAX) {
		refuse_long(r);
	} else if (!incoming_write(s->fd, data, len, s->bytes, &e)) {
		request_refuse_as(r, MHD_HTTP_INSUFFICIENT_STORAGE, &e, NULL);
	} else {
		s->bytes += (int64_t)len;
		r->visit->deadline_ms = arrival_deadline(s->since_ms, s->bytes);
	}
}

/* The station reads it aside; a hundred thousand rows take their time. */
static void send_off(struct request *r, bool apply, const char *sha256, const char *effect)
{
	const struct sheet *s = r->sheet;
	char path[PATH_BYTES];

	path_of(s, path);
	r->visit->deadline_ms = web_now_ms(r->web) + r->route->wait_ms;
	api_send(r, json_pack("{s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:s}", "do", "register.import",
			      "register", s->of, "path", path, "name", s->name, "apply", apply,
			      "sha256", sha256, "effect", effect, "sheet", s->chosen));
}

void sheets_look(struct request *r)
{
	struct sheet *s = r->sheet;
	struct err e = {0};

	close(s->fd);
	s->fd = -1;
	if (s->bytes > 0) {
		send_off(r, false, "", "");
		return;
	}
	err_set(&e, ERR_USAGE, T("tệp trống", "the file is empty"));
	request_refuse(r, &e, NULL);
}

static void answer(struct request *r, json_t *body)
{
	request_answer(r, MHD_HTTP_OK,
		       reply_long_json(body, request_header(r, "Accept-Encoding")));
}

void sheets_looked(struct request *r, json_t *body)
{
	struct sheet *s = r->sheet;
	bool is_of_use = json_get_integer(body, "bad", 1) == 0 &&
			 json_get_integer(body, "added", 0) + json_get_integer(body, "changed", 0) >
				 0;

	/* The station's "sheet" is one of a spreadsheet's; here it is what can be applied. */
	if (json_object_get(body, "sheet") != NULL)
		json_object_set(body, "chosen", json_object_get(body, "sheet"));
	json_object_del(body, "sheet");
	if (is_of_use) {
		s->told = true;
		s->since_ms = web_now_ms(r->web);
		json_object_set_new(body, "sheet", json_string(s->id));
	}
	answer(r, body);
}

static struct sheet *find(struct request *r, const char *id)
{
	for (int i = 0; i < HTTP_SHEETS_MAX; i++) {
		struct sheet *s = r->web->sheets[i];
		if (s != NULL && s->told && s->request == NULL && strcmp(s->id, id) == 0 &&
		    strcmp(s->of, r->parameter) == 0 && s->account == r->account &&
		    web_now_ms(r->web) - s->since_ms <= KEPT_MS)
			return s;
	}
	return NULL;
}

static bool take_words(struct request *r, json_t *words, struct err *e)
{
	static const char *const fields[] = {"sheet", "sha256", "effect", NULL};
	const char *field;

	if (!api_take_body(buf_str(&r->body), r->body.len, fields, words, &field, e))
		return false;
	for (const char *const *f = fields; *f != NULL; f++)
		if (json_get_text(words, *f, "")[0] == '\0')
			return err_set(e, ERR_USAGE, T("thiếu \"%s\" của lần xem trước",
						       "\"%s\" of the look is missing"), *f);
	r->sheet = find(r, json_get_text(words, "sheet", ""));
	return r->sheet != NULL ||
	       err_set(e, ERR_NOT_FOUND,
		       T("tệp đã xem trước không còn ở đây nữa (giữ một giờ); gửi lại để xem trước",
			 "the sheet that was looked at is here no more (kept for an hour); send it "
			 "again"));
}

void sheets_apply(struct request *r)
{
	json_t *words = json_object();
	struct err e = {0};

	if (take_words(r, words, &e)) {
		r->sheet->request = r;
		send_off(r, true, json_get_text(words, "sha256", ""),
			 json_get_text(words, "effect", ""));
	} else {
		request_refuse(r, &e, NULL);
	}
	json_decref(words);
}

void sheets_applied(struct request *r, json_t *body)
{
	r->sheet->told = false; /* done with */
	answer(r, body);
}

void sheets_forsake(struct request *r)
{
	struct sheet *s = r->sheet;

	if (s == NULL)
		return;
	if (!s->told) {
		drop(place_of(r->web, s));
		return;
	}
	s->request = NULL;
	r->sheet = NULL;
}
