/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/channels.h"

#include "base/limits.h"
#include "base/must.h"

#include <math.h>

/* The same limit of sanity as the mix (downmix.c): what is no number is silence. */
#define LOUDEST 1000.0f

static double squares(const float *samples, size_t frames, unsigned step)
{
	float sum = 0;

	for (size_t i = 0; i < frames; i++) {
		float x = samples[i * step];
		sum += fabsf(x) <= LOUDEST ? x * x : 0;
	}
	return (double)sum;
}

/* Most stretches never reach full scale, and then there is nothing to count. */
static bool reaches_top(const float *samples, size_t count)
{
	bool top = false;

	for (size_t i = 0; i < count; i++)
		top |= fabsf(samples[i]) >= CLIP_FULL_SCALE;
	return top;
}

static void count_tops(struct channels *c, const float *samples, size_t frames, unsigned channel)
{
	unsigned run = c->run[channel];

	for (size_t i = 0; i < frames; i++) {
		float x = fabsf(samples[i * c->count + channel]);
		run = x >= CLIP_FULL_SCALE && x <= LOUDEST ? run + 1 : 0;
		if (run == CLIP_RUN_FRAMES && c->clipped < UINT32_MAX)
			c->clipped++;
	}
	c->run[channel] = run;
}

void channels_add(struct channels *c, const float *samples, size_t frames, unsigned count)
{
	must(count >= 1 && count <= DOWNMIX_CHANNELS_MAX && frames <= PCM_CHUNK_FRAMES);
	c->changed |= c->count != 0 && c->count != count;
	c->count = count;
	c->frames += (int64_t)frames;
	bool top = reaches_top(samples, frames * count);
	for (unsigned i = 0; i < count; i++) {
		if (top)
			count_tops(c, samples, frames, i);
		else
			c->run[i] = 0;
		if (count <= PCM_LEVELS_MAX)
			c->square[i] += squares(samples + i, frames, count);
	}
}

struct pcm_levels channels_levels(const struct channels *c)
{
	struct pcm_levels l = {.clipped = c->clipped};

	if (c->changed || c->count > PCM_LEVELS_MAX || c->frames == 0)
		return l;
	l.channels = c->count;
	for (unsigned i = 0; i < c->count; i++)
		l.mean_square[i] = (float)(c->square[i] / (double)c->frames);
	return l;
}
