/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/parting.h"

#include "base/json.h"
#include "proof/entry.h"
#include "station/bed.h"
#include "station/comeback.h"
#include "station/facts.h"
#include "station/record.h"
#include "station/taking.h"

/* A zone comes back slower than it went. */
#define JOIN_FRAMES (FRAMES_PER_S * 4 / 5)

static bool joins(const struct run *r)
{
	return run_planned(r) && r->slot.after_break != AFTER_BREAK_DROP;
}

static bool sounds(const struct airing *a)
{
	return a->state >= AIRING_LOADING && a->state <= AIRING_ON;
}

void parting_take(struct airing *a, const struct airing_stop *stop)
{
	uint32_t zones = a->zones & ~a->cut_zones & stop->zones;

	for (uint32_t left = zones; left != 0; left &= left - 1)
		a->parted_from[__builtin_ctz(left)] = stop->at.n > a->at.n ? stop->at.n : a->at.n;
	a->parted |= zones;
	a->untold |= zones;
	a->away |= zones;
	a->cut_zones |= zones;
}

void parting_leave(struct airing *a, const struct airing_stop *stop)
{
	uint32_t zones = a->parted & a->zones & ~a->cut_zones & stop->zones;

	for (uint32_t left = zones; left != 0; left &= left - 1)
		a->parted_from[__builtin_ctz(left)] = stop->at.n > a->at.n ? stop->at.n : a->at.n;
}

void parting_expect(const struct playout *p, const struct run *r, struct airing *a)
{
	uint32_t others = r->zones & ~a->zones;

	for (uint32_t left = joins(r) ? others : 0; left != 0; left &= left - 1) {
		enum air_kind there = arbiter_holder(&p->arbiter, __builtin_ctz(left));
		if (there == AIR_DRILL || there == AIR_EMERGENCY)
			a->away |= left & -left;
	}
}

static void tell(struct playout *p, json_t *entry, uint32_t zones)
{
	json_object_set_new(entry, "zones", facts_zones(p->world->settings, zones));
	record_entry(p, entry);
}

static void dropped(struct playout *p, struct airing *a, uint32_t zones, enum reason why)
{
	a->away &= ~zones;
	zones &= a->parted;
	if (zones != 0 && a->logged && a->id[0] != '\0')
		tell(p, entry_plan_dropped(a->id, reason_code(why)), zones);
}

void parting_stays_away(struct playout *p, struct airing *a, const struct airing_stop *stop)
{
	if (!stop->parts && !stop->comes_back)
		dropped(p, a, a->away & stop->zones, stop->reason);
}

/* What was broken off in all of its zones since goes on in all of them, or in none. */
void parting_ended(struct playout *p, struct airing *a)
{
	if (!a->broken)
		dropped(p, a, a->away, REASON_EMERGENCY);
}

int64_t parting_frames(const struct airing *a, int zone)
{
	bool back = (a->cut_zones >> zone & 1) == 0;
	int64_t more = back ? 0 : a->last.n - a->parted_from[zone];

	return a->parted_frames[zone] + (more > 0 ? more : 0);
}

static void told(struct playout *p, const struct run *r, struct airing *a)
{
	uint32_t zones = a->untold;

	a->untold = 0;
	if (zones == 0 || !a->logged || a->id[0] == '\0')
		return;
	if (!joins(r)) {
		dropped(p, a, zones, REASON_AFTER_BREAK);
		return;
	}
	int64_t heard = a->parted_from[__builtin_ctz(zones)] - a->at.n;
	tell(p, entry_plan_broken(a->id, "join", a->from_frames + heard), zones);
}

static void join(struct playout *p, struct run *r, struct airing *a, uint32_t zones)
{
	int64_t now = mixer_now(p->air->mixer).n;

	for (uint32_t left = zones; left != 0; left &= left - 1) {
		int z = __builtin_ctz(left);
		int64_t from = a->zones >> z & 1 ? a->parted_from[z] : a->at.n;
		a->parted_frames[z] += now > from ? now - from : 0;
		if ((a->zones >> z & 1) == 0)
			p->air->ops->device(p->air, z, &a->before[z]);
	}
	a->parted |= zones;
	a->zones |= zones;
	a->away &= ~zones;
	a->cut_zones &= ~zones;
	a->silent_zones &= ~zones;
	airing_level(p, r, a, JOIN_FRAMES);
	if (a->logged && a->id[0] != '\0')
		tell(p, entry_plan_joined(a->id), zones);
}

void parting_step(struct playout *p, struct run *r)
{
	uint32_t away = 0;
	const char *why;

	for (int i = 0; i < r->item_count; i++) {
		told(p, r, &r->items[i]);
		away |= sounds(&r->items[i]) ? r->items[i].away : 0;
	}
	away &= ~(r->waits || p->stopping ? away : comeback_soon(p, away));
	away &= away != 0 ? taking_would(p, r->kind, away, &why) : 0;
	if (away == 0)
		return;
	away = taking_again(p, r, away);
	for (int i = 0; i < r->item_count; i++)
		if (sounds(&r->items[i]) && (r->items[i].away & away) != 0)
			join(p, r, &r->items[i], r->items[i].away & away);
	bed_join(p, r, away, JOIN_FRAMES);
}
