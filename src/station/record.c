/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/record.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/prefix.h"
#include "proof/reader.h"
#include "proof/row.h"
#include "station/facts.h"
#include "station/outcome.h"
#include "station/sent.h"
#include "sys/log.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Shorter than this the end of a master is rounding, not a part that was not heard. */
#define WHOLE_FRAMES (FRAMES_PER_S / 100)

static const struct tz *tz_of(const struct playout *p)
{
	return &p->world->settings->tz;
}

static void put_zones(struct airing_facts *f, const struct settings *s, uint32_t zones)
{
	for (int z = 0; z < s->zone_count; z++)
		if (zones >> z & 1)
			f->zones[f->zone_count++] = s->zones[z].name;
}

/* What was to be played: the part that intent, outcome and missed entry share. */
static void put_thing(struct airing_facts *f, const struct slot *slot, const struct bulletin *b,
		      const struct asset *a)
{
	f->slot = slot->name;
	f->demo = slot->demo;
	if (a != NULL && strncmp(a->path, RELAY_PATH, strlen(RELAY_PATH)) == 0) {
		f->relay = a->path + strlen(RELAY_PATH);
	} else if (a != NULL && strncmp(a->path, LIVE_PATH, strlen(LIVE_PATH)) == 0) {
		f->live = a->path + strlen(LIVE_PATH);
	} else if (a != NULL) {
		f->file = a->path;
		f->sha256 = a->sha256;
	}
	if (b == NULL)
		return;
	f->bulletin = b->id;
	f->sha256 = b->sha256;
	f->level = level_code(b->level);
	f->language = b->language;
	f->fund = b->fund;
	f->programme_count = b->programme_count;
	for (int i = 0; i < b->programme_count; i++)
		f->programmes[i] = b->programmes[i];
}

static void put_airing(struct airing_facts *f, const struct playout *p, const struct run *r,
		       const struct airing *a)
{
	bool bulletin = a->item.kind == ITEM_BULLETIN, tone = a->item.kind == ITEM_TONE;

	put_thing(f, &r->slot, bulletin ? &a->bulletin : NULL,
		  bulletin || tone ? NULL : &a->asset);
	f->test = tone;
	f->why = r->why;
	f->by = r->by;
	put_zones(f, p->world->settings, a->zones);
	f->occurrence = r->start;
	f->item = (int)(a - r->items);
	f->planned = a->planned;
	f->planned_frames = a->item.length_frames;
	f->who = a->who;
	f->device = a->zones != 0 ? a->before[__builtin_ctz(a->zones)].name : NULL;
	f->resumes = a->resumes;
	f->from_frames = a->from_frames;
	if (!run_alarms(r))
		return;
	f->emergency = r->emergency;
	f->drill = r->kind == AIR_DRILL;
	f->level = r->kind == AIR_DRILL ? f->level : level_code(LEVEL_URGENT);
}

/* When a frame was heard: the clock that frames go by stands while the machine sleeps. */
static struct wall heard_at(struct playout *p, struct frame at, int64_t slept_ns)
{
	struct wall t = playout_wall_of(p, p->air->ops->mono_at(p->air, at));

	return wall_add_ns(t, slept_ns - p->slept_ns);
}

/* As things are now; what is on its way to the log, or in it, stays as it is. */
static void make_intent(struct playout *p, const struct run *r, struct airing *a)
{
	struct airing_facts f = {0};
	json_t *before = a->intent, *happened = json_object_get(before, "happened");

	if (airing_intent_is_out(p, a))
		return;
	if (a->state < AIRING_CUED) /* an alarm's may come later: then it is known */
		airing_look_at_devices(p, a);
	put_airing(&f, p, r, a);
	f.who = a->ordered;
	a->intent = entry_airing_intended(&f, tz_of(p));
	if (happened != NULL)
		json_object_set(a->intent, "happened", happened);
	else if (a->state >= AIRING_ON) /* an alarm's */
		entry_happened(a->intent, heard_at(p, a->first, a->first_slept_ns), tz_of(p));
	json_decref(before);
}

