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

static void place(struct downmix *d, unsigned channel, enum speaker s)
{
	const float half_power = (float)M_SQRT1_2;

	switch (s) {
	case SPEAKER_NONE: break;
	case SPEAKER_LEFT: d->gain[0][channel] = 1; break;
	case SPEAKER_RIGHT: d->gain[1][channel] = 1; break;
	case SPEAKER_BEHIND_LEFT: d->gain[0][channel] = half_power; break;
	case SPEAKER_BEHIND_RIGHT: d->gain[1][channel] = half_power; break;
	case SPEAKER_CENTRE:
		d->gain[0][channel] = d->gain[1][channel] = half_power;
		break;
	case SPEAKER_BEHIND_CENTRE:
		d->gain[0][channel] = d->gain[1][channel] = 0.5f;
		break;
	}
}

static void scale(struct downmix *d)
{
	float most = 1;

	for (int to = 0; to < 2; to++) {
		float sum = 0;

		for (unsigned c = 0; c < d->from; c++)
			sum += d->gain[to][c];
		most = sum > most ? sum : most;
	}
	for (int to = 0; to < 2; to++)
		for (unsigned c = 0; c < d->from; c++)
			d->gain[to][c] /= most;
}

void downmix_init(struct downmix *d, unsigned channels, const enum speaker *speakers)
{
	must(channels >= 1 && channels <= DOWNMIX_CHANNELS_MAX);
	*d = (struct downmix){.from = channels, .to = channels > 2 ? 2 : channels};
	if (channels <= 2) {
		d->gain[0][0] = d->gain[1][1] = 1;
		return;
	}
	for (unsigned c = 0; c < channels; c++)
		place(d, c, speakers != NULL ? speakers[c] : wav_order[channels][c]);
	scale(d);
}

static float sound(float x)
{
	return fabsf(x) <= LOUDEST ? x : 0; /* false for NaN too */
}

void downmix_run(const struct downmix *d, const float *in, float *out, size_t frames)
{
	if (d->from <= 2) {
		for (size_t i = 0; i < frames * d->from; i++)
			out[i] = sound(in[i]);
		return;
	}
	for (size_t f = 0; f < frames; f++, in += d->from)
		for (int to = 0; to < 2; to++) {
			float sum = 0;

			for (unsigned c = 0; c < d->from; c++)
				sum += d->gain[to][c] * sound(in[c]);
			*out++ = sum;
		}
}
