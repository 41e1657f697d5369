/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/deadair.h"

#include "base/json.h"
#include "base/saying.h"
#include "base/units.h"
#include "plan/fill.h"
#include "proof/entry.h"
#include "station/bed.h"
#include "station/record.h"

#define STARVING_FRAMES (2 * FRAMES_PER_S) /* a deck that starves tells it once a second */
#define SURE_DB 6.0 /* above the limit of hearing, so that no rounding decides */

/* From which frame on nothing was heard where it should be. */
static int64_t silent_from(const struct playout *p, const struct airing *a)
{
	uint32_t zones = a->zones & ~a->cut_zones;
	int64_t from = a->first.n;

	for (int z = 0; z < p->world->settings->zone_count; z++) {
		int64_t heard = zones >> z & 1 ? mixer_sounded(p->air->mixer, z).n : 0;
		from = heard > from ? heard : from;
	}
	return from;
}

/* The master has sound between these frames that would be heard at the level it airs with. */
static bool has_sound(const struct playout *p, const struct run *r, const struct airing *a,
		      int64_t from, int64_t to)
{
	int64_t begin = a->first.n + a->starved_frames;
	double gain_db = airing_gain_db(p, r, a) + (r->ducked ? p->world->settings->duck_db : 0);

	return a->levels != NULL &&
	       wave_reaches(a->levels, from - begin, to - begin,
			    gain_of_db(DEAD_AIR_DB + SURE_DB - gain_db));
}

static bool watched(const struct airing *a)
{
	return a->state == AIRING_ON && !a->blamed &&
	       (a->item.kind == ITEM_BULLETIN || a->item.kind == ITEM_FILE);
}

static bool dead(const struct playout *p, const struct run *r, const struct airing *a,
		 int64_t *silent_frames)
{
	int64_t now = mixer_now(p->air->mixer).n, from = silent_from(p, a);
	bool starving = a->starved_frames > 0 && now - a->starved_to.n < STARVING_FRAMES;

	*silent_frames = now - from;
	return *silent_frames >= (int64_t)p->world->settings->dead_air_s * FRAMES_PER_S &&
	       (starving || has_sound(p, r, a, from, now));
}

/* What follows begins now, and all behind it so much earlier. False: nothing does. */
static bool pull_up(struct run *r, const struct airing *a, int64_t at)
{
	const struct airing *end = r->items + r->item_count;
	struct airing *next = r->items + (a - r->items) + 1;

	while (next < end && (next->state > AIRING_ON || next->item.kind == ITEM_IDENT))
		next++;
	if (next == end)
		return false;
	int64_t early = next->at.n - at;
	for (; early > 0 && next < end; next++) {
		if (next->state != AIRING_PLANNED)
			continue;
		next->at.n -= early;
		next->planned = wall_add_ns(next->planned, -ns_of_frames(early));
	}
	return true;
}

/* Of a slot that relays it lies under the whole. */
static bool lay_bed(struct playout *p, struct run *r, int64_t at)
{
	struct run *whole = r->part_of != NULL ? r->part_of : r;
	int64_t end = whole->anchor.n + whole->length_frames;

	if (!run_planned(r) || end - at < FILL_LEAST_FRAMES)
		return false;
	bed_start(p, whole, (struct frame){at}, false);
	if (whole->bed.deck >= 0 || whole->bed.awaited)
		whole->bed_to = end;
	return whole->bed.deck >= 0;
}

static void note(struct playout *p, const struct run *r, const struct airing *a, double silent_s,
		 json_t *then)
{
	bool bulletin = a->item.kind == ITEM_BULLETIN;
	struct airing_facts f = {.airing = a->id,
				 .bulletin = bulletin ? a->bulletin.id : NULL,
				 .file = bulletin ? NULL : a->asset.path,
				 .slot = r->slot.name,
				 .occurrence = r->start};

	record_entry(p, entry_air_silent(&f, silent_s, then, &p->world->settings->tz));
}

static json_t *keep_said(struct playout *p, const struct airing *a, double silent_s,
			 enum saying then)
{
	json_t *said = saying(SAYING_DEAD_AIR);

	p->dead_air_at = playout_now(p);
	json_object_set_new(said, "at", json_time(p->dead_air_at, &p->world->settings->tz));
	json_object_set_new(said, "item", json_text(a->item.kind == ITEM_BULLETIN ? a->bulletin.id
										  : a->asset.path));
	json_object_set_new(said, "silent_s", json_rounded(silent_s, 0));
	json_object_set_new(said, "then", saying(then));
	return said;
}

static void lose(struct playout *p, struct run *r, struct airing *a, int64_t silent_frames)
{
	struct airing_stop stop = {.zones = UINT32_MAX,
				   .at = {mixer_now(p->air->mixer).n +
					  mixer_lead_frames(p->air->mixer)},
				   .fade_frames = CHANGE_FRAMES,
				   .reason = REASON_DEAD_AIR,
				   .who = ""};
	int64_t next = playout_soonest(p).n;
	double silent_s = (double)silent_frames / FRAMES_PER_S;
	enum saying then = SAYING_DEAD_AIR_NEXT;

	airing_stop(p, r, a, &stop);
	if (!pull_up(r, a, next))
		then = lay_bed(p, r, next) ? SAYING_DEAD_AIR_BED : SAYING_DEAD_AIR_NOTHING;
	json_decref(p->dead_air);
	p->dead_air = keep_said(p, a, silent_s, then);
	note(p, r, a, silent_s, saying(then));
	p->changes++;
}

bool deadair_stands_in(const struct run *r)
{
	return r->bed_to > 0 && (r->bed.awaited || (r->bed.deck >= 0 && !r->bed.fading));
}

void deadair_step(struct playout *p)
{
	int64_t silent_frames;

	if (p->world->settings->dead_air_s == 0 || p->stopping)
		return;
	for (struct run *r = p->runs; r != NULL; r = r->next)
		for (int i = 0; !run_alarms(r) && i < r->item_count; i++)
			if (watched(&r->items[i]) && dead(p, r, &r->items[i], &silent_frames))
				lose(p, r, &r->items[i], silent_frames);
}

json_t *deadair_banner(struct playout *p)
{
	int64_t ago_ns = playout_now(p).ns - p->dead_air_at.ns;

	return ago_ns < DEAD_AIR_TOLD_S * NS_PER_S ? json_incref(p->dead_air) : NULL;
}