bool record_intent(struct playout *p, const struct run *r, struct airing *a, struct err *e)
{
	int64_t n;

	make_intent(p, r, a);
	if (!ledger_append_soon(p->ledger, json_incref(a->intent), &n, e)) {
		record_late(p, a->intent);
		return false;
	}
	json_decref(a->intent);
	a->intent = NULL;
	entry_id(a->item.kind == ITEM_TONE ? 'T' : 'A', n, a->id);
	return true;
}

static void put_outcome(struct airing_facts *f, struct playout *p, const struct airing *a,
			const struct sent *sent)
{
	bool sized = a->item.kind != ITEM_SIREN || a->blamed;
	int64_t full = sized ? airing_full_frames(a) : a->frames;
	full = a->item.kind == ITEM_VOICE ? a->frames + a->starved_frames : full;
	bool whole = a->frames >= full - a->from_frames - WHOLE_FRAMES;

	f->airing = a->id;
	f->has_start = f->has_end = a->frames > 0;
	f->start = heard_at(p, a->first, a->first_slept_ns);
	f->end = heard_at(p, a->last, a->last_slept_ns);
	f->frames = a->frames;
	/* Of a zone that was cut it would say nothing of the others, and of one without a device
	 * nobody heard it. */
	if (sent->zones != 0) {
		const struct encoder_place *at = &a->places[sent_best(sent)];
		f->recording = at->recording;
		f->recording_frames = at->into_frames;
	}
	f->complete = full > 0 ? fmin(1.0, (double)a->frames / (double)full) : 0;
	f->result = outcome_result(a, whole);
	f->reason = outcome_reason(a, whole);
	f->night_db = a->frames > 0 ? a->lowest_db : 0;
	f->loudness_lufs = a->measured ? a->loudness_lufs : NAN;
	f->peak_dbtp = a->measured ? a->peak_dbtp : NAN;
	f->start_error_ms =
		a->frames > 0 ? (double)(f->start.ns - a->planned.ns) / (double)NS_PER_MS : NAN;
}

/* Whoever ordered it waits for this: was it sent to a device, and whole? */
static void keep_tone(struct playout *p, const struct airing_facts *f)
{
	json_t *zones = json_array();

	for (int i = 0; i < f->zone_count; i++)
		json_array_append_new(zones, json_text(f->zones[i]));
	json_decref(p->tone);
	p->tone = json_pack("{s:s, s:o, s:o, s:s, s:o}", "test", f->airing, "zones", zones, "end",
			    f->has_end ? json_time(f->end, tz_of(p)) : json_null(), "fate",
			    row_fate(f->result, f->proof, f->detail, f->frames), "detail_texts",
			    f->detail != NULL ? saying_texts(f->detail) : json_null());
	must(p->tone != NULL);
}

static json_t *silence_said(const struct playout *p, const struct airing *a, int z)
{
	const struct silence *s = &a->silent[z];
	json_t *said = saying(s->cut ? SAYING_ZONE_CUT : SAYING_ZONE_TAKEN);

	json_object_set_new(said, "zone", json_text(p->world->settings->zones[z].name));
	json_object_set_new(said, "at", json_time(s->by.at, tz_of(p)));
	if (s->by.who[0] != '\0')
		json_object_set_new(said, "who", json_text(s->by.who));
	return said;
}

