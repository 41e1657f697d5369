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

#define STRETCH_FRAMES 128 /* measured or passed over as one */
#define BEFORE_FRAMES 32   /* more than the 12 frames that the filter looks back */

struct peak {
	ebur128_state *state;
	float seen[BEFORE_FRAMES + STRETCH_FRAMES]; /* the last samples that came, then the new */
	bool fresh;				    /* the state knows the last samples */
	double highest;				    /* linear */
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

/* What the filter can make of these frames at most. */
static float bound(const float *x, size_t frames)
{
	float high = 0, steep = 0;

	/* A maximum may be regrouped into vectors, which without -ffast-math must be said. */
#pragma omp simd reduction(max : high, steep)
	for (size_t i = 1; i < frames; i++) {
		float level = __builtin_fabsf(x[i]), step = __builtin_fabsf(x[i] - x[i - 1]);
		high = level > high ? level : high;
		steep = step > steep ? step : steep;
	}
	return high * PEAK_FLAT + steep * PEAK_STEEP;
}

static void measure_stretch(struct peak *p, size_t frames)
{
	double peak = 0;

	/* What was passed over just before still rings in the filter; its own peak is no news. */
	if (!p->fresh)
		must(ebur128_add_frames_float(p->state, p->seen, BEFORE_FRAMES) ==
		     EBUR128_SUCCESS);
	must(ebur128_add_frames_float(p->state, p->seen + BEFORE_FRAMES, frames) ==
	     EBUR128_SUCCESS);
	must(ebur128_prev_true_peak(p->state, 0, &peak) == EBUR128_SUCCESS);
	p->highest = fmax(p->highest, peak);
}

void peak_add(struct peak *p, const float *samples, size_t frames)
{
	while (frames > 0) {
		size_t n = frames < STRETCH_FRAMES ? frames : STRETCH_FRAMES;

		memcpy(p->seen + BEFORE_FRAMES, samples, n * sizeof(float));
		bool could = bound(p->seen, BEFORE_FRAMES + n) > p->highest;
		if (could)
			measure_stretch(p, n);
		p->fresh = could;
		memmove(p->seen, p->seen + n, BEFORE_FRAMES * sizeof(float));
		samples += n;
		frames -= n;
	}
}

double peak_dbtp(struct peak *p)
{
	return db_of_gain(p->highest);
}
