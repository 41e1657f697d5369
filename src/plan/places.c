/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/places.h"

#include "base/text.h"
#include "plan/seedlist.h"

#include <stdlib.h>
#include <string.h>

#define STEPS_MAX 16 /* up from a commune, or along mergers */

static const char *const levels[] = {"tinh", "huyen", "xa"};
static const char *const classes[PLACE_CLASSES] = {"khu-vuc-3", "thon-dbkk", "bien-gioi"};

const char *place_level_code(enum place_level level)
{
	return levels[level];
}

const char *place_class_code(enum place_class class)
{
	return classes[class];
}

bool place_class_parse(const char *code, enum place_class *class)
{
	for (int i = 0; i < PLACE_CLASSES; i++) {
		if (strcmp(classes[i], code) != 0)
			continue;
		*class = (enum place_class)i;
		return true;
	}
	return false;
}

static void read_standing(struct yamlread *r, const struct yamlnode *n, struct place *place)
{
	static const char *const known[] = {"dien", "can_cu", "from", "to", NULL};
	int class;

	if (!yamlread_keys(r, n, known) ||
	    !seedlist_choice(r, n, "dien", true, classes, PLACE_CLASSES, &class))
		return;
	if (place->class_count == PLACE_CLASSES_MAX) {
		yamlread_fault(r, n->line, T("nhiều hơn %d diện", "more than %d classes"),
			       PLACE_CLASSES_MAX);
		return;
	}
	struct place_standing *s = &place->classes[place->class_count++];
	s->class = (enum place_class)class;
	yamlread_text(r, n, "can_cu", s->basis, sizeof(s->basis));
	seedlist_days(r, n, &s->from, &s->to);
}

static void read_classes(struct yamlread *r, const struct yamlnode *list, struct place *place)
{
	if (list == NULL)
		return;
	if (list->kind != YAMLNODE_LIST) {
		yamlread_fault(r, list->line, T("\"lop\" cần một danh sách",
						"\"lop\" needs a list"));
		return;
	}
	for (int i = 0; i < list->count; i++)
		read_standing(r, list->entries[i].value, place);
}

static void read_one(struct yamlread *r, const struct yamlnode *n, void *arg)
{
	static const char *const known[] = {"ma", "ten", "cap", "thuoc", "nhap_vao", "lop",
					    "nguon", "from", "to", NULL};
	struct places *p = arg;
	char code[CODE_BYTES];
	int level = PLACE_COMMUNE;

	if (!yamlread_keys(r, n, known) || !seedlist_code(r, n, code))
		return;
	struct place *grown = seedlist_add(r, n, p->list, &p->count, sizeof(*grown), PLACES_MAX);
	if (grown == NULL)
		return;
	p->list = grown;
	struct place *place = &grown[p->count - 1];
	memcpy(place->code, code, sizeof(code));
	place->line = n->line;
	yamlread_need(r, n, "ten", T("thiếu tên", "its name is missing"));
	yamlread_text(r, n, "ten", place->name, sizeof(place->name));
	seedlist_choice(r, n, "cap", true, levels, 3, &level);
	place->level = (enum place_level)level;
	yamlread_text(r, n, "thuoc", place->parent, sizeof(place->parent));
	yamlread_text(r, n, "nhap_vao", place->merged_into, sizeof(place->merged_into));
	yamlread_text(r, n, "nguon", place->source, sizeof(place->source));
	read_classes(r, yamlnode_get(n, "lop"), place);
	seedlist_days(r, n, &place->from, &place->to);
}

bool places_parse(struct places *p, const char *text, size_t len, struct faults *faults)
{
	struct yamlread r = {.file = PLACES_FILE, .faults = faults};
	struct yamltree tree = {0};
	bool there = seedlist_read(&r, &tree, "dia_ban", text, len, read_one, p);

	yamltree_finish(&tree);
	return there;
}

void places_finish(struct places *p)
{
	free(p->list);
	*p = (struct places){0};
}

const struct place *places_at(const struct places *p, const char *code, struct date day)
{
	for (int i = 0; i < p->count; i++)
		if (strcmp(p->list[i].code, code) == 0 &&
		    seedlist_touch(p->list[i].from, p->list[i].to, day, day))
			return &p->list[i];
	return NULL;
}

const struct place *places_named(const struct places *p, const char *code, struct date day)
{
	const struct place *before = NULL, *after = NULL;

	for (int i = 0; i < p->count; i++) {
		const struct place *one = &p->list[i];
		if (strcmp(one->code, code) != 0)
			continue;
		if (date_compare(one->from, day) > 0) {
			if (after == NULL || date_compare(one->from, after->from) < 0)
				after = one;
		} else if (before == NULL || date_compare(one->to, before->to) > 0) {
			before = one;
		}
	}
	return before != NULL ? before : after;
}

const struct place *places_now(const struct places *p, const char *code, struct date day)
{
	for (int step = 0; step < STEPS_MAX; step++) {
		const struct place *place = places_named(p, code, day);
		if (place == NULL || date_compare(place->to, day) >= 0)
			return place != NULL && date_compare(place->from, day) <= 0 ? place : NULL;
		if (place->merged_into[0] == '\0')
			return NULL;
		code = place->merged_into;
	}
	return NULL;
}

bool place_is(const struct place *place, enum place_class class, struct date day)
{
	for (int i = 0; i < place->class_count; i++)
		if (place->classes[i].class == class &&
		    seedlist_touch(place->classes[i].from, place->classes[i].to, day, day))
			return true;
	return false;
}

bool places_within(const struct places *p, const char *code, const char *area, struct date day)
{
	for (int step = 0; step < STEPS_MAX && code[0] != '\0'; step++) {
		if (strcmp(code, area) == 0)
			return true;
		const struct place *place = places_at(p, code, day);
		if (place == NULL)
			return false;
		code = place->parent;
	}
	return false;
}
