/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/sine.h"

#include "base/must.h"
#include "base/moment.h"
#include "base/units.h"

#include <math.h>
#include <stdlib.h>

#define TONE_HZ 1000
#define TONE_DBFS -18.0
#define PERIOD (FRAMES_PER_S / TONE_HZ)

struct sine {
	struct source source;
	int64_t at, frames;
	float period[PERIOD]; /* the frequency divides the rate: no phase can drift */
};

static int64_t sine_read(struct source *s, float *out, int64_t frames)
{
	struct sine *sine = (struct sine *)s;
	int64_t left = sine->frames - sine->at, n = left < frames ? left : frames;

	for (int64_t i = 0; i < n; i++)
		out[i] = sine->period[(sine->at + i) % PERIOD];
	sine->at += n;
	return n;
}

static bool sine_rewind(struct source *s)
{
	((struct sine *)s)->at = 0;
	return true;
}

static void sine_close(struct source *s)
{
	free(s);
}

struct source *sine_source(int64_t frames)
{
	static const struct source_ops ops = {sine_read, sine_rewind, sine_close};
	struct sine *s = calloc(1, sizeof(*s));

	must(s != NULL && frames > 0);
	s->source.ops = &ops;
	s->frames = frames;
	for (int i = 0; i < PERIOD; i++)
		s->period[i] = gain_of_db(TONE_DBFS) * sinf(2 * (float)M_PI * (float)i / PERIOD);
	return &s->source;
}
