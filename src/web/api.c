/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/api.h"

#include "base/civil.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/route.h"
#include "web/session.h"
#include "web/site.h"
#include "web/web.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ASK_MS 10000 /* a plan of years takes a slow machine seconds */

static const struct {
	const char *command;
	const char *fields[48]; /* ends with NULL */
} commands[] = {
	{"day", {"date"}},
	{"why", {"what", "date"}},
	{"plan", {"from", "to"}},
	{"plan.free", {"length_s", "language", "programme", "level"}},
	{"log", {"from", "to", "brief"}},
	{"log.csv", {"from", "to"}},
	{"airing.proof", {"of"}},
	{"hold", {"from", "to", "zone", "reason"}},
	{"unhold", {"reason"}},
	{"register.list", {"row", "find", "by", "from", "to", "after", "limit"}},
	{"register.proof", {"row", "n"}},
	{"pack", {"from", "to", "recordings", "forms"}},
	{"pack.size", {"from", "to"}},
	{"report", {"period", "from", "to", "cycle", "programme", "language", "kind", "fund",
		    "place", "producer", "only", "by"}},
	{"cut", {"zone"}},
	{"resume", {"zone"}},
	{"play", {"bulletin", "zone", "reason"}},
	{"release", {"item"}},
	{"relay.try", {"relay"}},
	{"order", {"bulletins"}},
	{"tone", {"zone", "seconds", "reason"}},
	{"live.start", {"zone", "zones", "by", "minutes", "reason", "source"}},
	{"live.sound", {"live", "sound"}},
	{"emergency", {"by", "reason", "bulletin", "text", "waits", "zone", "repeat", "until",
		       "over_cut", "drill"}},
	{"emergency.message", {"bulletin"}},
	{"emergency.end", {"reason"}},
	{"bulletins", {"state", "find", "before", "limit"}},
	{"bulletin.edit", {"title", "language", "kind", "level", "fund", "programmes", "slots",
			   "from", "to"}},
	{"bulletin.approve", {"sha256", "revision", "document"}},
	{"bulletin.refuse", {"reason"}},
	{"bulletin.withdraw", {"reason"}},
	{"timetable", {"version"}},
	{"list", {"version"}},
	{"deadline.done", {"deadline", "due", "document", "on"}},
	{"deadline.undone", {"deadline", "due", "reason"}},
	{"deadline.add", {"what", "due", "who", "to", "every"}},
	{"duplicates", {"list", "after", "limit"}},
	{"duplicate.decide", {"first", "second", "decision", "reason"}},
	{"user.login", {"name", "password", "token"}},
	{"user.first", {"code", "name", "person", "password", "token"}},
	{"settings.set",
	 {"sha256", "station", "quiet_from", "quiet_to", "night_from", "night_to", "night_db",
	  "target_lufs", "peak_dbtp", "ident", "ident_out", "bed", "bed_db", "duck_db",
	  "crossfade_ms", "persons", "document", "stream", "record", "recordings_days", "zones",
	  "live_allowed", "live_device", "live_channel", "live_minutes", "live_chime",
	  "live_gain_db", "report_superior", "report_issuer", "report_place", "report_symbol",
	  "report_signer_for", "report_signer_title", "report_signer_name"}},
	{"user.add", {"name", "person", "role"}},
	{"user.role", {"role"}},
	{"me.password", {"old", "password", "token"}},
};

/* Of a report "" is a word: it asks for what has no code. */
static bool says_none(const struct request *r, const char *name)
{
	return strcmp(r->route->command, "report") == 0 &&
	       (strcmp(name, "programme") == 0 || strcmp(name, "language") == 0 ||
		strcmp(name, "kind") == 0 || strcmp(name, "fund") == 0 ||
		strcmp(name, "place") == 0 || strcmp(name, "producer") == 0);
}

static const char *const *fields_of(const char *command)
{
	static const char *const none[] = {NULL};

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i].command, command) == 0)
			return commands[i].fields;
	return none;
}

/* What people call a field of the page; a program's own name for the others. */
static const char *called(const char *name)
{
	if (strcmp(name, "title") == 0)
		return T("tên bản tin", "the title");
	if (strcmp(name, "reason") == 0)
		return T("lý do", "the reason");
	if (strcmp(name, "document") == 0)
		return T("số văn bản", "the document's number");
	return name;
}

/* What is read aloud, or somebody says, may be long and have lines: the station looks at it. */
static bool is_spoken(const char *name)
{
	return strcmp(name, "text") == 0 || strcmp(name, "sound") == 0;
}

