/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/lulls.h"

#include "mix/gain.h"

#include <math.h>

void lulls_add(struct lulls *l, const float *samples, int64_t frames)
{
	while (frames > 0) {
		float *peak = &l->peak[l->frames / LULL_HOP_FRAMES % LULL_HOPS];
		int64_t have = l->frames % LULL_HOP_FRAMES, room = LULL_HOP_FRAMES - have;
		int64_t n = frames < room ? frames : room;

		*peak = fmaxf(have > 0 ? *peak : 0, gain_peak(samples, (int)n));
		samples += n;
		frames -= n;
		l->frames += n;
	}
}

int64_t lulls_find(const struct lulls *l, int64_t from, int64_t frames, double amplitude)
{
	int64_t end = l->frames / LULL_HOP_FRAMES, run = 0;
	int64_t need = (frames + LULL_HOP_FRAMES - 1) / LULL_HOP_FRAMES;

	for (int64_t hop = end > LULL_HOPS - 1 ? end - LULL_HOPS + 1 : 0; hop < end; hop++) {
		run = l->peak[hop % LULL_HOPS] < amplitude ? run + 1 : 0;
		int64_t middle = (hop + 1) * LULL_HOP_FRAMES - need * LULL_HOP_FRAMES / 2;
		if (run >= need && middle >= from)
			return middle;
	}
	return -1;
}
