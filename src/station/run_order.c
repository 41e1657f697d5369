/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that no timetable holds: somebody ordered them, now. */
#include "base/must.h"
#include "mix/chime.h"
#include "mix/siren.h"
#include "station/playout.h"

#include <stdio.h>
#include <string.h>

/* From the order to the first sample: the intent's fdatasync and the first read. */
#define PLAY_AHEAD_NS (150 * NS_PER_MS)

/* A tone that begins at once clicks. */
#define TONE_FADE_FRAMES (FRAMES_PER_S / 50)

/* A message that follows a siren on the air: its master is opened and read ahead meanwhile. */
#define FOLLOW_NS (500 * NS_PER_MS)

/* One item, as soon as can be. */
static struct run *now(struct playout *p, enum air_kind kind, const struct plan_item *item,
		       uint32_t zones, const char *who)
{
	struct run *r = run_create(p, kind, 2);

	r->zones = zones;
	/* What is mixed already cannot be changed: a device may hold a third of a second of it. */
	struct frame soonest = {mixer_now(p->air->mixer).n + mixer_lead_frames(p->air->mixer) +
				frames_of_ns(PLAY_AHEAD_NS)};
	r->start = playout_wall_of(p, p->air->ops->mono_at(p->air, soonest));
	r->length_frames = item->length_frames;
	r->item_count = 1;
	run_copy_item(&r->items[0], item, r->start);
	snprintf(r->items[0].who, sizeof(r->items[0].who), "%s", who);
	snprintf(r->items[0].ordered, sizeof(r->items[0].ordered), "%s", who);
	r->next = p->runs;
	p->runs = r;
	p->changes++;
	return r;
}

struct run *run_manual(struct playout *p, const struct bulletin *b, struct source *master,
		       uint32_t zones, const char *why, const char *who)
{
	struct plan_item item = {.kind = ITEM_BULLETIN,
				 .bulletin = b,
				 .length_frames = b->frames,
				 .bed_under = strcmp(b->kind, "thong-bao") == 0};
	struct run *r = now(p, AIR_HAND, &item, zones, who);

	r->items[0].source = master;
	snprintf(r->why, sizeof(r->why), "%s", why);
	return r;
}

struct run *run_tone(struct playout *p, int64_t frames, uint32_t zones, const char *why,
		     const char *who)
{
	struct plan_item item = {.kind = ITEM_TONE,
				 .length_frames = frames,
				 .fade_in_frames = TONE_FADE_FRAMES,
				 .fade_out_frames = TONE_FADE_FRAMES};
	struct run *r = now(p, AIR_TEST, &item, zones, who);

	snprintf(r->why, sizeof(r->why), "%s", why);
	return r;
}

struct run *run_voice(struct playout *p, int64_t frames, bool chime, uint32_t zones,
		      const char *source, const char *who)
{
	struct plan_item item = {.kind = ITEM_CHIME, .length_frames = CHIME_FRAMES};
	struct plan_item voice = {.kind = ITEM_VOICE,
				  .length_frames = frames,
				  .fade_in_frames = TONE_FADE_FRAMES,
				  .fade_out_frames = TONE_FADE_FRAMES,
				  .offset_frames = chime ? CHIME_FRAMES : 0};
	struct run *r = now(p, AIR_VOICE, chime ? &item : &voice, zones, who);
	struct airing *a = &r->items[0];

	if (chime) {
		run_copy_item(++a, &voice, r->start);
		snprintf(a->who, sizeof(a->who), "%s", who);
		snprintf(a->ordered, sizeof(a->ordered), "%s", who);
		r->item_count = 2;
	}
	r->length_frames = voice.offset_frames + frames;
	snprintf(a->asset.path, PATH_BYTES, "%s%s", LIVE_PATH, source);
	return r;
}

bool run_alarms(const struct run *r)
{
	return r->kind == AIR_DRILL || r->kind == AIR_EMERGENCY;
}

struct run *run_alarm(struct playout *p, enum air_kind kind, uint32_t zones, int64_t frames,
		      const char *who)
{
	enum siren sound = kind == AIR_DRILL ? SIREN_DRILL : SIREN_ALARM;
	struct plan_item item = {.kind = ITEM_SIREN,
				 .length_frames = frames,
				 .fade_out_frames = TONE_FADE_FRAMES};
	struct run *r = run_create(p, kind, 2);

	r->zones = r->slot.zones = zones;
	r->length_frames = frames;
	/* A frame that is mixed already means: the next. */
	r->anchor = mixer_now(p->air->mixer);
	r->anchored = true;
	r->start = playout_wall_of(p, p->air->ops->mono_at(p->air, r->anchor));
	run_copy_item(&r->items[0], &item, r->start);
	r->items[0].at = r->anchor;
	r->items[0].asset.frames = frames;
	snprintf(r->items[0].asset.path, PATH_BYTES, "%s", siren_code(sound));
	snprintf(r->items[0].ordered, CODE_BYTES, "%s", who);
	snprintf(r->items[0].who, CODE_BYTES, "%s", who);
	r->item_count = 1;
	r->next = p->runs;
	p->runs = r;
	p->changes++;
	return r;
}

void run_message(struct playout *p, struct run *r, const struct bulletin *b, int64_t at)
{
	struct plan_item item = {.kind = ITEM_BULLETIN, .bulletin = b, .length_frames = b->frames};
	struct airing *a = &r->items[1];

	must(r->item_count == 1);
	item.offset_frames = at - r->anchor.n;
	run_copy_item(a, &item, r->start);
	a->at.n = at;
	snprintf(a->who, sizeof(a->who), "%s", r->items[0].ordered);
	snprintf(a->ordered, sizeof(a->ordered), "%s", r->items[0].ordered);
	r->item_count = 2;
	p->changes++;
}

bool run_follow(struct playout *p, struct run *r, const struct bulletin *b, int64_t least_frames)
{
	struct airing *siren = &r->items[0];
	int64_t soonest = mixer_now(p->air->mixer).n + frames_of_ns(FOLLOW_NS);
	int64_t at = siren->at.n + least_frames;

	if (r->item_count > 1 || siren->state > AIRING_ON || siren->blamed)
		return false;
	at = at > soonest ? at : soonest;
	if (at >= siren->at.n + siren->item.length_frames)
		return false;
	run_message(p, r, b, at);
	siren->item.length_frames = at - siren->at.n;
	airing_fade(p, siren, (struct frame){at - TONE_FADE_FRAMES}, TONE_FADE_FRAMES);
	return true;
}
