/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/bed.h"

#include "base/must.h"
#include "base/units.h"
#include "station/nightfall.h"
#include "sys/log.h"

#include <string.h>

#define IN_FRAMES (FRAMES_PER_S / 5)	/* the bed comes in */
#define DUCK_FRAMES (FRAMES_PER_S * 2 / 5) /* and makes room for the voice */

static const struct asset *find_bed(const struct playout *p)
{
	const struct plan_input *w = p->world;

	for (int i = 0; i < w->asset_count && w->settings->bed[0] != '\0'; i++)
		if (strcmp(w->assets[i].path, w->settings->bed) == 0)
			return &w->assets[i];
	return NULL;
}

static void set_gain(const struct playout *p, const struct run *r, struct mix_command *c, double db)
{
	double low_db;

	db += r->bed.night_db;
	low_db = db + p->world->settings->duck_db;
	for (int z = 0; z < ZONES_MAX; z++)
		c->gain[z] = r->bed.zones >> z & 1
				     ? gain_of_db(r->ducked >> z & 1 ? low_db : db) : 0.0f;
}

static void not_open(struct playout *p, struct run *r, const struct bed *wanted,
		     const struct err *e)
{
	playout_free_deck(p, wanted->deck);
	if (e->kind != ERR_STALLED) {
		log_warn("%s", e->text);
		return;
	}
	r->bed.awaited = true;
	r->bed.from = wanted->from;
	r->bed.ducked = wanted->ducked;
}

void bed_start(struct playout *p, struct run *r, struct frame from, bool ducked)
{
	const struct asset *a = find_bed(p);
	const struct settings *s = p->world->settings;
	struct err e = {0};

	r->bed.awaited = false;
	if (a == NULL || r->bed.deck >= 0 || (r->zones & ~p->arbiter.cut) == 0)
		return;
	int deck = playout_take_deck(p, false);
	struct source *source = deck >= 0 ? p->air->ops->open_master(p->air, a->sha256, &e) : NULL;
	if (source == NULL) {
		struct bed wanted = {.deck = deck, .from = from, .ducked = ducked};
		if (deck >= 0)
			not_open(p, r, &wanted, &e);
		return;
	}
	feeder_load(p->air->feeder, deck, source, true);
	r->bed = (struct bed){.deck = deck, .tag = ++p->next_tag, .from = from};
	r->bed.zones = r->zones & ~p->arbiter.cut;
	r->bed.night_db = nightfall_db(p, r, from);
	double db = plan_gain_db(s, a->loudness_lufs, a->peak_dbtp) + s->bed_db + r->slot.volume_db;
	struct mix_command c = {.order = MIX_PLAY,
				.deck = (uint8_t)deck,
				.loop = true,
				.tag = r->bed.tag,
				.at = from,
				.length_frames = INT64_MAX,
				.fade_in_frames = IN_FRAMES};
	set_gain(p, r, &c, db);
	must(mixer_send(p->air->mixer, &c));
	r->bed.db = db + (ducked ? s->duck_db : 0);
	if (!ducked)
		return;
	c.order = MIX_LEVEL;
	c.at.n += IN_FRAMES;
	c.fade_frames = DUCK_FRAMES;
	set_gain(p, r, &c, r->bed.db);
	must(mixer_send(p->air->mixer, &c));
}

void bed_step(struct playout *p, struct run *r)
{
	struct frame soonest = playout_soonest(p);

	if (r->bed.awaited)
		bed_start(p, r, soonest.n > r->bed.from.n ? soonest : r->bed.from, r->bed.ducked);
}

void bed_level(struct playout *p, struct run *r, int64_t fade_frames)
{
	struct mix_command c = {.order = MIX_LEVEL,
				.deck = (uint8_t)r->bed.deck,
				.at = mixer_now(p->air->mixer),
				.fade_frames = fade_frames};

	if (r->bed.deck < 0 || r->bed.fading)
		return;
	set_gain(p, r, &c, r->bed.db);
	must(mixer_send(p->air->mixer, &c));
}

void bed_join(struct playout *p, struct run *r, uint32_t zones, int64_t fade_frames)
{
	r->bed.zones |= zones & r->zones;
	bed_level(p, r, fade_frames);
}

static void fade(struct playout *p, struct run *r, struct mix_command c)
{
	if (r->bed.deck < 0 || r->bed.fading)
		return;
	c.deck = (uint8_t)r->bed.deck;
	must(mixer_send(p->air->mixer, &c));
	r->bed.fading = true;
}

void bed_end(struct playout *p, struct run *r, struct frame from, int64_t fade_frames)
{
	r->bed.awaited = false;
	fade(p, r, (struct mix_command){.order = MIX_FADE, .at = from, .fade_frames = fade_frames});
}

/* It lies on under what other zones still hear. */
static void leave_zones(struct playout *p, struct run *r, const struct airing_stop *stop)
{
	struct mix_command c = {.order = MIX_LEVEL,
				.deck = (uint8_t)r->bed.deck,
				.at = stop->at,
				.breaks_in = stop->breaks_in,
				.fade_frames = stop->fade_frames};

	r->bed.zones &= ~stop->zones;
	set_gain(p, r, &c, r->bed.db);
	must(mixer_send(p->air->mixer, &c));
}

void bed_stop(struct playout *p, struct run *r, const struct airing_stop *stop)
{
	r->bed.awaited = r->bed.awaited && (r->zones & ~stop->zones) != 0;
	if (r->bed.deck >= 0 && !r->bed.fading && (r->bed.zones & ~stop->zones) != 0) {
		if ((r->bed.zones & stop->zones) != 0)
			leave_zones(p, r, stop);
		return;
	}
	fade(p, r, (struct mix_command){.order = MIX_FADE, .at = stop->at,
					.breaks_in = stop->breaks_in,
					.fade_frames = stop->fade_frames});
}

void bed_event(struct playout *p, struct run *r, const struct mix_event *ev)
{
	if (ev->kind != MIX_ENDED)
		return;
	feeder_unload(p->air->feeder, r->bed.deck);
	playout_free_deck(p, r->bed.deck);
	r->bed.deck = -1;
}