/* Which zones did not hear it, each with who cut it and when. */
static void put_silent(struct airing_facts *f, const struct playout *p, const struct airing *a)
{
	json_t *zones = json_array();

	for (int z = 0; z < p->world->settings->zone_count; z++)
		if (a->silent_zones >> z & 1)
			json_array_append_new(zones, silence_said(p, a, z));
	if (json_array_size(zones) == 0) {
		json_decref(zones);
		return;
	}
	json_t *deaf = json_object_get(f->detail, "zones");
	if (deaf != NULL) { /* see sent_put: they stand together */
		must(json_array_extend(deaf, zones) == 0);
		json_decref(zones);
		return;
	}
	json_t *said = saying(f->detail != NULL ? SAYING_ZONES_SILENT_AND : SAYING_ZONES_SILENT);
	json_object_set_new(said, "zones", zones);
	if (f->detail != NULL)
		json_object_set_new(said, "device", f->detail);
	f->detail = said;
}

/* What lies in the files that are being written, so that they cannot be exchanged behind the log's
 * back before it has their whole hash. */
static void put_prefixes(json_t *entry, const struct airing *a)
{
	json_t *all = json_array();

	for (uint32_t w = a->zones; w != 0; w &= w - 1) {
		const struct vouched *prefix = &a->places[__builtin_ctz(w)].prefix;

		if (prefix->bytes > 0)
			json_array_append_new(all, prefix_json(prefix));
	}
	if (json_array_size(all) > 0)
		json_object_set(entry, "prefixes", all);
	json_decref(all);
}

void record_outcome(struct playout *p, const struct run *r, const struct airing *a)
{
	struct airing_facts f = {0};
	struct sent sent;

	put_airing(&f, p, r, a);
	sent_look(&sent, p, a);
	put_outcome(&f, p, a, &sent);
	sent_put(&f, &sent, p, a);
	/* A zone that was cut is named apart; one that an alarm had stands with its own part. */
	f.zone_count = 0;
	put_zones(&f, p->world->settings, sent.zones);
	if (f.test)
		keep_tone(p, &f);
	put_silent(&f, p, a);
	json_t *entry = entry_airing_ended(&f, tz_of(p));
	json_t *by_zone = sent_by_zone(&sent, p, a, f.complete);
	if (by_zone != NULL)
		json_object_set_new(entry, "by_zone", by_zone);
	if ((a->cut_zones & ~sent.zones) != 0)
		json_object_set_new(entry, "cut_zones",
				    facts_zones(p->world->settings, a->cut_zones & ~sent.zones));
	put_prefixes(entry, a);
	record_entry(p, entry);
}

/* An account or a user of the machine; a name that somebody wrote into the file stays there: the
 * log holds no person's name. */
static void put_off(struct airing_facts *f, const struct slot_off *off)
{
	bool id = strncmp(off->by, "user:", 5) == 0 || strncmp(off->by, "uid:", 4) == 0;

	f->who = id && strlen(off->by) < ID_BYTES ? off->by : NULL;
	if (off->reason[0] == '\0')
		return;
	f->detail = saying(SAYING_OFF_BECAUSE);
	json_object_set_new(f->detail, "reason", json_text(off->reason));
}

void record_missed(struct playout *p, const struct settings *s, const struct slot *slot,
		   struct wall occurrence, int item,
		   const struct bulletin *bulletin, const struct asset *asset, struct wall planned,
		   int64_t length_frames, enum reason reason, const struct slot_off *off)
{
	struct airing_facts f = {.occurrence = occurrence,
				 .item = item,
				 .planned = planned,
				 .planned_frames = length_frames,
				 .reason = reason_code(reason)};

	put_thing(&f, slot, bulletin, asset);
	put_zones(&f, s, slot->zones);
	if (off != NULL)
		put_off(&f, off);
	record_entry(p, entry_airing_missed(&f, tz_of(p)));
}

void record_kept(struct playout *p, const struct run *r, const struct airing *a)
{
	struct airing_facts f = {0};

	put_airing(&f, p, r, a);
	put_zones(&f, p->world->settings, r->zones);
	record_entry(p, entry_plan_kept(&f, tz_of(p)));
}

/* Who cut the first of its zones that is cut. */
static const char *holder(const struct airing *a)
{
	for (int z = 0; z < ZONES_MAX; z++)
		if (a->silent_zones >> z & 1 && a->silent[z].cut)
			return a->silent[z].by.who;
	return NULL;
}

