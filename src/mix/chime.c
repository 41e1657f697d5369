/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/chime.h"

#include "base/must.h"
#include "base/units.h"

#include <math.h>
#include <stdlib.h>

#define BELL_FRAMES (CHIME_FRAMES / 3) /* the second begins so long after the first */
#define CHIME_DBFS -14.0

struct chime {
	struct source source;
	int64_t at;
	float samples[CHIME_FRAMES];
};

static int64_t chime_read(struct source *s, float *out, int64_t frames)
{
	struct chime *c = (struct chime *)s;
	int64_t left = CHIME_FRAMES - c->at, n = left < frames ? left : frames;

	for (int64_t i = 0; i < n; i++)
		out[i] = c->samples[c->at + i];
	c->at += n;
	return n;
}

static bool chime_rewind(struct source *s)
{
	((struct chime *)s)->at = 0;
	return true;
}

static void chime_close(struct source *s)
{
	free(s);
}

static void strike(struct chime *c, double hz, int64_t from)
{
	int64_t frames = CHIME_FRAMES - from;
	double level = (double)gain_of_db(CHIME_DBFS);

	for (int64_t i = 0; i < frames; i++) {
		double die = exp(-4.0 * (double)i / (double)BELL_FRAMES);
		double end = (double)(frames - i) / (double)frames;
		double x = sin(2 * M_PI * hz * (double)i / (double)FRAMES_PER_S);
		c->samples[from + i] += (float)(level * die * end * x);
	}
}

struct source *chime_source(void)
{
	static const struct source_ops ops = {chime_read, chime_rewind, chime_close};
	struct chime *c = calloc(1, sizeof(*c));

	must(c != NULL);
	c->source.ops = &ops;
	strike(c, 784.0, 0);
	strike(c, 1046.5, BELL_FRAMES);
	return &c->source;
}
