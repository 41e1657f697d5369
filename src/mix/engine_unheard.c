/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was mixed and no device has taken: emergencies break in there. Mixing thread, inside the
 * real-time section. */
#include "base/must.h"
#include "mix/engine_in.h"

#include <string.h>

#define UNHEARD_FRAMES (ENGINE_UNHEARD_BLOCKS * BLOCK_FRAMES)

/* A callback of the device may be reading right now: this far behind its place it has not been yet
 * when we are done; the copy of a period takes it a few microseconds. */
#define BEHIND_FRAMES (FRAMES_PER_S / 1000)

float *engine_unheard(struct engine *en, int zone, struct frame f)
{
	return en->unheard[zone] + f.n % UNHEARD_FRAMES;
}

/* The first frame that no device has taken. Devices take the same sound at different times, the
 * one with the deepest buffer first: one frame for all of them, so that no zone is ahead. */
static struct frame free_from(const struct engine *en, struct mono now)
{
	int64_t taken = INT64_MIN;

	for (int i = 0; i < en->device_count; i++) {
		const struct engine_follower *f = &en->followers[i];
		if (f->child != 0 && f->joined && f->position + f->offset > taken)
			taken = f->position + f->offset;
	}
	if (taken == INT64_MIN)
		taken = mapping_frame(&en->line, now).n;
	return (struct frame){taken + BEHIND_FRAMES};
}

const float *engine_interleave(struct engine *en, const struct engine_follower *f,
			       struct frame block)
{
	memset(en->interleaved, 0, sizeof(float) * BLOCK_FRAMES * (size_t)f->channels);
	for (int z = 0; z < en->config.zone_count; z++) {
		const float *mixed = engine_unheard(en, z, block);
		int channel = f->zone_channel[z];
		for (int i = 0; channel >= 0 && i < BLOCK_FRAMES; i++)
			en->interleaved[i * f->channels + channel] = mixed[i];
	}
	return en->interleaved;
}

/* The frames before `from` are the device's already: they are not touched again. */
static void rewrite(struct engine *en, const struct engine_follower *f, struct frame from)
{
	int64_t block = from.n - from.n % BLOCK_FRAMES;

	for (; block < en->next.n; block += BLOCK_FRAMES) {
		const float *mixed = engine_interleave(en, f, (struct frame){block});
		int skip = block < from.n ? (int)(from.n - block) : 0;
		shmring_rewrite(f->link->ring, (struct frame){block + skip},
				mixed + skip * f->channels, BLOCK_FRAMES - skip);
	}
}

void engine_break_in(struct engine *en, struct mono now)
{
	struct mixer_unheard unheard = {.frames = UNHEARD_FRAMES};
	struct frame from = free_from(en, now);

	if (en->mixer == NULL || !mixer_break_waits(en->mixer))
		return;
	if (from.n < en->tapped.n) /* consumers besides devices have it */
		from = en->tapped;
	for (int z = 0; z < en->config.zone_count; z++)
		unheard.zone[z] = en->unheard[z];
	mixer_break_in(en->mixer, from, &unheard);
	for (int i = 0; i < en->device_count; i++)
		if (en->followers[i].child != 0)
			rewrite(en, &en->followers[i], from);
}

void engine_tap(struct engine *en, struct mono now, bool all)
{
	int64_t fixed = all ? en->next.n : free_from(en, now).n;
	float *zones[ZONES_MAX] = {0};

	/* What is about to be overwritten goes whatever devices do. */
	if (fixed < en->next.n + BLOCK_FRAMES - UNHEARD_FRAMES)
		fixed = en->next.n + BLOCK_FRAMES - UNHEARD_FRAMES;
	for (; en->tapped.n + BLOCK_FRAMES <= fixed && en->tapped.n < en->next.n;
	     en->tapped.n += BLOCK_FRAMES) {
		for (int z = 0; z < en->config.zone_count; z++)
			zones[z] = engine_unheard(en, z, en->tapped);
		for (int i = 0; i < en->tap_count; i++)
			en->taps[i].block(en->taps[i].arg, en->tapped, zones);
	}
}
