/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands about changes of timetables that nobody has saved: what the text would be and do,
 * and on which days a slot of it would air. */
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "plan/days_next.h"
#include "plan/days_tell.h"
#include "plan/slot_edit.h"
#include "plan/table_edit.h"
#include "station/change.h"
#include "station/commands.h"
#include "station/icsin.h"
#include "station/versions.h"

#include <string.h>

/* A slot of another timetable, named as {"table", "slot"}. */
static bool take_slot(struct request *rq, const json_t *one, json_t *slots, struct err *e)
{
	char file[PATH_BYTES];
	struct buf text = {0};

	bool ok = change_file(json_get_text(one, "table", ""), file, e) &&
		  change_read(rq->desk, file, &text, e);
	json_t *slot = ok ? table_edit_slot(file, buf_str(&text), text.len,
					    json_get_text(one, "slot", ""), e)
			  : NULL;
	buf_finish(&text);
	return slot != NULL && json_array_append_new(slots, slot) == 0;
}

/* {"op": "new", "set": {…}, "slots": [{"table", "slot"}…]}: a timetable that is not there yet, with
 * what others have. */
static bool make_new(struct request *rq, const char *file, const json_t *edit, struct buf *made,
		     struct err *e)
{
	json_t *slots = json_array(), *one;
	bool ok = true;
	size_t i;

	json_array_foreach(json_object_get(edit, "slots"), i, one)
		ok = ok && take_slot(rq, one, slots, e);
	ok = ok && table_edit_new(file, json_object_get(edit, "set"), slots, made, e);
	json_decref(slots);
	return ok;
}

/* The text of the field "name" with the field "edit"; was: the SHA-256 of what it is made from, ""
 * for a new one. */
static bool make(struct request *rq, const char *file, char was[static SHA256_HEX_BYTES],
		 struct buf *made, struct err *e)
{
	const json_t *edit = json_object_get(rq->args, "edit");
	struct buf text = {0};

	was[0] = '\0';
	if (strcmp(json_get_text(edit, "op", ""), "new") == 0)
		return make_new(rq, file, edit, made, e);
	bool ok = change_read(rq->desk, file, &text, e);
	if (ok) {
		versions_hash(buf_str(&text), text.len, was);
		ok = slot_edit(file, buf_str(&text), text.len, edit, rq->who, made, e);
	}
	buf_finish(&text);
	return ok;
}

/* What the text would be and do; saving it is put, with the "was" of this answer. */
static bool edit(struct request *rq, json_t *reply, struct err *e)
{
	char file[PATH_BYTES], was[SHA256_HEX_BYTES];
	struct buf made = {0};

	bool ok = change_named(rq, file, e) && make(rq, file, was, &made, e);
	if (ok) {
		json_t *extra = json_pack("{s:s, s:s}", "was", was, "text", buf_str(&made));
		ok = change_start(rq, reply, file, &made, false, was, extra, e);
	}
	buf_finish(&made);
	return ok;
}

/* The slot that the edit is about, by the name that it has afterwards. */
static const char *slot_named(const json_t *edit)
{
	const json_t *slot = json_object_get(edit, "slot");
	const char *old = json_is_object(slot) ? json_get_text(slot, "name", "")
					       : json_get_text(edit, "slot", "");

	return json_get_text(json_object_get(edit, "set"), "name", old);
}

/* The last: a new one stands behind the others, and may bear the name of one by mistake. */
static const struct slot *among(const struct slot *slots, int count, const char *name)
{
	while (count-- > 0)
		if (strcmp(slots[count].name, name) == 0)
			return &slots[count];
	return NULL;
}

/* Set aside: something in the file is faulty. */
static const struct slot *find(const struct schedule *s, const char *name)
{
	const struct slot *slot = among(s->slots, s->slot_count, name);

	return slot != NULL ? slot : among(s->set_aside, s->set_aside_count, name);
}

static bool is_about_days(const char *field)
{
	static const char *const fields[] = {"start", "days", "except", "holidays", "valid"};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(fields[i], field) == 0)
			return true;
	return false;
}

/* What else is wrong with the slot, or with others, keeps nobody from choosing days. */
static bool any_wrong(json_t *faults, const char *slot)
{
	json_t *f;
	size_t i;
	bool wrong = false;

	json_array_foreach(faults, i, f)
		wrong |= strcmp(json_get_text(f, "slot", ""), slot) == 0 &&
			 strcmp(json_get_text(f, "grade", ""), "error") == 0 &&
			 is_about_days(json_get_text(f, "field", ""));
	return wrong;
}

static void tell_days(struct request *rq, json_t *reply, const char *file, const struct buf *made)
{
	const struct world_files *files = rq->desk->world.files;
	const char *name = slot_named(json_object_get(rq->args, "edit"));
	struct schedule schedule = {.holidays = files->schedule.holidays};
	struct faults faults = {0};

	schedule_parse(&schedule, &files->settings, file, buf_str(made), made->len, &faults);
	json_t *told = change_faults(&faults);
	const struct slot *slot = any_wrong(told, name) ? NULL : find(&schedule, name);
	json_object_set_new(reply, "when", slot != NULL ? days_tell_texts(slot) : json_null());
	json_object_set_new(reply, "next",
			    slot == NULL ? json_array()
					 : days_next(slot, &files->schedule, &files->settings.tz,
						     clock_wall(rq->desk->clock)));
	json_object_set_new(reply, "faults", told);
	schedule_finish(&schedule);
	faults_finish(&faults);
}

/* By the planner's own code, so that a form need not know any calendar. */
static bool days(struct request *rq, json_t *reply, struct err *e)
{
	char file[PATH_BYTES], was[SHA256_HEX_BYTES];
	struct buf made = {0};

	bool ok = change_named(rq, file, e) && make(rq, file, was, &made, e);
	if (ok)
		tell_days(rq, reply, file, &made);
	buf_finish(&made);
	return ok;
}

/* The field "ics": a calendar's whole text. */
static bool take_calendar(struct request *rq, struct buf *calendar, struct err *e)
{
	const json_t *field = json_object_get(rq->args, "ics");

	if (!json_is_string(field))
		return err_set(e, ERR_USAGE, T("thiếu \"ics\": nội dung của tệp lịch",
					       "\"ics\" is missing: what the calendar says"));
	if (json_string_length(field) > ICS_TEXT_BYTES_MAX)
		return err_set(e, ERR_USAGE,
			       T("tệp lịch dài hơn %d kB; xuất riêng lịch phát thanh rồi gửi lại",
				 "the calendar is longer than %d kB; export that of the station "
				 "alone"),
			       ICS_TEXT_BYTES_MAX >> 10);
	buf_add(calendar, json_string_value(field), json_string_length(field));
	return true;
}

/* What the text would be; what it would do is timetable.preview's to say. */
static bool ics(struct request *rq, json_t *reply, struct err *e)
{
	char file[PATH_BYTES], was[SHA256_HEX_BYTES];
	struct buf calendar = {0}, text = {0};

	bool ok = change_named(rq, file, e) && take_calendar(rq, &calendar, e) &&
		  change_read(rq->desk, file, &text, e);
	if (ok) {
		versions_hash(buf_str(&text), text.len, was);
		ok = icsin_start(rq, reply, file, &calendar, &text, was, e);
	}
	buf_finish(&calendar);
	buf_finish(&text);
	return ok;
}

const struct command commands_drafts[] = {
	{"timetable.edit", "name, edit", false, edit},
	{"timetable.days", "name, edit", false, days},
	{"timetable.ics", "name, ics", false, ics},
	{0},
};
