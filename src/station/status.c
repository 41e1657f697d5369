/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "base/units.h"
#include "base/version.h"
#include "plan/days_json.h"
#include "plan/trust.h"
#include "proof/ledger.h"
#include "proof/notary.h"
#include "station/approval.h"
#include "station/coming.h"
#include "station/deadair.h"
#include "station/emergency.h"
#include "station/facts.h"
#include "station/lostpast.h"
#include "station/ordering.h"
#include "station/persons.h"
#include "station/relaying.h"
#include "station/relaystatus.h"
#include "station/sight.h"
#include "station/station.h"
#include "station/tone.h"

#include <stdio.h>
#include <string.h>

static const struct settings *settings_of(struct station *st)
{
	return &st->desk.world.files->settings;
}

static const char *kind_of(const struct airing *a)
{
	static const char *const kinds[] = {"bulletin", "file",	 "ident",
					    "tone",	"siren", "relay",
					    "chime",	"live"};

	return kinds[a->item.kind];
}

static json_t *on_air_line(struct station *st, const struct run *r, const struct airing *a,
			   const char *only)
{
	bool told = a->item.kind != ITEM_BULLETIN || sight_has_bulletin(only, &a->bulletin);
	struct mono now = clock_mono(&st->clock.clock);
	struct mono start = st->live.air.ops->mono_at(&st->live.air, a->first);
	double elapsed_s = (double)(now.ns - start.ns) / (double)NS_PER_S;

	return json_pack("{s:o, s:s, s:b, s:s, s:s, s:o, s:f, s:f, s:o, s:b, s:s, s:o, s:b}",
			 "airing", json_text(a->id), "slot", r->slot.name, "manual",
			 !run_planned(r) && !run_alarms(r), "title",
			 told ? airing_title(a, r) : r->slot.name, "kind", kind_of(a), "start",
			 json_time(playout_wall_of(&st->playout, start), &settings_of(st)->tz),
			 "length_s", (double)a->item.length_frames / FRAMES_PER_S, "elapsed_s",
			 elapsed_s > 0 ? elapsed_s : 0.0, "zones",
			 facts_zones(settings_of(st), a->zones & ~a->cut_zones), "demo",
			 r->slot.demo, "level",
			 a->item.kind == ITEM_BULLETIN ? level_code(a->bulletin.level) : "",
			 "emergency", json_text(r->emergency), "drill", r->kind == AIR_DRILL);
}

/* The bed in a relay's place is no airing, and is what is heard there. */
static json_t *bed_line(struct station *st, const struct run *r)
{
	struct playout *p = &st->playout;

	return json_pack("{s:n, s:s, s:b, s:s, s:s, s:o, s:f, s:f, s:o, s:b, s:s}", "airing",
			 "slot", r->slot.name, "manual", 0, "title",
			 T("Nhạc nền", "The bed"), "kind", "bed", "start",
			 json_time(playout_wall_of(p, p->air->ops->mono_at(p->air, r->bed.from)),
				   &settings_of(st)->tz),
			 "length_s", 0.0, "elapsed_s", 0.0, "zones",
			 facts_zones(settings_of(st), r->bed.zones), "demo", r->slot.demo, "level",
			 "");
}

static json_t *on_air(struct station *st, const char *only)
{
	json_t *list = json_array();

	for (const struct run *r = st->playout.runs; r != NULL; r = r->next) {
		if (relaying_has_bed(r))
			json_array_append_new(list, bed_line(st, r));
		for (int i = 0; i < r->item_count; i++)
			if (r->items[i].state == AIRING_ON)
				json_array_append_new(list, on_air_line(st, r, &r->items[i], only));
	}
	return list;
}

/* Who cut this zone, and when: everybody who stands before a silent loudspeaker asks. Those who see
 * only their own bulletins are told the role. */
