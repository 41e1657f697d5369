/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/ics_merge.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "plan/almanac.h"
#include "plan/ics_table.h"
#include "plan/recur.h"
#include "plan/slot_edit.h"

#include <stdlib.h>
#include <string.h>

/* What is changed step by step: each slot is an edit of its own, with all the care of one. */
struct merging {
	const struct ics_merge *m;
	const struct schedule *old;
	struct buf text;
	json_t *added, *changed;
	int same;
};

static const struct slot *find(const struct schedule *s, const char *name)
{
	for (int i = 0; i < s->slot_count; i++)
		if (strcmp(s->slots[i].name, name) == 0)
			return &s->slots[i];
	return NULL;
}

static void days_of(const struct schedule *s, const struct slot *slot, struct date from,
		    uint8_t on[ICS_MERGE_DAYS])
{
	struct almanac a;

	almanac_make(&a, s, date_to_days(from), ICS_MERGE_DAYS, false);
	recur_days(slot, &a, from, date_add_days(from, ICS_MERGE_DAYS - 1), on);
	almanac_finish(&a);
}

/* The event's days count from its first on: what came before it the calendar has forgotten. */
static bool agree(const struct merging *g, const struct slot *a, const struct schedule *fresh)
{
	const struct slot *b = &fresh->slots[0];
	uint8_t here[ICS_MERGE_DAYS], there[ICS_MERGE_DAYS];
	struct date from = date_compare(b->valid_from, g->m->today) > 0 ? b->valid_from
								       : g->m->today;

	if (a->start_s != b->start_s || a->length_s != b->length_s)
		return false;
	days_of(g->old, a, from, here);
	days_of(fresh, b, from, there);
	return memcmp(here, there, sizeof(here)) == 0;
}

/* The new one as the planner sees it: a timetable of one slot. JSON is YAML. */
static bool is_same(const struct merging *g, const struct slot *old, const json_t *slot)
{
	json_t *one = json_deep_copy(slot);
	struct schedule fresh = {.holidays = g->m->holidays};
	struct faults faults = {0};

	/* Quiet hours are for the whole text to tell. */
	json_object_set_new(one, "play", json_pack("{s:{}}", "bulletins"));
	json_object_set_new(one, "confirm", json_pack("{s:s, s:s}", "by", "x", "reason", "x"));
	json_t *table = json_pack("{s:s, s:[o]}", "timetable", "x", "slots", one);
	char *text = json_dumps(table, JSON_COMPACT);
	must(text != NULL);
	bool same = schedule_parse(&fresh, g->m->settings, g->m->file, text, strlen(text),
				   &faults) &&
		    fresh.slot_count == 1 && agree(g, old, &fresh);
	free(text);
	json_decref(table);
	schedule_finish(&fresh);
	faults_finish(&faults);
	return same;
}

/* On which somebody has taken it off: no calendar's business. */
static void keep_offs(json_t *except, const struct slot *old)
{
	char from[11], to[11];

	for (int i = 0; i < old->off_count; i++) {
		const struct slot_off *off = &old->offs[i];
		date_print(off->from, from);
		date_print(off->to, to);
		json_t *one = json_pack("{s:s}", off->once ? "on" : "from", from);
		if (!off->once && !off->open)
			json_object_set_new(one, "to", json_string(to));
		json_object_set_new(one, "by", json_string(off->by));
		if (off->reason[0] != '\0')
			json_object_set_new(one, "reason", json_string(off->reason));
		json_array_append_new(except, one);
	}
}

/* Its time and days, and nothing else of it. */
static json_t *set_of(const json_t *slot, const struct slot *old)
{
	static const char *const keys[] = {"start", "length", "rrule", "dates", "valid"};
	json_t *set = json_pack("{s:n, s:n, s:n}", "days", "lunar", "holidays");
	json_t *except = json_deep_copy(json_object_get(slot, "except"));

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		json_t *value = json_object_get(slot, keys[i]);
		json_object_set(set, keys[i], value != NULL ? value : json_null());
	}
	if (except == NULL)
		except = json_array();
	keep_offs(except, old);
	json_object_set(set, "except", json_array_size(except) > 0 ? except : json_null());
	json_decref(except);
	return set;
}

static bool carry_out(struct merging *g, json_t *edit, struct err *e)
{
	struct buf next = {0};
	bool ok = slot_edit(g->m->file, buf_str(&g->text), g->text.len, edit, "", &next, e);

	json_decref(edit);
	buf_finish(&g->text);
	g->text = next;
	return ok;
}

static bool take(struct merging *g, const json_t *slot, struct err *e)
{
	const char *name = json_get_text(slot, "name", "");
	const struct slot *old = find(g->old, name);

	if (json_array_size(g->added) + json_array_size(g->changed) == ICS_CHANGES_MAX)
		return err_set(e, ERR_USAGE,
			       T("tệp lịch làm mới hoặc đổi hơn %d khung giờ; chắc là mỗi lần phát "
				 "đã thành một sự kiện riêng: dùng sự kiện lặp lại (RRULE), hoặc "
				 "chia tệp nhỏ ra",
				 "the calendar adds or changes more than %d slots; probably each "
				 "airing is an event of its own: use events that repeat (RRULE), "
				 "or divide the file"),
			       ICS_CHANGES_MAX);
	if (old == NULL) {
		json_t *fresh = json_deep_copy(slot);
		json_object_set_new(fresh, "play", json_pack("{s:{}}", "bulletins"));
		json_array_append_new(g->added, json_string(name));
		return carry_out(g, json_pack("{s:s, s:o}", "op", "add", "slot", fresh), e);
	}
	if (is_same(g, old, slot)) {
		g->same++;
		return true;
	}
	json_array_append_new(g->changed, json_string(name));
	return carry_out(g, json_pack("{s:s, s:s, s:o}", "op", "set", "slot", name, "set",
				      set_of(slot, old)), e);
}

static bool take_all(struct merging *g, const json_t *slots, struct err *e)
{
	const json_t *one;
	size_t i;

	json_array_foreach(slots, i, one)
		if (!take(g, one, e))
			return false;
	return true;
}

static bool faulty(const struct ics_merge *m, struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("%s đang có lỗi; sửa xong rồi hãy nhập lịch",
			 "%s is faulty as it is; mend it before a calendar is taken in"), m->file);
}

bool ics_merge(const struct ics_merge *m, const json_t *events, struct buf *out, json_t *told,
	       struct err *e)
{
	struct schedule old = {.holidays = m->holidays};
	struct faults faults = {0};
	struct merging g = {.m = m, .old = &old, .added = json_array(), .changed = json_array()};
	json_t *left_out = json_array();
	json_t *slots = ics_slots(events, &m->settings->tz, left_out);

	buf_add(&g.text, m->text, m->len);
	bool ok = (schedule_parse(&old, m->settings, m->file, m->text, m->len, &faults) ||
		   faulty(m, e)) &&
		  take_all(&g, slots, e);
	if (ok)
		buf_add(out, buf_str(&g.text), g.text.len);
	json_object_set_new(told, "added", g.added);
	json_object_set_new(told, "changed", g.changed);
	json_object_set_new(told, "same", json_integer(g.same));
	json_object_set_new(told, "left_out", left_out);
	buf_finish(&g.text);
	json_decref(slots);
	schedule_finish(&old);
	faults_finish(&faults);
	return ok;
}
