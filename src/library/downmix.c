/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/downmix.h"

#include "base/must.h"

#include <math.h>

#define LOUDEST 1000.0f

/* The usual meaning of 1–8 channels in WAV when no mask says otherwise. */
static const enum speaker wav_order[DOWNMIX_CHANNELS_MAX + 1][DOWNMIX_CHANNELS_MAX] = {
	[3] = {SPEAKER_LEFT, SPEAKER_RIGHT, SPEAKER_CENTRE},
	[4] = {SPEAKER_LEFT, SPEAKER_RIGHT, SPEAKER_BEHIND_LEFT, SPEAKER_BEHIND_RIGHT},
	[5] = {SPEAKER_LEFT, SPEAKER_RIGHT, SPEAKER_CENTRE, SPEAKER_BEHIND_LEFT,
	       SPEAKER_BEHIND_RIGHT},
	[6] = {SPEAKER_LEFT, SPEAKER_RIGHT, SPEAKER_CENTRE, SPEAKER_NONE, SPEAKER_BEHIND_LEFT,
	       SPEAKER_BEHIND_RIGHT},
	[7] = {SPEAKER_LEFT, SPEAKER_RIGHT, SPEAKER_CENTRE, SPEAKER_NONE, SPEAKER_BEHIND_CENTRE,
	       SPEAKER_BEHIND_LEFT, SPEAKER_BEHIND_RIGHT},
	[8] = {SPEAKER_LEFT, SPEAKER_RIGHT, SPEAKER_CENTRE, SPEAKER_NONE, SPEAKER_BEHIND_LEFT,
	       SPEAKER_BEHIND_RIGHT, SPEAKER_BEHIND_LEFT, SPEAKER_BEHIND_RIGHT},
};

/* The mean of what it gives to the left and to the right. */
static float gain_of(enum speaker s)
{
	const float half_power = (float)M_SQRT1_2;

	switch (s) {
	case SPEAKER_NONE: return 0;
	case SPEAKER_LEFT:
	case SPEAKER_RIGHT:
	case SPEAKER_BEHIND_CENTRE: return 0.5f;
	case SPEAKER_BEHIND_LEFT:
	case SPEAKER_BEHIND_RIGHT: return 0.5f * half_power;
	case SPEAKER_CENTRE: return half_power;
	}
	return 0;
}

static void scale(struct downmix *d)
{
	float sum = 0;

	for (unsigned c = 0; c < d->from; c++)
		sum += d->gain[c];
	for (unsigned c = 0; c < d->from && sum > 1; c++)
		d->gain[c] /= sum;
}

void downmix_init(struct downmix *d, unsigned channels, const enum speaker *speakers)
{
	must(channels >= 1 && channels <= DOWNMIX_CHANNELS_MAX);
	*d = (struct downmix){.from = channels};
	if (channels <= 2) {
		for (unsigned c = 0; c < channels; c++)
			d->gain[c] = 1.0f / (float)channels;
		return;
	}
	for (unsigned c = 0; c < channels; c++)
		d->gain[c] = gain_of(speakers != NULL ? speakers[c] : wav_order[channels][c]);
	scale(d);
}

static float sound(float x)
{
	return fabsf(x) <= LOUDEST ? x : 0; /* false for NaN too */
}

void downmix_run(const struct downmix *d, const float *in, float *out, size_t frames)
{
	for (size_t f = 0; f < frames; f++, in += d->from) {
		float sum = 0;

		for (unsigned c = 0; c < d->from; c++)
			sum += d->gain[c] * sound(in[c]);
		out[f] = sum;
	}
}
