/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/preflight.h"

#include "base/json.h"
#include "base/must.h"
#include "plan/almanac.h"
#include "plan/collide_tell.h"
#include "plan/quiet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct look {
	struct preflight *to;
	const struct plan_input *in;
	struct date day;
	uint32_t *told; /* a bit for each saying of each slot */
};

void preflight_add(struct preflight *p, const char *grade, json_t *said)
{
	json_object_set_new(said, "grade", json_string(grade));
	if (json_array_size(p->findings) < PREFLIGHT_FINDINGS_MAX)
		json_array_append_new(p->findings, said);
	else
		json_decref(said);
}

static json_t *at_json(const struct look *l, struct wall t)
{
	char text[16];
	int32_t second;

	tz_date(&l->in->settings->tz, t, &second);
	snprintf(text, sizeof(text), "%02d:%02d", second / 3600, second / 60 % 60);
	return json_string(text);
}

/* What is wrong with a slot, at its first start; NULL if that was told. */
static json_t *slot_saying(struct look *l, const struct occurrence *o, enum saying s)
{
	uint32_t bit = UINT32_C(1) << (s - SAYING_PREFLIGHT_SILENT);
	uint32_t *told = &l->told[o->slot - l->in->schedule->slots];

	if ((*told & bit) != 0)
		return NULL;
	*told |= bit;
	json_t *said = saying(s);
	json_object_set_new(said, "slot", json_text(o->slot->name));
	json_object_set_new(said, "at", at_json(l, o->start));
	return said;
}

static void add_slot(struct look *l, const struct occurrence *o, enum saying s, const char *grade)
{
	json_t *said = slot_saying(l, o, s);

	if (said != NULL)
		preflight_add(l->to, grade, said);
}

static void add_taken(struct look *l, const struct occurrence *o)
{
	json_t *said = slot_saying(l, o, o->shortened ? SAYING_PREFLIGHT_SHORTENED
						      : SAYING_PREFLIGHT_TAKEN);

	if (said == NULL)
		return;
	json_object_set_new(said, "other", json_text(o->taken_by->name));
	preflight_add(l->to, "warn", said);
}

static void add_over_long(struct look *l, const struct occurrence *o)
{
	int count = plan_unheard(o);
	json_t *said = count > 0 ? slot_saying(l, o, SAYING_PREFLIGHT_OVER_LONG) : NULL;

	if (said == NULL)
		return;
	json_object_set_new(said, "count", json_integer(count));
	preflight_add(l->to, "warn", said);
}

static void look_order(struct look *l, const struct plan *p)
{
	struct collision list[COLLISIONS_MAX];
	int count = collide_find(p, (struct wall){INT64_MIN}, list, COLLISIONS_MAX);

	for (int i = 0; i < count; i++)
		if (!list[i].given)
			preflight_add(l->to, "warn",
				      collide_saying(&list[i], &l->in->settings->tz));
}

static void look_slot(struct look *l, const struct occurrence *o)
{
	int32_t second;

	if (o->slot->demo || o->off != NULL)
		return;
	tz_date(&l->in->settings->tz, o->start, &second);
	bool quiet = quiet_touches(l->in->settings, second, o->slot->length_s);
	if (quiet && o->slot->confirm_by[0] == '\0')
		add_slot(l, o, SAYING_PREFLIGHT_QUIET_REFUSED, "error");
	else if (quiet)
		add_slot(l, o, SAYING_PREFLIGHT_QUIET, "warn");
	if (o->taken_by != NULL)
		add_taken(l, o);
	else if (o->item_count == 0 && !quiet)
		add_slot(l, o, SAYING_PREFLIGHT_SILENT, "error");
	add_over_long(l, o);
}

static json_t *bulletin_saying(enum saying s, const struct bulletin *b)
{
	json_t *said = saying(s);

	json_object_set_new(said, "bulletin", json_text(b->id));
	json_object_set_new(said, "title", json_text(b->title));
	return said;
}

static bool told_aside(const struct look *l, const char *bulletin)
{
	const json_t *one;
	size_t i;

	json_array_foreach(l->to->findings, i, one)
		if (strcmp(json_get_text(one, "code", ""), "preflight.aside") == 0 &&
		    strcmp(json_get_text(one, "bulletin", ""), bulletin) == 0)
			return true;
	return false;
}