void record_item_missed(struct playout *p, const struct run *r, const struct airing *a,
			enum reason reason)
{
	struct airing_facts f = {0};

	put_airing(&f, p, r, a);
	f.zone_count = 0;
	put_zones(&f, p->world->settings, r->zones);
	f.reason = reason_code(reason);
	if (reason == REASON_HELD_BY_OPERATOR) {
		put_silent(&f, p, a);
		f.who = holder(a);
	}
	json_t *entry = entry_airing_missed(&f, tz_of(p));
	if (r->raised != NULL) /* see emergency_written */
		json_object_set(entry, "emergency", r->raised);
	record_entry(p, entry);
}

void record_step(struct playout *p, struct wall before, struct wall after)
{
	double by_ms = (double)(after.ns - before.ns) / (double)NS_PER_MS;

	log_warn(T("đồng hồ bị chỉnh %.0f ms", "the clock was set by %.0f ms"), by_ms);
	record_entry(p, entry_clock_stepped(by_ms, before, after, tz_of(p)));
}

void record_slept(struct playout *p, struct wall before, struct wall after)
{
	double slept_s = (double)(after.ns - before.ns) / (double)NS_PER_S;

	log_warn(T("máy đã ngủ %.0f giây", "the computer slept %.0f s"), slept_s);
	record_entry(p, entry_machine_slept(before, after, tz_of(p)));
}

void record_owed(struct playout *p, struct wall from, const struct wall *to, enum reason why)
{
	record_entry(p, entry_past_owed(from, to, reason_code(why), tz_of(p)));
}

void record_accounted(struct playout *p)
{
	record_entry(p, entry_past_accounted());
}

void record_hold(struct playout *p, uint32_t zones, bool held, const char *who)
{
	json_t *said = saying(held ? SAYING_CUT : SAYING_RESUMED);

	json_object_set_new(said, "zones", facts_zones(p->world->settings, zones));
	record_entry(p, entry_note_said(said, who));
}

/* A relay is fetched ahead, and may be lost before it was to be heard. */
static json_t *instead(struct playout *p, const struct run *r, bool stands_in)
{
	bool ahead = r->start.ns > clock_wall(p->clock).ns;
	json_t *said = saying(!stands_in ? SAYING_RELAY_NO_FALLBACK
			      : ahead	 ? SAYING_RELAY_FALLBACK_AT
					 : SAYING_RELAY_FALLBACK);

	if (stands_in && ahead)
		json_object_set_new(said, "from", json_time(r->start, tz_of(p)));
	return said;
}

void record_relay_lost(struct playout *p, const struct run *r, const char *relay, json_t *detail,
		       bool stands_in)
{
	record_entry(p, entry_relay_lost(relay, r->slot.name, r->start, detail,
					 instead(p, r, stands_in), tz_of(p)));
}

void record_relay_bed(struct playout *p, const struct run *r, const char *relay)
{
	record_entry(p, entry_relay_bed(relay, r->slot.name, r->start, tz_of(p)));
}

void record_relay_level(struct playout *p, const struct run *r, const char *relay, json_t *detail)
{
	record_entry(p, entry_relay_level(relay, r->slot.name, r->start, detail, tz_of(p)));
}

void record_relay_back(struct playout *p, const struct run *r, const char *relay, double lost_s,
		       enum saying moment)
{
	record_entry(p, entry_relay_back(relay, r->slot.name, r->start, lost_s, saying(moment),
					 tz_of(p)));
}

void record_corrections(struct playout *p)
{
	for (json_t *entry; (entry = ledger_correction(p->ledger)) != NULL;)
		record_entry(p, entry);
}

void record_trust(struct playout *p, const char *who)
{
	ledger_clock_trusted(p->ledger);
	record_entry(p, entry_note_said(saying(SAYING_CLOCK_TRUSTED), who));
}
