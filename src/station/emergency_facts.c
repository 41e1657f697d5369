/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of an emergency: its entry, and what the page shows. */
#include "station/emergency.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/alarm.h"
#include "station/facts.h"

static json_t *cut_zones(const struct playout *p, uint32_t zones)
{
	const struct settings *s = p->world->settings;
	json_t *list = json_array();

	for (int z = 0; z < s->zone_count; z++)
		if (zones >> z & 1)
			json_array_append_new(
				list, json_pack("{s:s, s:s, s:o}", "zone", s->zones[z].name, "who",
						p->cut_by[z].who, "at",
						json_time(p->cut_by[z].at, &s->tz)));
	return list;
}

json_t *emergency_json(struct playout *p, const struct emergency *m)
{
	const struct tz *tz = &p->world->settings->tz;
	json_t *o = json_pack(
		"{s:s, s:b, s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:I, s:i, s:b, s:o, s:o}", "id",
		m->id, "drill", m->kind == AIR_DRILL, "zones",
		facts_zones(p->world->settings, m->zones), "by", m->by, "reason", m->reason, "who",
		m->who, "bulletin",
		json_text(m->message.id), "raised", json_time(m->raised, tz), "until",
		m->has_until ? json_time(m->until, tz) : json_null(), "every_s",
		(json_int_t)(m->every_ns / NS_PER_S), "turns", m->turns, "sounding", m->claim != 0,
		"next", m->claim == 0 && m->turn_at.ns != EMERGENCY_NEVER_NS
			? json_time(playout_wall_of(p, m->turn_at), tz) : json_null(),
		"cut", cut_zones(p, m->zones & p->arbiter.cut & ~m->over));

	must(o != NULL);
	json_object_set_new(o, "text", json_text(m->text));
	json_object_set_new(o, "cap", json_text(m->cap));
	json_object_set_new(o, "unread", json_boolean(m->unread));
	return o;
}

json_t *emergency_entry(const struct playout *p, const struct emergency *m)
{
	const struct settings *s = p->world->settings;
	struct alarm_facts f = {
		.by = m->by, .reason = m->reason, .who = m->who, .drill = m->kind == AIR_DRILL,
		.zones = facts_zones(s, m->zones), .over = facts_zones(s, m->over),
		.cut = cut_zones(p, m->zones & p->arbiter.cut), .bulletin = m->message.id,
		.text = m->text, .cap = m->cap,
		.sha256 = m->message.sha256, .every_s = (int)(m->every_ns / NS_PER_S),
		.has_until = m->has_until, .until = m->until};

	return entry_emergency_raised(&f, &s->tz);
}
