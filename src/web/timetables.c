/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/timetables.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "web/api.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/route.h"

#include <stdio.h>
#include <string.h>

void timetables_body(struct request *r, const char *data, size_t len)
{
	struct err e = {0};

	if (r->body.len + len <= TIMETABLE_TEXT_BYTES_MAX) {
		buf_add(&r->body, data, len);
		return;
	}
	err_set(&e, ERR_USAGE,
		T("lịch phát dài hơn %d kB; hãy chia thành nhiều tệp",
		  "the timetable is longer than %d kB; divide it into several files"),
		TIMETABLE_TEXT_BYTES_MAX >> 10);
	request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
}

void timetables_ics_body(struct request *r, const char *data, size_t len)
{
	struct err e = {0};

	if (r->body.len + len <= ICS_TEXT_BYTES_MAX) {
		buf_add(&r->body, data, len);
		return;
	}
	err_set(&e, ERR_USAGE,
		T("tệp lịch dài hơn %d kB; xuất riêng lịch phát thanh rồi gửi lại",
		  "the calendar is longer than %d kB; export that of the station alone"),
		ICS_TEXT_BYTES_MAX >> 10);
	request_refuse_as(r, MHD_HTTP_CONTENT_TOO_LARGE, &e, NULL);
}

void timetables_ics(struct request *r)
{
	json_t *text = json_stringn(buf_str(&r->body), r->body.len);
	struct err e = {0};

	if (text == NULL || strlen(buf_str(&r->body)) != r->body.len) {
		json_decref(text);
		err_set(&e, ERR_USAGE,
			T("tệp lịch không viết bằng UTF-8 (có lẽ là TCVN3 hoặc VNI); trong chương "
			  "trình lịch, hãy xuất lại tệp .ics dạng UTF-8",
			  "the calendar is not UTF-8 (TCVN3 or VNI perhaps); export it as UTF-8"));
		request_refuse(r, &e, NULL);
		return;
	}
	api_send(r, json_pack("{s:s, s:s, s:o}", "do", "timetable.ics", "name", r->parameter,
			      "ics", text));
}

/* {"do", "name", "text"}; NULL and answered if the body is no text. */
static json_t *command(struct request *r, const char *what)
{
	json_t *text = json_stringn(buf_str(&r->body), r->body.len);
	struct err e = {0};

	if (text == NULL || strlen(buf_str(&r->body)) != r->body.len) {
		json_decref(text);
		err_set(&e, ERR_USAGE, T("nội dung không phải văn bản UTF-8",
					 "the body is no UTF-8 text"));
		request_refuse(r, &e, NULL);
		return NULL;
	}
	return json_pack("{s:s, s:s, s:o}", "do", what, "name", r->parameter, "text", text);
}

/* "\"abc\"" → "abc"; what is no such tag matches nothing. */
static json_t *if_match(struct request *r)
{
	const char *tag = request_header(r, "If-Match");
	size_t len = tag != NULL ? strlen(tag) : 0;

	if (tag == NULL)
		return json_string("");
	if (len < 2 || tag[0] != '"' || tag[len - 1] != '"')
		return json_string("?");
	return json_stringn(tag + 1, len - 2);
}

void timetables_put(struct request *r)
{
	json_t *c = command(r, r->route->right);

	if (c == NULL)
		return;
	json_object_set_new(c, "was", if_match(r));
	api_send(r, c);
}

void timetables_preview(struct request *r)
{
	json_t *c = command(r, "timetable.preview");

	if (c != NULL)
		api_send(r, c);
}

void timetables_edit(struct request *r)
{
	struct err e = {0};
	json_t *edit = json_read(buf_str(&r->body), r->body.len, &e);

	if (json_is_object(edit)) {
		api_send(r, json_pack("{s:s, s:s, s:o}", "do", r->route->right, "name",
				      r->parameter, "edit", edit));
		return;
	}
	json_decref(edit);
	err_set(&e, ERR_USAGE, T("nội dung không phải là một đối tượng JSON",
				 "the body is not a JSON object"));
	request_refuse(r, &e, NULL);
}

static void add_tag(struct MHD_Response *response, const json_t *body)
{
	char tag[SHA256_HEX_BYTES + 2];

	snprintf(tag, sizeof(tag), "\"%s\"", json_get_text(body, "sha256", ""));
	reply_header(response, "ETag", tag);
}

void timetables_told(struct request *r, json_t *body)
{
	const char *accept = request_header(r, "Accept");
	struct MHD_Response *response;
	json_t *kept = json_incref(body);

	if (accept != NULL && strstr(accept, "yaml") != NULL) {
		response = reply_text(json_get_text(body, "text", ""),
				      "application/yaml; charset=utf-8");
		json_decref(body);
	} else {
		response = reply_json(body);
	}
	add_tag(response, kept);
	json_decref(kept);
	request_answer(r, MHD_HTTP_OK, response);
}

static const json_t *first_error(const json_t *body)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(body, "faults"), i, one)
		if (strcmp(json_get_text(one, "grade", ""), "error") == 0)
			return one;
	return NULL;
}

static void refuse(struct request *r, json_t *body)
{
	const json_t *first = first_error(body);
	struct err e = {0};

	err_set(&e, ERR_DAMAGED, "%s:%d: %s", json_get_text(first, "file", "?"),
		(int)json_get_integer(first, "line", 0), json_get_text(first, "text", "?"));
	json_t *error = reply_error_body(&e, NULL);
	json_object_set(error, "faults", json_object_get(body, "faults"));
	json_decref(body);
	request_answer(r, MHD_HTTP_UNPROCESSABLE_CONTENT, reply_json(error));
}

void timetables_saved(struct request *r, json_t *body)
{
	if (!json_get_bool(body, "saved", false)) {
		refuse(r, body);
		return;
	}
	json_t *kept = json_incref(body);
	struct MHD_Response *response = reply_json(body);
	add_tag(response, kept);
	json_decref(kept);
	request_answer(r, MHD_HTTP_OK, response);
}