static json_t *hold(struct station *st, int z, const char *only)
{
	const struct playout *p = &st->playout;

	if ((p->arbiter.cut >> z & 1) == 0)
		return json_null();
	json_t *by = persons_tell(st->desk.users, p->cut_by[z].who, only == NULL);
	json_object_set_new(by, "at", json_time(p->cut_by[z].at, &settings_of(st)->tz));
	return by;
}

static json_t *zones(struct station *st, const char *only)
{
	const struct settings *s = settings_of(st);
	json_t *list = json_array();

	for (int z = 0; z < s->zone_count; z++)
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:b, s:o}", "name", s->zones[z].name, "device",
					s->zones[z].device, "held",
					(int)(st->playout.arbiter.cut >> z & 1), "hold",
					hold(st, z, only)));
	return list;
}

static json_t *devices(struct station *st)
{
	json_t *list = json_array();

	for (int i = 0; i < engine_device_count(st->live.engine); i++) {
		struct engine_device d;
		char fault[REASON_BYTES];
		engine_device(st->live.engine, i, &d);
		json_t *said = saying_read(d.fault);
		saying_words(said, text_english(), fault, sizeof(fault));
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:b, s:s, s:o, s:I, s:o, s:o}", "name", d.name,
					"opened", d.opened, "on", d.on, "fault", fault,
					"fault_texts",
					said != NULL ? saying_texts(said) : json_null(), "xruns",
					(json_int_t)d.xruns, "drift_ppm",
					json_rounded(d.drift_ppm, 2), "latency_ms",
					json_rounded(d.latency_ms, 2)));
		json_decref(said);
	}
	return list;
}

/* One that gives no sound keeps nothing off the air, but no airing gets level C by it. */
static json_t *microphones(struct station *st)
{
	const struct settings *s = settings_of(st);
	json_t *list = json_array();

	for (int i = 0; i < st->ears.count; i++) {
		const struct ear_child *ear = &st->ears.list[i];
		json_t *names = json_array();
		for (int z = 0; z < s->zone_count; z++)
			if (strcmp(s->zones[z].microphone, ear->name) == 0)
				json_array_append_new(names, json_string(s->zones[z].name));
		json_array_append_new(list, json_pack("{s:o, s:o, s:b}", "name",
						      json_text(ear->name), "zones", names, "on",
						      (int)ear->on));
	}
	return list;
}

static json_t *clock_json(struct station *st)
{
	struct clock_state c = clock_state(&st->clock.clock);

	return json_pack("{s:b, s:f, s:s?, s:b}", "synced", c.synced, "max_error_ms",
			 c.max_error_ms, "source", c.source, "trusted", st->playout.trusted);
}

/* In both languages: one status goes to every page, and each page has its own. Takes said. */
static void banner(json_t *list, const char *grade, json_t *said)
{
	char text[REASON_BYTES + 200];

	saying_words(said, text_english(), text, sizeof(text));
	json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o}", "grade", grade, "text", text,
					      "texts", saying_texts(said), "said", said));
}

static void device_banners(struct station *st, json_t *list)
{
	for (int i = 0; i < engine_device_count(st->live.engine); i++) {
		struct engine_device d;
		engine_device(st->live.engine, i, &d);
		if (d.on || d.fault[0] == '\0')
			continue;
		json_t *said = saying(SAYING_DEVICE_SILENT);
		json_object_set_new(said, "device", json_text(d.name));
		json_object_set_new(said, "fault", saying_read(d.fault));
		banner(list, "error", said);
	}
}

/* How many wait for an approval; null for who may not see them. */
static json_t *waiting(struct station *st, const char *only)
{
	const struct world *w = &st->desk.world;
	int count = 0;

	for (int i = 0; i < w->bulletin_count; i++)
		count += bulletin_waits(&w->bulletins[i]);
	return only == NULL ? json_integer(count) : json_null();
}

/* Who speaks, and whether one may at all. */
static json_t *live(struct station *st, const char *only)
{
	const struct live_settings *l = &settings_of(st)->live;

	json_t *speaking = speaking_json(&st->playout);
	if (only == NULL && st->playout.speaking != NULL) {
		json_t *person = persons_tell(st->desk.users, st->playout.speaking->by, true);
		json_object_set(speaking, "name", json_object_get(person, "name"));
		json_decref(person);
	}
	return json_pack("{s:b, s:i, s:o}", "allowed", l->allowed, "minutes", l->minutes,
			 "speaking", speaking);
}