bool api_check(const char *name, const char *value, struct err *e)
{
	struct tz utc;
	struct wall t;
	struct date d;

	if (is_spoken(name))
		return true;
	if (strlen(value) >= TITLE_BYTES)
		return err_set(e, ERR_USAGE, T("%s quá dài: nhiều nhất %d byte",
					       "%s is too long: at most %d bytes"),
			       called(name), TITLE_BYTES - 1);
	if (!utf8_printable(value, strlen(value)))
		return err_set(e, ERR_USAGE,
			       T("%s có ký tự không nhìn thấy được (xuống dòng, dấu viết từ phải "
				 "sang trái…); hãy gõ lại",
				 "%s has characters that do not show (a new line, marks for "
				 "writing from the right…); type it anew"),
			       called(name));
	if (strcmp(name, "date") == 0 && !date_parse(value, &d))
		return err_set(e, ERR_USAGE, T("%s: ngày phải có dạng 2026-11-23",
					       "%s: a date looks like 2026-11-23"), name);
	if (strcmp(name, "from") != 0 && strcmp(name, "to") != 0)
		return true;
	tz_fixed(&utc, "UTC", 0);
	if (!wall_parse(value, &utc, &t))
		return err_set(e, ERR_USAGE,
			       T("%s: thời điểm phải có dạng 2026-11-23 hoặc "
				 "2026-11-23T05:30:00+07:00",
				 "%s: a time looks like 2026-11-23 or 2026-11-23T05:30:00+07:00"),
			       name);
	return true;
}

static bool known(const char *const *fields, const char *name)
{
	for (; *fields != NULL; fields++)
		if (strcmp(*fields, name) == 0)
			return true;
	return false;
}

static bool takes_list(const char *name)
{
	return strcmp(name, "programmes") == 0 || strcmp(name, "slots") == 0 ||
	       strcmp(name, "bulletins") == 0;
}

static bool is_flag(const char *name)
{
	return strcmp(name, "drill") == 0 || strcmp(name, "over_cut") == 0 ||
	       strcmp(name, "waits") == 0;
}

static bool check_list(const char *name, const json_t *list, struct err *e)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		const char *text = json_string_value(item);
		if (text == NULL)
			return err_set(e, ERR_USAGE, T("%s: phải là một danh sách chữ",
						       "%s: must be a list of texts"), name);
		if (!api_check(name, text, e))
			return false;
	}
	return true;
}

bool api_take_body(const char *body, size_t len, const char *const *fields, json_t *command,
		   const char **field, struct err *e)
{
	json_t *object = len > 0 ? json_loadb(body, len, JSON_REJECT_DUPLICATES, NULL)
				 : json_object();
	const char *name;
	json_t *value;
	bool good = true;

	*field = NULL;
	if (!json_is_object(object)) {
		json_decref(object);
		return err_set(e, ERR_USAGE, T("nội dung không phải là một đối tượng JSON",
					       "the body is not a JSON object"));
	}
	json_object_foreach(object, name, value) {
		const char *text = json_string_value(value);
		for (const char *const *f = fields; *f != NULL; f++)
			if (strcmp(*f, name) == 0)
				*field = *f;
		if (!known(fields, name))
			good = err_set(e, ERR_USAGE, T("\"%.50s\": không có trường này",
						       "\"%.50s\": no such field"), name);
		else if (takes_list(name) && json_is_array(value))
			good = check_list(name, value, e);
		else if (strcmp(name, "zones") == 0 && json_is_array(value))
			good = true; /* the station looks at what is in it */
		else if (is_flag(name) && json_is_boolean(value))
			good = true;
		else if (text == NULL)
			good = err_set(e, ERR_USAGE, T("%s: phải là chữ", "%s: must be a text"),
				       name);
		else /* "" takes a word away */
			good = text[0] == '\0' || api_check(name, text, e);
		if (!good)
			break;
		json_object_set(command, name, value);
	}
	json_decref(object);
	if (good)
		*field = NULL;
	return good;
}

/* The same from the query of a GET. A key given twice counts once: the first. */
static bool take_query(struct request *r, const char *const *fields, json_t *command,
		       const char **field, struct err *e)
{
	for (; *fields != NULL; fields++) {
		const char *value =
			MHD_lookup_connection_value(r->connection, MHD_GET_ARGUMENT_KIND, *fields);
		*field = *fields;
		if (value == NULL || (*value == '\0' && !says_none(r, *fields)))
			continue;
		if (!api_check(*fields, value, e))
			return false;
		json_object_set_new(command, *fields, json_string(value));
	}
	return true;
}

/* Those that wait for their turn: the next one asks. */
static void go_on(struct web *w);

static void stop_asking(struct request *r)
{
	link_close(&r->ask);
	r->asking = false;
	r->web->asks--;
	go_on(r->web);
}

