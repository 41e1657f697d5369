/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/commands.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "station/admit.h"
#include "station/inspection.h"

#include <string.h>

#define FIELD_BYTES_MAX 4096

static const struct command *const tables[] = {commands_bulletins, commands_desk, commands_log,
					       commands_air, commands_emergency, commands_live,
					       commands_timetables,
					       commands_drafts,
					       commands_settings, commands_users,
					       commands_calendar,
					       commands_keep, commands_pack,
					       commands_report, commands_registers,
					       commands_lists, commands_deadlines,
					       commands_duplicates};

static const struct command *find(const char *name)
{
	for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++)
		for (const struct command *c = tables[t]; c->name != NULL; c++)
			if (strcmp(c->name, name) == 0)
				return c;
	return NULL;
}

static void describe(const struct command *table, json_t *list)
{
	for (const struct command *c = table; c->name != NULL; c++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "do", c->name, "fields",
						      c->fields));
}

static json_t *help(json_t *id)
{
	json_t *list = json_array();

	for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++)
		describe(tables[t], list);
	return json_pack("{s:O?, s:b, s:o}", "id", id, "ok", 1, "commands", list);
}

json_t *commands_error(json_t *id, const struct err *e)
{
	return json_pack("{s:O?, s:{s:s, s:s}}", "id", id, "error", "code", err_code(e->kind),
			 "text", e->text);
}

static bool no_station(struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		       T("đài chưa chạy; khởi động bằng: vangxa run",
			 "the station is not running; start it with: vangxa run"));
}

bool commands_alone(const char *name, struct err *e)
{
	const struct command *c = find(name);

	return c == NULL || !c->needs_sound || no_station(e);
}

/* What syncs a file of its own on this thread: accounts, timetables, settings. Refused at once
 * while the disk does not answer, since it would stop everything; a login is none of them. */
static bool syncs(const char *name)
{
	static const char *const names[] = {"user.add", "user.passwd", "user.role", "user.disable",
					    "user.enable", "user.end", "user.logout", "user.first",
					    "me.password", "me.end", "me.calendar.new",
					    "me.calendar.end", "timetable.put", "settings.set"};
	bool listed = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		listed = listed || strcmp(name, names[i]) == 0;
	return listed;
}

static bool dispatch(struct request *rq, const char *name, json_t *reply, struct err *e)
{
	const struct command *c = find(name);

	if (c == NULL)
		return err_set(e, ERR_USAGE,
			       T("không có lệnh \"%.40s\"; hỏi {\"do\":\"help\"} để xem các lệnh",
				 "no command \"%.40s\"; ask {\"do\":\"help\"} for the list"),
			       name);
	if (!admit(rq, name, e))
		return false;
	if (c->needs_sound && rq->station == NULL)
		return no_station(e);
	if ((syncs(name) && !desk_disk_answers(rq->desk, e)) || !c->run(rq, reply, e))
		return false;
	inspection_note(rq, name);
	return true;
}

static json_t *error_of(const struct request *rq, const struct err *e)
{
	json_t *answer = commands_error(rq->id, e);

	if (rq->field != NULL)
		json_object_set_new(json_object_get(answer, "error"), "field",
				    json_string(rq->field));
	return answer;
}

static json_t *run(struct request *rq)
{
	const char *name = json_string_value(json_object_get(rq->args, "do"));
	struct err e = {0};

	rq->id = json_object_get(rq->args, "id");
	if (name != NULL && strcmp(name, "help") == 0)
		return help(rq->id);
	json_t *reply = json_pack("{s:O?, s:b}", "id", rq->id, "ok", 1);
	must(reply != NULL);
	bool ok = name != NULL ? dispatch(rq, name, reply, &e)
			       : err_set(&e, ERR_USAGE, T("thiếu \"do\"", "\"do\" is missing"));
	if (ok && !rq->later)
		return reply;
	json_decref(reply);
	return ok ? NULL : error_of(rq, &e);
}

json_t *commands_run(struct request *rq)
{
	enum text_reader reader = text_reader(json_get_text(rq->args, "lang", NULL));
	enum text_reader before = text_speak(reader != TEXT_OWN ? reader : text_speaks());
	/* The web process says whose session it is, be it nobody's; a command line has none. */
	bool page = text_for_page(json_object_get(rq->args, "session") != NULL);
	json_t *answer = run(rq);

	text_for_page(page);
	text_speak(before);
	return answer;
}

bool request_text(struct request *rq, const char *field, bool needed, const char **text,
		  struct err *e)
{
	json_t *value = json_object_get(rq->args, field);

	*text = json_is_string(value) ? json_string_value(value) : "";
	if (value != NULL && !json_is_null(value) && !json_is_string(value))
		return err_set(e, ERR_USAGE, T("\"%s\" phải là chữ", "\"%s\" must be text"), field);
	/* A reason that nobody can read is none. */
	bool blank = utf8_blank(*text);
	if (needed && blank)
		return err_set(e, ERR_USAGE, T("thiếu \"%s\"", "\"%s\" is missing"), field);
	if (json_string_length(value) != strlen(*text) || strlen(*text) > FIELD_BYTES_MAX ||
	    !utf8_printable(*text, strlen(*text)))
		return err_set(e, ERR_USAGE,
			       T("\"%s\" quá dài hoặc có ký tự không hiển thị được",
				 "\"%s\" is too long or has characters that cannot be shown"),
			       field);
	if (blank)
		*text = "";
	return true;
}

static bool day_field(struct request *rq, const char *field, struct date *d, struct err *e)
{
	const char *text;

	if (!request_text(rq, field, true, &text, e))
		return false;
	return date_parse(text, d) ||
	       err_set(e, ERR_USAGE, T("\"%s\": \"%.40s\" không phải ngày; viết như 2026-11-23",
				       "\"%s\": \"%.40s\" is no day; write it like 2026-11-23"),
		       field, text);
}

/* The account of a person who is called so; 0 none. Case and spaces as they were typed when the
 * account was made: a near miss is no person's word for it. */
static int64_t account_of(struct request *rq, const char *person)
{
	struct err e;
	json_t *list = rq->desk->users == NULL ? NULL :
		users_list(rq->desk->users, &rq->desk->world.files->settings.tz, &e), *one;
	int64_t id = 0;
	size_t i;

	json_array_foreach(list, i, one)
		if (strcmp(json_get_text(one, "person", ""), person) == 0)
			id = json_get_integer(one, "id", 0);
	json_decref(list);
	return id;
}

bool request_by(struct request *rq, char *by, size_t size, struct err *e)
{
	const char *text;
	struct user user = {0};
	struct err unknown;

	if (!request_text(rq, "by", false, &text, e))
		return false;
	if (rq->desk->users != NULL && text[0] != '\0' &&
	    !users_named(rq->desk->users, text, &user, &unknown))
		user.id = account_of(rq, text);
	if (user.id != 0)
		snprintf(by, size, "user:%lld", (long long)user.id);
	else
		snprintf(by, size, "%s", text[0] != '\0' ? text : rq->who);
	return true;
}

bool request_days(struct request *rq, struct date *first, struct date *last, struct err *e)
{
	if (!day_field(rq, "from", first, e) || !day_field(rq, "to", last, e))
		return false;
	return date_compare(*first, *last) <= 0 ||
	       err_set(e, ERR_USAGE, T("ngày cuối đứng trước ngày đầu",
				       "the last day is before the first"));
}