/* Priority bulletins that meet; null for who may not see them all. */
static json_t *orders(struct station *st, const char *only)
{
	return only == NULL ? ordering_json(&st->playout.plan, &settings_of(st)->tz,
					    playout_now(&st->playout), st->desk.users)
			    : json_null();
}

static json_t *emergencies(struct station *st)
{
	json_t *list = json_array();

	for (const struct emergency *m = st->playout.emergencies; m != NULL; m = m->next)
		json_array_append_new(list, emergency_json(&st->playout, m));
	return list;
}

static void emergency_banners(struct station *st, json_t *list)
{
	for (const struct emergency *m = st->playout.emergencies; m != NULL; m = m->next) {
		bool drill = m->kind == AIR_DRILL;
		json_t *said = saying(drill ? SAYING_DRILL_ON : SAYING_EMERGENCY_ON);
		json_object_set_new(said, "id", json_text(m->id));
		json_object_set_new(said, "reason", json_text(m->reason));
		banner(list, drill ? "warn" : "error", said);
		if (!m->unread)
			continue;
		said = saying(SAYING_EMERGENCY_UNREAD);
		json_object_set_new(said, "id", json_text(m->id));
		banner(list, "error", said);
	}
}

/* Everybody who misses the usual programme asks why. */
static void special_banners(struct station *st, json_t *list)
{
	const struct schedule *s = &st->desk.world.files->schedule;
	struct date today = tz_date(&settings_of(st)->tz, playout_now(&st->playout), NULL);

	for (int i = 0; i < s->table_count; i++)
		if (almanac_in_force(s, i, today))
			banner(list, "info", days_json_said(&s->tables[i]));
}

static json_t *stall_saying(struct station *st)
{
	json_t *said = saying(SAYING_DISK_STALLED);

	json_object_set_new(said, "since", json_time(st->stall.since, &settings_of(st)->tz));
	return said;
}

static json_t *banners(struct station *st)
{
	json_t *list = json_array();
	emergency_banners(st, list);
	bool synced = clock_state(&st->clock.clock).synced;
	enum trust trust = trust_judge(playout_now(&st->playout), st->playout.floor, synced);

	if (!st->playout.trusted)
		banner(list, "error", saying(trust_saying(trust)));
	else if (!synced)
		banner(list, "info", saying(SAYING_CLOCK_UNSYNCED));
	device_banners(st, list);
	json_t *relays = relaystatus_banners(&st->playout, &st->relays), *said;
	size_t i;
	json_array_foreach(relays, i, said)
		banner(list, "warn", json_incref(said));
	json_decref(relays);
	json_t *aside = quarantine_banners(&st->playout);
	json_array_foreach(aside, i, said)
		banner(list, "error", json_incref(said));
	json_decref(aside);
	json_t *orders = ordering_banners(&st->playout);
	json_array_foreach(orders, i, said)
		banner(list, "warn", json_incref(said));
	json_decref(orders);
	if ((said = deadair_banner(&st->playout)) != NULL)
		banner(list, "warn", said);
	if ((said = capdesk_banner(&st->cap)) != NULL)
		banner(list, "warn", said);
	if (st->disk_low || ledger_disk_low(st->desk.ledger))
		banner(list, "warn", saying(SAYING_DISK_LOW));
	if (st->stall.on)
		banner(list, "error", stall_saying(st));
	if (st->reload.refused != NULL)
		banner(list, "warn", json_incref(st->reload.refused));
	if (ledger_view_stale(st->desk.ledger))
		banner(list, "warn", saying(SAYING_VIEW_BEHIND));
	else if (ledger_view_in_memory(st->desk.ledger))
		banner(list, "warn", saying(SAYING_VIEW_IN_MEMORY));
	const struct notary_state *log = ledger_state(st->desk.ledger);
	if (ledger_unsigned(st->desk.ledger) && !log->held)
		banner(list, "warn", saying(SAYING_LOG_UNSIGNED));
	if (log->log > 1 && strcmp(log->why, "rotated") != 0)
		banner(list, "info", saying(SAYING_LOG_CONTINUED));
	if ((said = lostpast_banner(&st->desk, playout_now(&st->playout))) != NULL)
		banner(list, "error", said);
	if (st->log_older != NULL)
		banner(list, "error", json_incref(st->log_older));
	const char *grade;
	json_t *outside = vouch_banner(&st->vouch, &grade);
	if (outside != NULL)
		banner(list, grade, outside);
	special_banners(st, list);
	json_t *tomorrow = preflights_banner(&st->preflights);
	if (tomorrow != NULL)
		banner(list, "warn", tomorrow);
	json_t *few = approval_short(st->desk.users, settings_of(st));
	if (few != NULL)
		banner(list, "warn", few);
	if (st->live.encoder == NULL)
		banner(list, "warn", saying(SAYING_NO_ENCODER));
	return list;
}

