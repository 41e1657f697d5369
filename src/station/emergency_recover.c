/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emergencies that the last run of the program left: a power cut ends no flood. */
#include "base/json.h"
#include "base/must.h"
#include "proof/alarm.h"
#include "proof/reader.h"
#include "station/desk.h"
#include "station/emergency.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOKED_MAX 1000 /* of each kind, the newest */

static bool collect(const struct event_row *row, void *arg)
{
	struct err ignored;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);

	if (entry != NULL)
		json_array_append_new(arg, entry);
	return true;
}

/* Newest first. */
static json_t *read_kind(struct desk *d, const char *kind, bool *ok, struct err *e)
{
	json_t *list = json_array();

	*ok = *ok && reader_kind(ledger_view(d->ledger), kind, LOOKED_MAX, collect, list, e);
	return list;
}

/* The newest in the list that names this emergency; borrowed, NULL none. */
static const json_t *about(const json_t *list, const char *id)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (strcmp(json_get_text(one, "emergency", ""), id) == 0)
			return one;
	return NULL;
}

static uint32_t zones_of(const struct settings *s, const json_t *names)
{
	const json_t *name;
	uint32_t zones = 0;
	size_t i;

	json_array_foreach(names, i, name) {
		int z = json_is_string(name) ? settings_zone(s, json_string_value(name)) : -1;
		zones |= z >= 0 ? 1u << z : 0;
	}
	return zones;
}

static void copy(char *out, size_t size, const json_t *o, const char *key)
{
	snprintf(out, size, "%s", json_get_text(o, key, ""));
}

/* Its message, if it is still that sound. */
static void take_message(const struct desk *d, struct emergency *m, const json_t *told)
{
	const struct bulletin *b = world_bulletin(&d->world, json_get_text(told, "bulletin", ""));

	if (b != NULL && strcmp(b->sha256, json_get_text(told, "sha256", "")) == 0)
		m->message = *b;
}

/* Whether the cut that a zone is under stood when this was raised, above it. By the moments of cuts
 * alone, not by which came first: the clock may have been set in between. */
static bool stood(const json_t *raised, const char *zone, const struct hold *cut)
{
	const json_t *one;
	struct wall at;
	size_t i;

	json_array_foreach(json_object_get(raised, "cut"), i, one)
		if (strcmp(json_get_text(one, "zone", ""), zone) == 0 &&
		    json_get_time(one, "at", &at) && at.ns == cut->at.ns)
			return true;
	return false;
}

static void take(struct playout *p, const struct desk *d, const json_t *raised, const char *id,
		 const json_t *changed)
{
	const struct settings *s = &d->world.files->settings;
	struct emergency *m = calloc(1, sizeof(*m));

	must(m != NULL);
	snprintf(m->id, sizeof(m->id), "%s", id);
	m->kind = json_get_bool(raised, "drill", false) ? AIR_DRILL : AIR_EMERGENCY;
	m->zones = zones_of(s, json_object_get(raised, "zones"));
	m->over = zones_of(s, json_object_get(raised, "over")) & m->zones;
	copy(m->by, sizeof(m->by), raised, "by");
	copy(m->reason, sizeof(m->reason), raised, "reason");
	copy(m->who, sizeof(m->who), raised, "who");
	m->every_ns = json_get_integer(raised, "every_s", 0) * NS_PER_S;
	m->has_until = json_get_time(raised, "until", &m->until);
	json_get_time(raised, "at", &m->raised);
	for (int z = 0; z < s->zone_count; z++) /* cut again since: that was meant for it */
		if (p->arbiter.cut >> z & 1 && !stood(raised, s->zones[z].name, &p->cut_by[z]))
			m->over &= ~(1u << z);
	copy(m->cap, sizeof(m->cap), raised, "cap");
	copy(m->text, sizeof(m->text), raised, "text");
	take_message(d, m, changed != NULL ? changed : raised);
	m->waits = m->text[0] != '\0' && m->message.id[0] == '\0';
	m->turn_at = m->raised_at = clock_mono(p->clock);
	m->next = p->emergencies; /* newest first come: the oldest ends up first */
	p->emergencies = m;
	if (m->zones == 0)
		emergency_end(p, m, "zone-gone", "", "");
}

bool emergency_recover(struct playout *p, struct desk *d, struct err *e)
{
	bool ok = true;
	json_t *raised = read_kind(d, KIND_EMERGENCY_RAISED, &ok, e);
	json_t *changed = read_kind(d, KIND_EMERGENCY_CHANGED, &ok, e);
	json_t *ended = read_kind(d, KIND_EMERGENCY_ENDED, &ok, e), *one;
	int count = 0;
	size_t i;

	json_array_foreach(raised, i, one) {
		char id[ID_BYTES];
		snprintf(id, sizeof(id), "K%lld", (long long)json_get_integer(one, "n", -1));
		if (ok && about(ended, id) == NULL && count++ < EMERGENCIES_MAX)
			take(p, d, one, id, about(changed, id));
	}
	json_decref(raised);
	json_decref(changed);
	json_decref(ended);
	return ok;
}
