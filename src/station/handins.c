/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/handins.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/duedays.h"
#include "proof/entry_lists.h"
#include "proof/reader.h"
#include "station/change.h"
#include "station/desk.h"
#include "station/persons.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BACK_DAYS 400
#define AHEAD_DAYS 400
#define MARKS_MAX 20000

/* The file, and every day that something is due on. */
struct asking {
	struct desk *desk;
	struct deadlines deadlines;
	struct faults faults;
	struct date today, begun; /* begun: the first day of the log */
	struct dueday *due;
	int count;
	json_t *marks, *people;
};

static bool read_file(struct asking *a, struct err *e)
{
	struct buf text = {0};
	bool ok = disk_read(a->desk->disk, DEADLINES_FILE, YAML_FILE_BYTES_MAX, &text, e);

	if (ok)
		deadlines_parse(&a->deadlines, buf_str(&text), text.len, &a->faults);
	buf_finish(&text);
	if (ok || e->kind != ERR_NOT_FOUND)
		return ok;
	*e = (struct err){0};
	return true;
}

static bool first_entry(const struct event_row *r, void *arg)
{
	*(int64_t *)arg = r->at_ms;
	return false;
}

static bool find_begun(struct asking *a, struct err *e)
{
	const struct tz *tz = &a->desk->world.files->settings.tz;
	struct wall now = clock_wall(a->desk->clock);
	int64_t ms = now.ns / NS_PER_MS;

	a->today = tz_date(tz, now, NULL);
	if (!reader_events(ledger_view(a->desk->ledger), (struct wall){0}, now, first_entry, &ms,
			   e))
		return false;
	a->begun = tz_date(tz, (struct wall){ms * NS_PER_MS}, NULL);
	return true;
}

/* Newest first: the first for a key counts. */
static bool add_mark(const struct event_row *r, void *arg)
{
	json_t *marks = arg;
	struct err ignored;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored);
	char key[DUEDAY_KEY_BYTES];

	snprintf(key, sizeof(key), "%s@%s", json_get_text(entry, "deadline", ""),
		 json_get_text(entry, "due", ""));
	if (entry != NULL && json_object_get(marks, key) == NULL)
		json_object_set(marks, key, entry);
	json_decref(entry);
	return true;
}

static bool ask(struct asking *a, struct desk *d, struct err *e)
{
	*a = (struct asking){.desk = d, .marks = json_object()};
	if (!read_file(a, e) || !find_begun(a, e) ||
	    !reader_kind(ledger_view(d->ledger), KIND_DEADLINE, MARKS_MAX, add_mark, a->marks, e))
		return false;
	a->due = calloc(DUES_MAX, sizeof(*a->due));
	must(a->due != NULL);
	a->count = duedays_make(&a->deadlines, date_add_days(a->today, -BACK_DAYS),
				date_add_days(a->today, AHEAD_DAYS), a->due, DUES_MAX);
	return true;
}

static void finish(struct asking *a)
{
	deadlines_finish(&a->deadlines);
	faults_finish(&a->faults);
	free(a->due);
	json_decref(a->marks);
}

static json_t *day_json(struct date d)
{
	char text[11];

	date_print(d, text);
	return json_string(text);
}

static json_t *about(const struct deadline *d)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "code", json_text(d->code), "what",
			 json_text(d->what), "who", json_text(d->who), "to", json_text(d->to_whom),
			 "source", json_text(d->source));
}

static json_t *period_json(const struct dueday *due)
{
	if (due->of->kind != DEADLINE_PERIOD)
		return json_null();
	return json_pack("{s:o, s:o, s:i, s:i, s:i}", "first", day_json(due->first_of), "last",
			 day_json(due->last_of), "year", due->year, "number", due->number, "of",
			 (int)due->of->span);
}

static void add_handed(json_t *o, struct asking *a, const struct dueday *due, const json_t *mark)
{
	const char *who = json_get_text(mark, "who", "");
	struct date on = due->last;

	date_parse(json_get_text(mark, "on", ""), &on);
	int64_t late = date_to_days(on) - date_to_days(due->last);
	json_object_set(o, "document", json_object_get(mark, "document"));
	json_object_set(o, "on", json_object_get(mark, "on"));
	json_object_set_new(o, "by", json_text(who));
	json_object_set_new(o, "late_by", json_integer(late > 0 ? late : 0));
	persons_add(a->desk->users, a->people, who);
}

/* What is due, and whether somebody must still see to it soon. */
static json_t *one(struct asking *a, const struct dueday *due, bool *near)
{
	char key[DUEDAY_KEY_BYTES];
	int64_t left = dueday_left(due, a->today);
	json_t *o = about(due->of);
	const char *state = left < 0 ? "late" : "open";

	dueday_key(due, key);
	const json_t *mark = json_object_get(a->marks, key);
	bool handed = strcmp(json_get_text(mark, "state", ""), "handed-in") == 0;
	if (handed)
		state = "handed-in";
	else if (date_compare(due->last, a->begun) < 0)
		state = "before";
	*near = due->of->remind && left <= HANDINS_NEAR_DAYS && !handed &&
		strcmp(state, "before") != 0;
	json_object_update_new(o, json_pack("{s:o, s:I, s:s, s:b, s:o}", "due",
					    day_json(due->last), "left", (json_int_t)left,
					    "state", state, "near", (int)*near, "period",
					    period_json(due)));
	if (handed)
		add_handed(o, a, due, mark);
	return o;
}

/* Those that bind from the start of a day to its end today and have no day of their own. */
static json_t *always(const struct asking *a)
{
	json_t *list = json_array();

	for (int i = 0; i < a->deadlines.count; i++) {
		const struct deadline *d = &a->deadlines.list[i];
		if ((d->kind != DEADLINE_AT_ONCE && d->kind != DEADLINE_NOW_AND_THEN) ||
		    date_compare(d->from, a->today) > 0 || date_compare(d->to, a->today) < 0)
			continue;
		json_t *o = about(d);
		json_object_set_new(o, "when", json_string(d->kind == DEADLINE_AT_ONCE
								   ? "at-once" : "periodic"));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *tell(struct asking *a)
{
	json_t *list = json_array();
	int near_count = 0;

	for (int i = 0; i < a->count; i++) {
		bool near = false;
		json_array_append_new(list, one(a, &a->due[i], &near));
		near_count += near;
	}
	return json_pack("{s:o, s:o, s:o, s:i, s:o}", "today", day_json(a->today), "deadlines",
			 list, "always", always(a), "near", near_count, "faults",
			 change_faults(&a->faults));
}

json_t *handins_tell(struct desk *d, json_t *people, struct err *e)
{
	struct asking a;
	json_t *told = NULL;

	if (ask(&a, d, e)) {
		a.people = people;
		told = tell(&a);
	}
	finish(&a);
	return told;
}

bool handins_has(struct desk *d, const char *code, struct date due, struct err *e)
{
	struct asking a;
	struct dueday one;
	bool found = false;

	if (!ask(&a, d, e)) {
		finish(&a);
		return false;
	}
	for (int i = 0; i < a.deadlines.count && !found; i++) {
		struct deadlines only = a.deadlines;
		only.list = &a.deadlines.list[i];
		only.count = 1;
		found = strcmp(only.list->code, code) == 0 &&
			duedays_make(&only, due, due, &one, 1) == 1;
	}
	finish(&a);
	return found || err_set(e, ERR_NOT_FOUND,
				T("không có việc \"%.31s\" nào hạn cuối ngày đó",
				  "nothing with the code \"%.31s\" is due on that day"), code);
}