/* The head that is signed; what is written on paper and compared years later. */
static json_t *log_json(struct station *st)
{
	const struct notary_state *s = ledger_state(st->desk.ledger);
	bool head = s->head > 0;

	return json_pack("{s:I, s:i, s:s, s:o, s:o, s:o}", "size",
			 (json_int_t)ledger_next(st->desk.ledger), "number", s->log, "vkey",
			 s->vkey, "head",
			 head ? json_integer(s->head) : json_null(), "root",
			 head ? json_string(s->root) : json_null(), "witnesses",
			 vouch_status(&st->vouch));
}

static json_t *keeping(struct station *st)
{
	const struct settings *s = settings_of(st);

	return keeping_json(&st->keeping.totals, disk_free_bytes(st->desk.disk), s->keep_days,
			    playout_now(&st->playout), &s->tz);
}

json_t *station_status(struct station *st, const char *only)
{
	const struct settings *s = settings_of(st);
	struct playout *p = &st->playout;
	uint32_t all = (1u << s->zone_count) - 1;

	return json_pack(
		"{s:{s:s, s:s}, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:{s:I, s:b, s:b}, s:i, "
		"s:o, s:b, s:O?, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"station", "name", s->name, "id", s->id, "now", json_time(playout_now(p), &s->tz),
		"clock", clock_json(st), "on_air", on_air(st, only), "next", coming_json(p, only),
		"held", (p->arbiter.cut & all) == all, "zones", zones(st, only), "devices",
		devices(st), "log", log_json(st), "disk", "free_bytes",
		(json_int_t)disk_free_bytes(st->desk.disk), "low", st->disk_low, "stalled",
		st->stall.on, "listeners",
		st->live.encoder != NULL ? encoder_listeners(st->live.encoder) : 0, "banners",
		banners(st), "accounted", playout_accounted(p), "tone", tone_last(p), "waiting",
		waiting(st, only), "version", VANGXA_VERSION, "keep", keeping(st),
		"emergencies", emergencies(st), "microphones", microphones(st), "relays",
		relaystatus_json(p, &st->relays, &st->tries), "quarantine",
		quarantine_json(&p->quarantine, &st->desk),
		"live", live(st, only), "orders", orders(st, only));
}

json_t *station_level(struct station *st)
{
	const struct settings *s = settings_of(st);
	json_t *levels = json_object();

	for (int z = 0; z < s->zone_count; z++)
		json_object_set_new(levels, s->zones[z].name,
				    json_rounded(db_of_gain(mixer_peak(st->mixer, z)), 1));
	json_t *o = json_pack("{s:s, s:o}", "event", "level", "zones", levels);
	if (st->playout.speaking != NULL)
		json_object_set_new(o, "voice",
				    json_rounded(db_of_gain(mike_peak(st->live.mike)), 1));
	return o;
}
