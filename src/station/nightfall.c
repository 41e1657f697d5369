/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/nightfall.h"

#include "plan/night.h"
#include "station/bed.h"

#define RAMP_FRAMES (FRAMES_PER_S * 3) /* slow enough that nobody takes it for a fault */

double nightfall_db(struct playout *p, const struct run *r, struct frame at)
{
	const struct settings *s = p->world->settings;

	if (!s->has_night || run_alarms(r) || !p->trusted)
		return 0;
	return night_db_at(s, playout_wall_of(p, p->air->ops->mono_at(p->air, at)));
}

static void follow(struct playout *p, struct run *r)
{
	double db = nightfall_db(p, r, mixer_now(p->air->mixer));

	for (int i = 0; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->state != AIRING_ON || a->night_db == db)
			continue;
		airing_night(a, db);
		airing_level(p, r, a, RAMP_FRAMES);
	}
	if (r->bed.deck >= 0 && !r->bed.fading && r->bed.night_db != db) {
		r->bed.night_db = db;
		bed_level(p, r, RAMP_FRAMES);
	}
}

void nightfall_step(struct playout *p)
{
	for (struct run *r = p->runs; r != NULL; r = r->next)
		follow(p, r);
}
