/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/timetable.h"

#include "base/must.h"
#include "base/text.h"
#include "plan/quiet.h"
#include "plan/slot_parse.h"
#include "plan/special.h"
#include "plan/yamlread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct slot *next_slot(struct schedule *s)
{
	if (s->slot_count == s->slot_capacity) {
		s->slot_capacity = s->slot_capacity > 0 ? 2 * s->slot_capacity : 16;
		s->slots = realloc(s->slots, (size_t)s->slot_capacity * sizeof(*s->slots));
		must(s->slots != NULL);
	}
	return &s->slots[s->slot_count++];
}

/* Takes back the slots from number `count` on. */
static void drop_slots(struct schedule *s, int count)
{
	while (s->slot_count > count) {
		struct slot *slot = &s->slots[--s->slot_count];
		s->day_starts -= slot_start_count(slot);
		slot_finish(slot);
	}
}

static void set_aside(struct schedule *s, int from)
{
	int count = s->slot_count - from;

	if (count == 0)
		return;
	s->set_aside = realloc(s->set_aside, (size_t)(s->set_aside_count + count) *
						     sizeof(*s->set_aside));
	must(s->set_aside != NULL);
	for (int i = from; i < s->slot_count; i++) {
		s->day_starts -= slot_start_count(&s->slots[i]);
		s->set_aside[s->set_aside_count++] = s->slots[i];
	}
	s->slot_count = from;
}

/* Names are how bulletins wish for a slot and how people speak of it. */
static void check_names(struct yamlread *r, const struct yamlnode *slots)
{
	for (int i = 0; i < slots->count; i++) {
		const struct yamlnode *a = yamlnode_get(slots->entries[i].value, "name");
		for (int j = 0; a != NULL && a->kind == YAMLNODE_TEXT && j < i; j++) {
			const struct yamlnode *b = yamlnode_get(slots->entries[j].value, "name");
			if (b == NULL || b->kind != YAMLNODE_TEXT || strcmp(a->text, b->text) != 0)
				continue;
			r->slot = a->text;
			r->field = "name";
			yamlread_fault(r, a->line, T("tên khung giờ \"%.80s\" đã dùng ở dòng %d; "
						     "mỗi khung giờ cần một tên riêng",
						     "the slot name \"%.80s\" is used in line %d "
						     "already; each slot needs its own"),
				       a->text, b->line);
			break;
		}
	}
	r->slot = r->field = NULL;
}

/* A plan is made again and again: slots that repeat each second would leave no time to play. Told
 * once, at the slot with which it becomes too much. */
static void count_starts(struct yamlread *r, struct schedule *s, bool enabled)
{
	const struct slot *slot = &s->slots[s->slot_count - 1];
	int64_t before = s->day_starts;

	s->day_starts += slot_start_count(slot);
	if (!enabled || before > STARTS_DAY_MAX || s->day_starts <= STARTS_DAY_MAX)
		return;
	r->slot = slot->name;
	r->field = "repeat";
	yamlread_fault(r, slot->line,
		       T("khung giờ \"%.80s\": đến đây cả đài phát hơn %d lượt mỗi ngày; xem lại "
			 "\"repeat\"",
			 "slot \"%.80s\": with it the station has more than %d starts a day; look "
			 "at \"repeat\""),
		       slot->name, STARTS_DAY_MAX);
	r->slot = r->field = NULL;
}

static void parse_slots(struct yamlread *r, const struct settings *settings,
			const struct slot_around *around, const struct yamlnode *n,
			struct schedule *s)
{
	if (n->kind != YAMLNODE_LIST) {
		if (n->kind != YAMLNODE_TEXT || n->text[0] != '\0')
			yamlread_fault(r, n->line, T("\"slots\" cần một danh sách: mỗi khung giờ "
						     "bắt đầu bằng \"- name: …\"",
						     "\"slots\" needs a list: each slot begins "
						     "with \"- name: …\""));
		return;
	}
	if (n->count > SLOTS_MAX - s->slot_count) {
		yamlread_fault(r, n->line, T("quá nhiều khung giờ: %d ở tệp này, %d ở các tệp "
					     "khác, nhiều nhất %d cho cả đài",
					     "too many slots: %d in this file, %d in others, %d at "
					     "most for a station"),
			       n->count, s->slot_count, SLOTS_MAX);
		return;
	}
	check_names(r, n);
	for (int i = 0; i < n->count; i++) {
		bool enabled;
		slot_parse(r, settings, around, n->entries[i].value, next_slot(s), &enabled);
		count_starts(r, s, enabled);
		if (!enabled)
			drop_slots(s, s->slot_count - 1);
	}
}

static void parse_root(struct yamlread *r, const struct settings *settings,
		       const struct yamlnode *root, struct timetable *table, struct schedule *s)
{
	static const char *const known[] = {"timetable", "valid", "slots", "enabled", "replaces",
					    "basis", "music", NULL};
	const struct yamlnode *valid = yamlnode_get(root, "valid");
	struct slot_around around = {.holidays = s->holidays != NULL};

	if (!yamlread_keys(r, root, known))
		return;
	r->field = "timetable";
	if (yamlread_need(r, root, "timetable",
			  T("thiếu tên lịch; thêm dòng \"timetable: Lịch hằng ngày\"",
			    "the timetable's name is missing; add \"timetable: …\"")))
		yamlread_text(r, root, "timetable", table->name, sizeof(table->name));
	yamlread_bool(r, root, "enabled", &table->enabled);
	yamlread_bool(r, root, "music", &table->music);
	around.music = table->music;
	r->field = "valid";
	if (valid != NULL)
		slot_parse_validity(r, valid, &(struct validity){0}, &around.valid);
	special_parse(r, root, &around.valid, table);
	r->field = NULL;
	if (yamlread_need(r, root, "slots",
			  T("thiếu \"slots\": lịch không có khung giờ nào",
			    "\"slots\" is missing: the timetable has no slot")))
		parse_slots(r, settings, &around, yamlnode_get(root, "slots"), s);
}

bool schedule_parse(struct schedule *s, const struct settings *settings, const char *file,
		    const char *text, size_t len, struct faults *faults)
{
	struct yamlread r = {.file = file, .faults = faults};
	struct timetable table = {.enabled = true, .music = true};
	struct yamltree tree;
	int errors = faults->errors, before = s->slot_count;

	if (s->table_count == TIMETABLES_MAX) {
		yamlread_fault(&r, 0, T("quá nhiều tệp lịch (nhiều nhất %d)", "too many timetables "
									      "(%d at most)"),
			       TIMETABLES_MAX);
		return false;
	}
	snprintf(table.file, sizeof(table.file), "%s", file);
	yamltree_parse(&tree, file, text, len, faults);
	if (tree.root != NULL)
		parse_root(&r, settings, tree.root, &table, s);
	yamltree_finish(&tree);
	bool ok = faults->errors == errors;
	if (!table.enabled)
		drop_slots(s, before);
	else if (!ok)
		set_aside(s, before);
	if (!ok)
		return false;
	for (int i = before; i < s->slot_count; i++)
		s->slots[i].table = s->table_count;
	s->tables[s->table_count++] = table;
	return true;
}

void schedule_finish(struct schedule *s)
{
	drop_slots(s, 0);
	free(s->slots);
	for (int i = 0; i < s->set_aside_count; i++)
		slot_finish(&s->set_aside[i]);
	free(s->set_aside);
	*s = (struct schedule){0};
}
