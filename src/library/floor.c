/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/floor.h"

#include "base/limits.h"
#include "base/must.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define BINS (FLOOR_POINTS / 2)
#define NOTHING 1e-7f /* of a moment: −70 dBFS, the absolute gate of EBU R 128 */
#define MOMENTS_MIN 30
#define TONE_BIN 5 /* from 230 Hz on; hum has most of itself below */
#define TONE_SHARE 0.8 /* of two bands is a test tone; white noise has 0.45 in its fullest two */
#define LOW_DB (-130)
#define STEPS_PER_DB 2
#define STEPS (130 * STEPS_PER_DB)

/* Where bands begin, in bins of 47 Hz; the last is the end. Not with the first bin, into which an
 * offset reaches. Three or four bins at least, so that the power of noise in a band does not swing
 * too much: a single bin's softest moments lie 13 dB below its mean, those of four 5. From 1 kHz on
 * a third of an octave. */
static const short edges[] = {2,  5,  9,  13,  17,  21,  26,  32,  40,	50,
			      62, 78, 98, 123, 155, 195, 245, 308, 388, BINS};
#define BANDS ((int)(sizeof(edges) / sizeof(edges[0])) - 1)

struct floor {
	uint32_t moments;
	uint32_t counts[BANDS][STEPS]; /* an hour takes no more room than a minute */
};

struct floor *floor_create(void)
{
	struct floor *f = calloc(1, sizeof(*f));

	must(f != NULL);
	return f;
}

void floor_destroy(struct floor *f)
{
	free(f);
}

static int step_of(float power)
{
	float at = (10 * log10f(power + 1e-20f) - LOW_DB) * STEPS_PER_DB;

	return at <= 0 ? 0 : at >= STEPS - 1 ? STEPS - 1 : (int)at;
}

void floor_add(struct floor *f, const float *power)
{
	float sums[BANDS], all = 0;

	for (int b = 0; b < BANDS; b++) {
		sums[b] = 0;
		for (int i = edges[b]; i < edges[b + 1]; i++)
			sums[b] += power[i];
		all += sums[b];
	}
	if (!(all >= NOTHING)) /* nor what is no number */
		return;
	for (int b = 0; b < BANDS; b++)
		f->counts[b][step_of(sums[b])]++;
	f->moments++;
}

static double low_db(const struct floor *f, int band)
{
	uint32_t wanted = (uint32_t)((double)f->moments * NOISE_MOMENTS), seen = 0;
	int step = 0;

	while (step < STEPS - 1 && (seen += f->counts[band][step]) <= wanted)
		step++;
	return LOW_DB + (step + 0.5) / STEPS_PER_DB;
}

double floor_db(const struct floor *f)
{
	double sum = 0, before = 0, most = 0;

	if (f->moments < MOMENTS_MIN)
		return NAN;
	for (int b = 0; b < BANDS; b++) {
		double power = pow(10, low_db(f, b) / 10);
		sum += power;
		if (edges[b] >= TONE_BIN && before + power > most)
			most = before + power; /* it may lie on a border */
		before = edges[b] >= TONE_BIN ? power : 0;
	}
	return 10 * log10(most > TONE_SHARE * sum ? sum - most : sum);
}
