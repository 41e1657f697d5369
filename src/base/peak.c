/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/peak.h"

#include "base/moment.h"
#include "base/must.h"
#include "base/units.h"

#include <ebur128.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define STRETCH_FRAMES 256 /* measured or passed over as one */
#define BEFORE_FRAMES 32   /* more than the 12 frames that the filter looks back */

struct peak {
	ebur128_state *state;
	float before[BEFORE_FRAMES]; /* the last samples that came */
	bool fresh;		     /* the state has seen them */
	double highest;		     /* linear */
};

struct peak *peak_create(void)
{
	struct peak *p = calloc(1, sizeof(*p));

	must(p != NULL);
	p->state = ebur128_init(1, (unsigned long)FRAMES_PER_S, EBUR128_MODE_TRUE_PEAK);
	must(p->state != NULL);
	p->fresh = true;
	return p;
}

void peak_destroy(struct peak *p)
{
	if (p == NULL)
		return;
	ebur128_destroy(&p->state);
	free(p);
}

static float highest_sample(const float *samples, size_t frames)
{
	float highest = 0;

	for (size_t i = 0; i < frames; i++)
		highest = fmaxf(highest, fabsf(samples[i]));
	return highest;
}

static void measure_stretch(struct peak *p, const float *samples, size_t frames)
{
	double peak = 0;

	/* What was passed over just before still rings in the filter; its own peak is no news. */
	if (!p->fresh)
		must(ebur128_add_frames_float(p->state, p->before, BEFORE_FRAMES) ==
		     EBUR128_SUCCESS);
	must(ebur128_add_frames_float(p->state, samples, frames) == EBUR128_SUCCESS);
	must(ebur128_prev_true_peak(p->state, 0, &peak) == EBUR128_SUCCESS);
	p->highest = fmax(p->highest, peak);
}

static void remember(struct peak *p, const float *samples, size_t frames)
{
	size_t n = frames < BEFORE_FRAMES ? frames : BEFORE_FRAMES;

	memmove(p->before, p->before + n, (BEFORE_FRAMES - n) * sizeof(float));
	memcpy(p->before + BEFORE_FRAMES - n, samples + frames - n, n * sizeof(float));
}

void peak_add(struct peak *p, const float *samples, size_t frames)
{
	while (frames > 0) {
		size_t n = frames < STRETCH_FRAMES ? frames : STRETCH_FRAMES;
		float seen = fmaxf(highest_sample(samples, n),
				   highest_sample(p->before, BEFORE_FRAMES));
		bool could = seen * PEAK_RISE_MAX > p->highest;

		if (could)
			measure_stretch(p, samples, n);
		p->fresh = could;
		remember(p, samples, n);
		samples += n;
		frames -= n;
	}
}

double peak_dbtp(struct peak *p)
{
	return db_of_gain(p->highest);
}
