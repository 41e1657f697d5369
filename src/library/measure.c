/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/measure.h"

#include "base/moment.h"
#include "base/must.h"

#include <ebur128.h>
#include <stdlib.h>

struct loudness {
	ebur128_state *state;
};

struct loudness *loudness_create(unsigned channels)
{
	struct loudness *l = malloc(sizeof(*l));

	must(l != NULL);
	/* Not EBUR128_MODE_HISTOGRAM, which rounds to 0.1 LU to save 10 MB in twelve hours. */
	l->state = ebur128_init(channels, (unsigned long)FRAMES_PER_S, EBUR128_MODE_I);
	must(l->state != NULL);
	return l;
}

void loudness_destroy(struct loudness *l)
{
	if (l == NULL)
		return;
	ebur128_destroy(&l->state);
	free(l);
}

void loudness_add(struct loudness *l, const float *samples, size_t frames)
{
	must(ebur128_add_frames_float(l->state, samples, frames) == EBUR128_SUCCESS);
}

double loudness_lufs(struct loudness *l)
{
	double lufs;

	must(ebur128_loudness_global(l->state, &lufs) == EBUR128_SUCCESS);
	return lufs > LOUDNESS_SILENT_LUFS ? lufs : LOUDNESS_SILENT_LUFS; /* −inf for silence */
}