/* A page asks for its day's list again and again, and mostly has it. */
static void answer_json(struct request *r, json_t *body)
{
	struct MHD_Response *response = reply_long_json(body, request_header(r, "Accept-Encoding"));
	const char *tag = MHD_get_response_header(response, "ETag");

	if (tag == NULL || strcmp(r->route->method, "GET") != 0 ||
	    !site_unchanged(request_header(r, "If-None-Match"), tag)) {
		request_answer(r, MHD_HTTP_OK, response);
		return;
	}
	request_answer(r, MHD_HTTP_NOT_MODIFIED, reply_unchanged(tag));
	MHD_destroy_response(response);
}

static void pass_on(struct request *r, const json_t *reply)
{
	if (r->route->csv) {
		request_answer(r, MHD_HTTP_OK, reply_csv(json_get_text(reply, "csv", "")));
		return;
	}
	json_t *body = json_copy((json_t *)(uintptr_t)reply);
	json_object_del(body, "id");
	json_object_del(body, "ok");
	if (r->route->reply != NULL)
		r->route->reply(r, body);
	else
		answer_json(r, body);
}

static bool line(struct link *l, const json_t *reply)
{
	struct request *r = l->arg;
	struct err e = {0};

	if (json_integer_value(json_object_get(reply, "id")) != 1)
		return true;
	bool good = client_outcome(reply, &e);
	struct buf rest = {0};
	int fd = good && r->route->carry != NULL ? link_take(l, &rest) : -1;
	stop_asking(r);
	if (!good)
		request_refuse(r, &e, json_string_value(json_object_get(
						  json_object_get(reply, "error"), "field")));
	else if (fd >= 0)
		r->route->carry(r, reply, fd, &rest);
	else
		pass_on(r, reply);
	return false;
}

static void nobody(struct request *r, const struct err *e)
{
	if (r->route->away != NULL)
		r->route->away(r);
	else
		request_away(r, e);
}

static void lost(struct link *l, const struct err *e)
{
	struct request *r = l->arg;

	stop_asking(r);
	nobody(r, e);
}

static void ask(struct request *r, const json_t *command)
{
	struct web *w = r->web;
	int wait_ms = r->route->wait_ms > 0 ? r->route->wait_ms : ASK_MS;
	struct err e = {0};

	r->ask.line = line;
	r->ask.lost = lost;
	r->ask.arg = r;
	if (!link_open(&r->ask, w->loop, w->clock, w->config.dir, command, wait_ms, &e)) {
		nobody(r, &e);
		return;
	}
	w->asks++;
	r->asking = true;
	request_suspend(r);
}

static void leave_queue(struct request *r)
{
	struct request **at = &r->web->waiting;

	while (*at != r)
		at = &(*at)->behind;
	*at = r->behind;
	json_decref(r->question);
	r->question = NULL;
}

/* Requests of no good may ask without end: they wait in a row, as everybody does, and nobody is
 * sent away while the station answers. */
static void queue_up(struct request *r, const json_t *command)
{
	struct request **at = &r->web->waiting;

	while (*at != NULL)
		at = &(*at)->behind;
	*at = r;
	r->behind = NULL;
	r->question = json_copy((json_t *)(uintptr_t)command);
	must(r->question != NULL);
	request_suspend(r);
}

static void go_on(struct web *w)
{
	while (!w->stopping && w->asks < HTTP_ASKS_MAX && w->waiting != NULL) {
		struct request *r = w->waiting;
		json_t *command = json_incref(r->question);

		leave_queue(r);
		ask(r, command);
		json_decref(command);
	}
}

void api_forsake(struct request *r)
{
	if (r->question != NULL)
		leave_queue(r);
	if (r->asking)
		stop_asking(r);
}

static void send_or_wait(struct request *r, json_t *command)
{
	if (r->web->asks < HTTP_ASKS_MAX)
		ask(r, command);
	else
		queue_up(r, command);
	json_decref(command);
}

void api_send(struct request *r, json_t *command)
{
	must(command != NULL);
	json_object_set_new(command, "id", json_integer(1));
	session_sign(r, command);
	send_or_wait(r, command);
}

void api_ask(struct request *r)
{
	const char *const *fields = fields_of(r->route->command);
	json_t *command = json_pack("{s:i, s:s}", "id", 1, "do", r->route->command);
	const char *field = NULL;
	struct err e = {0};

	must(command != NULL);
	if (r->route->field != NULL)
		json_object_set_new(command, r->route->field, json_string(r->parameter));
	if (r->route->format != NULL)
		json_object_set_new(command, "format", json_string(r->route->format));
	bool post = strcmp(r->route->method, "POST") == 0;
	bool good = post ? api_take_body(buf_str(&r->body), r->body.len, fields, command, &field,
					 &e)
			 : take_query(r, fields, command, &field, &e);
	session_sign(r, command);
	if (good) {
		send_or_wait(r, command);
		return;
	}
	request_refuse(r, &e, field);
	json_decref(command);
}