/* What was put aside, each at its first place. */
static void look_aside(struct look *l, const struct occurrence *o)
{
	for (int i = 0; i < o->omission_count; i++) {
		const struct bulletin *b = o->omissions[i].bulletin;
		if (o->omissions[i].why != OMIT_QUARANTINED || told_aside(l, b->id))
			continue;
		json_t *said = bulletin_saying(SAYING_PREFLIGHT_ASIDE, b);
		json_object_set_new(said, "slot", json_text(o->slot->name));
		json_object_set_new(said, "at", at_json(l, o->start));
		preflight_add(l->to, "warn", said);
	}
}

static void add_start(struct look *l, const struct occurrence *o)
{
	char text[NAME_BYTES + 8];
	json_t *at = at_json(l, o->start);

	snprintf(text, sizeof(text), "%s %s", json_string_value(at), o->slot->name);
	json_decref(at);
	if (o->item_count == 0 || o->slot->demo)
		return;
	l->to->start_count++;
	if (json_array_size(l->to->starts) < PREFLIGHT_STARTS_MAX)
		json_array_append_new(l->to->starts, json_text(text));
}

/* Those that would air if they were approved, each at its first place. */
static bool look_unapproved(struct look *l, struct wall from, struct wall to, struct err *e)
{
	int count = l->in->bulletin_count;
	struct bulletin *copy = malloc(((size_t)count + 1) * sizeof(*copy));
	bool *told = calloc((size_t)count + 1, sizeof(*told)), any = false;
	struct plan_input in = *l->in;
	struct plan p = {0};

	must(copy != NULL && told != NULL);
	for (int i = 0; i < count; i++) {
		copy[i] = l->in->bulletins[i];
		told[i] = !bulletin_waits(&copy[i]);
		any |= !told[i];
		if (!told[i])
			copy[i].state = BULLETIN_APPROVED;
	}
	in.bulletins = copy;
	bool ok = !any || plan_make(&p, &in, from, to, e);
	for (int i = 0; i < p.count; i++)
		for (int k = 0; k < p.list[i].item_count; k++) {
			const struct bulletin *b = p.list[i].items[k].bulletin;
			if (b == NULL || told[b - copy])
				continue;
			told[b - copy] = true;
			json_t *said = bulletin_saying(SAYING_PREFLIGHT_UNAPPROVED, b);
			json_object_set_new(said, "slot", json_text(p.list[i].slot->name));
			json_object_set_new(said, "at", at_json(l, p.list[i].start));
			preflight_add(l->to, "warn", said);
		}
	plan_finish(&p);
	free(copy);
	free(told);
	return ok;
}

/* On air until yesterday: whoever still needs it must say so now. */
static void look_expired(struct look *l)
{
	struct date before = date_add_days(l->day, -1);

	for (int i = 0; i < l->in->bulletin_count; i++) {
		const struct bulletin *b = &l->in->bulletins[i];
		if (b->has_to && b->state == BULLETIN_APPROVED &&
		    date_compare(b->to, before) == 0)
			preflight_add(l->to, "info",
				      bulletin_saying(SAYING_PREFLIGHT_EXPIRED, b));
	}
}

/* Nothing airs, and somebody has decided so. */
static void look_special(struct look *l)
{
	const struct schedule *s = l->in->schedule;

	for (int i = 0; l->to->start_count == 0 && i < s->table_count; i++) {
		if (!almanac_in_force(s, i, l->day))
			continue;
		json_t *said = saying(SAYING_PREFLIGHT_SPECIAL);
		json_object_set_new(said, "name", json_text(s->tables[i].name));
		json_object_set_new(said, "basis", json_text(s->tables[i].basis));
		preflight_add(l->to, "info", said);
	}
}

bool preflight_make(struct preflight *p, const struct plan_input *in, struct date day,
		    struct err *e)
{
	const struct tz *tz = &in->settings->tz;
	struct wall from = tz_wall(tz, day, 0), to = tz_wall(tz, date_add_days(day, 1), 0);
	struct look l = {p, in, day, calloc((size_t)in->schedule->slot_count + 1, sizeof(*l.told))};
	struct plan plan;

	must(l.told != NULL);
	*p = (struct preflight){json_array(), json_array(), 0};
	bool ok = plan_make(&plan, in, from, to, e);
	for (int i = 0; ok && i < plan.count; i++) {
		look_slot(&l, &plan.list[i]);
		look_aside(&l, &plan.list[i]);
		add_start(&l, &plan.list[i]);
	}
	if (ok) {
		look_order(&l, &plan);
		look_expired(&l);
		look_special(&l);
	}
	plan_finish(&plan);
	ok = ok && look_unapproved(&l, from, to, e);
	free(l.told);
	if (!ok)
		preflight_finish(p);
	return ok;
}

void preflight_finish(struct preflight *p)
{
	json_decref(p->findings);
	json_decref(p->starts);
	*p = (struct preflight){0};
}
