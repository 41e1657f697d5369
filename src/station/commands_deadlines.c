/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadlines: what is due when, handed in with which document, and those of one's own. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/entry_lists.h"
#include "station/commands.h"
#include "station/handins.h"
#include "station/lists_change.h"

#include <stdio.h>
#include <string.h>

static bool tell(struct request *rq, json_t *reply, struct err *e)
{
	json_t *people = json_object(), *told = handins_tell(rq->desk, people, e);

	if (told != NULL) {
		json_object_update_new(reply, told);
		json_object_set_new(reply, "people", people);
		return true;
	}
	json_decref(people);
	return false;
}

static bool day(struct request *rq, const char *field, struct date *d, struct err *e)
{
	const char *text;

	if (!request_text(rq, field, true, &text, e))
		return false;
	return date_parse(text, d) ||
	       err_set(e, ERR_USAGE, T("\"%s: %.40s\": ngày phải có dạng 2026-11-23",
				       "\"%s: %.40s\": a date looks like 2026-11-23"), field,
		       text);
}

static bool append(struct request *rq, json_t *entry, json_t *reply, struct err *e)
{
	int64_t n;

	return ledger_append(rq->desk->ledger, entry, &n, e) && tell(rq, reply, e);
}

/* Not in the future: it would be no fact. */
static bool not_ahead(struct request *rq, struct date on, struct err *e)
{
	struct date today = tz_date(&rq->desk->world.files->settings.tz,
				    clock_wall(rq->desk->clock), NULL);

	return date_compare(on, today) <= 0 ||
	       err_set(e, ERR_REFUSED, T("ngày nộp ở sau hôm nay", "that day is not there yet"));
}

static bool done(struct request *rq, json_t *reply, struct err *e)
{
	const char *code, *document;
	struct date due, on;

	return request_text(rq, "deadline", true, &code, e) && day(rq, "due", &due, e) &&
	       request_text(rq, "document", true, &document, e) && day(rq, "on", &on, e) &&
	       not_ahead(rq, on, e) && handins_has(rq->desk, code, due, e) &&
	       append(rq, entry_deadline_marked(code, due, document, on, false, "", rq->who),
		      reply, e);
}

static bool undone(struct request *rq, json_t *reply, struct err *e)
{
	const char *code, *reason;
	struct date due;

	return request_text(rq, "deadline", true, &code, e) && day(rq, "due", &due, e) &&
	       request_text(rq, "reason", true, &reason, e) &&
	       handins_has(rq->desk, code, due, e) &&
	       append(rq, entry_deadline_marked(code, due, "", due, true, reason, rq->who), reply,
		      e);
}

/* A code that no other has: "rieng-2026-12-05", then "rieng-2026-12-05-2". */
static json_t *with_code(struct request *rq, const char *due, json_t *item, struct err *e)
{
	const struct lists_file *f = lists_named("thoi-han");
	struct deadlines there = {0};
	struct faults ignored = {0};
	struct buf text = {0};
	char code[CODE_BYTES], sha256[SHA256_HEX_BYTES];
	bool ok = lists_text(rq, f, &text, sha256, e);

	if (ok && text.len > 0)
		deadlines_parse(&there, buf_str(&text), text.len, &ignored);
	snprintf(code, sizeof(code), "rieng-%.10s", due);
	for (int i = 2; deadlines_find(&there, code) != NULL; i++)
		snprintf(code, sizeof(code), "rieng-%.10s-%d", due, i);
	json_object_set_new(item, "ma", json_string(code));
	deadlines_finish(&there);
	faults_finish(&ignored);
	buf_finish(&text);
	if (ok)
		return item;
	json_decref(item);
	return NULL;
}

/* Once, or every year from then on. */
static json_t *item_of(struct request *rq, const char *what, struct date due, bool yearly,
		       struct err *e)
{
	const char *who, *to;
	json_t *item = json_object();
	struct date before = date_add_days(due, 1);
	char last[11];

	if (!request_text(rq, "who", false, &who, e) || !request_text(rq, "to", false, &to, e)) {
		json_decref(item);
		return NULL;
	}
	date_print(due, last);
	json_object_set_new(item, "ma", json_null()); /* stands first */
	json_object_set_new(item, "viec", json_text(what));
	if (who[0] != '\0')
		json_object_set_new(item, "ai", json_text(who));
	if (to[0] != '\0')
		json_object_set_new(item, "gui", json_text(to));
	if (yearly) {
		json_object_set_new(item, "hang_nam", json_sprintf("%d/%d", before.day,
								    before.month));
		json_object_set_new(item, "from", json_string(last));
	} else {
		json_object_set_new(item, "chua_qua", json_string(last));
	}
	return with_code(rq, last, item, e);
}

static bool add(struct request *rq, json_t *reply, struct err *e)
{
	const char *what, *every;
	struct date due;

	if (!request_text(rq, "what", true, &what, e) || !day(rq, "due", &due, e) ||
	    !request_text(rq, "every", false, &every, e))
		return false;
	if (every[0] != '\0' && strcmp(every, "year") != 0)
		return err_set(e, ERR_USAGE, T("\"every\": chỉ có year", "\"every\": only year"));
	json_t *item = item_of(rq, what, due, every[0] != '\0', e);
	if (item == NULL)
		return false;
	json_t *edit = json_pack("{s:s, s:o}", "op", "add", "item", item), *saved = json_object();
	bool ok = lists_change(rq, lists_named("thoi-han"), edit, NULL, saved, e);
	if (ok && !json_get_bool(saved, "saved", false))
		ok = err_set(e, ERR_REFUSED, T("chưa thêm được: %s", "not added: %s"),
			     json_get_text(json_array_get(json_object_get(saved, "faults"), 0),
					   "text", "?"));
	json_decref(edit);
	json_decref(saved);
	return ok && tell(rq, reply, e);
}

const struct command commands_deadlines[] = {
	{"deadlines", "", false, tell},
	{"deadline.done", "deadline, due, document, on", false, done},
	{"deadline.undone", "deadline, due, reason", false, undone},
	{"deadline.add", "what, due, who?, to?, every?", false, add},
	{0},
};
