/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/envelope.h"

#include "base/must.h"

#include <kissfft/kiss_fftr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RATE_HZ 48000
#define POINTS 2048 /* of one spectrum: 43 ms, so that neighbouring ones share half their sound */
#define LOWEST_HZ 300.0
#define HIGHEST_HZ 3400.0
#define LEAST_DB (-110.0f)
#define STEPS_PER_DB 2.0f

struct envelope_maker {
	kiss_fftr_cfg fft;
	void (*each)(void *arg, const struct envelope_hop *hop);
	void *arg;
	float window[POINTS], scale;
	int edges[ENVELOPE_BANDS + 1];
	float samples[POINTS];
	size_t have;
};

static void set_tables(struct envelope_maker *m)
{
	float sum = 0;

	for (int i = 0; i < POINTS; i++) {
		m->window[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * i / POINTS));
		sum += m->window[i];
	}
	/* A sine of full scale is at 0 dB; Hann's window spreads it over bins worth 1.5. */
	m->scale = 4 / (1.5f * sum * sum);
	for (int i = 0; i <= ENVELOPE_BANDS; i++)
		m->edges[i] = (int)lrint(LOWEST_HZ *
					 pow(HIGHEST_HZ / LOWEST_HZ, i / (double)ENVELOPE_BANDS) *
					 POINTS / RATE_HZ);
}

struct envelope_maker *envelope_begin(void (*each)(void *arg, const struct envelope_hop *hop),
				      void *arg)
{
	struct envelope_maker *m = calloc(1, sizeof(*m));

	must(m != NULL);
	m->each = each;
	m->arg = arg;
	m->fft = kiss_fftr_alloc(POINTS, 0, NULL, NULL);
	must(m->fft != NULL);
	set_tables(m);
	/* So that the first spectrum lies around the middle of the first hop. */
	m->have = (POINTS - ENVELOPE_HOP_FRAMES) / 2;
	return m;
}

static uint8_t step_of(float energy)
{
	float db = 10 * log10f(energy + 1e-12f);
	float step = (db - LEAST_DB) * STEPS_PER_DB + 0.5f;

	return step < 1 ? 1 : step > 255 ? 255 : (uint8_t)step;
}

static void look(struct envelope_maker *m)
{
	float windowed[POINTS];
	kiss_fft_cpx bins[POINTS / 2 + 1];
	struct envelope_hop hop;

	for (int i = 0; i < POINTS; i++)
		windowed[i] = m->samples[i] * m->window[i];
	kiss_fftr(m->fft, windowed, bins);
	for (int b = 0; b < ENVELOPE_BANDS; b++) {
		float energy = 0;
		for (int i = m->edges[b]; i < m->edges[b + 1]; i++)
			energy += bins[i].r * bins[i].r + bins[i].i * bins[i].i;
		hop.band[b] = step_of(energy * m->scale);
	}
	m->each(m->arg, &hop);
}

void envelope_add(struct envelope_maker *m, const float *samples, size_t frames)
{
	for (size_t n; frames > 0; samples += n, frames -= n) {
		n = POINTS - m->have < frames ? POINTS - m->have : frames;
		memcpy(m->samples + m->have, samples, n * sizeof(*samples));
		m->have += n;
		if (m->have < POINTS)
			return;
		look(m);
		m->have = POINTS - ENVELOPE_HOP_FRAMES;
		memmove(m->samples, m->samples + ENVELOPE_HOP_FRAMES,
			m->have * sizeof(*m->samples));
	}
}

void envelope_end(struct envelope_maker *m)
{
	if (m == NULL)
		return;
	kiss_fftr_free(m->fft);
	free(m);
}

void envelope_push(struct envelope *e, const struct envelope_hop *hop)
{
	if (e->count == e->room) {
		e->room = e->room > 0 ? 2 * e->room : 4096;
		e->hops = realloc(e->hops, (size_t)e->room * sizeof(*e->hops));
		must(e->hops != NULL);
	}
	e->hops[e->count++] = *hop;
}

void envelope_keep(void *arg, const struct envelope_hop *hop)
{
	envelope_push(arg, hop);
}

void envelope_free(struct envelope *e)
{
	free(e->hops);
	*e = (struct envelope){0};
}
