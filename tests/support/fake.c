/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/fake.h"

#include "base/must.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct fake {
	struct source source;
	enum { NOISE, FLAT, SAMPLES } kind;
	uint32_t seed;
	float value;
	const float *x;
	int64_t at, frames;
	int64_t pause_from, pause_to;
	enum fake_end end;
};

static atomic_int open_count;

float fake_noise_at(uint32_t seed, int64_t i)
{
	uint64_t z = ((uint64_t)seed << 40) + (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15) + 1;

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return ((float)((int64_t)(z >> 48) - 32768) + 0.5f) / 131072.0f;
}

static float sample(const struct fake *s, int64_t i)
{
	switch (s->kind) {
	case NOISE:
		if (i >= s->pause_from && i < s->pause_to)
			return 0.0f;
		return s->value * fake_noise_at(s->seed, i);
	case FLAT:
		return s->value;
	default:
		return s->x[i];
	}
}

static int64_t fake_read(struct source *source, float *out, int64_t frames)
{
	struct fake *s = (struct fake *)source;
	int64_t left = s->frames - s->at;
	int64_t portion = 1 + (s->at * 7919) % 4096;
	int64_t n = frames < left ? frames : left;

	n = n < portion ? n : portion;
	for (int64_t i = 0; i < n; i++)
		out[i] = sample(s, s->at + i);
	s->at += n;
	if (n > 0 || s->end == FAKE_ENDS)
		return n;
	return s->end == FAKE_CHANGES ? SOURCE_CHANGED : s->end == FAKE_STALLS ? SOURCE_LATER : -1;
}

static bool fake_rewind(struct source *source)
{
	((struct fake *)source)->at = 0;
	return true;
}

static void fake_close(struct source *source)
{
	atomic_fetch_sub(&open_count, 1);
	free(source);
}

static const struct source_ops ops = {fake_read, fake_rewind, fake_close};

static struct source *make(struct fake init)
{
	struct fake *s = malloc(sizeof(*s));

	must(s != NULL);
	*s = init;
	s->source.ops = &ops;
	atomic_fetch_add(&open_count, 1);
	return &s->source;
}

struct source *fake_noise(uint32_t seed, int64_t frames, float scale, enum fake_end end)
{
	return make((struct fake){
		.kind = NOISE, .seed = seed, .value = scale, .frames = frames, .end = end});
}

struct source *fake_paused(uint32_t seed, int64_t frames, int64_t from, int64_t to)
{
	return make((struct fake){.kind = NOISE, .seed = seed, .value = 1.0f, .frames = frames,
				  .pause_from = from, .pause_to = to});
}

struct source *fake_flat(float value, int64_t frames)
{
	return make((struct fake){.kind = FLAT, .value = value, .frames = frames});
}

struct source *fake_samples(const float *x, int64_t frames)
{
	return make((struct fake){.kind = SAMPLES, .x = x, .frames = frames});
}

int fake_open_count(void)
{
	return atomic_load(&open_count);
}
