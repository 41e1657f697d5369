/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/loudwatch.h"

#include "base/limits.h"
#include "base/moment.h"
#include "base/must.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

#define HOP_FRAMES (FRAMES_PER_S / 10)
#define LOOK_FRAMES (3 * FRAMES_PER_S) /* the window of EBU Tech 3341's short-term loudness */
#define LOOKS 10		       /* over so many the mean goes */
#define GATE_LUFS -60.0		       /* a pause says nothing about the level */

struct loudwatch {
	ebur128_state *meter;
	double square;	/* of the hop under way */
	int64_t in_hop, in_look;
	double power;	/* mean of 10^(LUFS/10) */
	int looks;	/* in it; up to LOOKS */
};

struct loudwatch *loudwatch_create(void)
{
	struct loudwatch *w = calloc(1, sizeof(*w));

	must(w != NULL);
	w->meter = ebur128_init(1, FRAMES_PER_S, EBUR128_MODE_S);
	must(w->meter != NULL);
	return w;
}

void loudwatch_destroy(struct loudwatch *w)
{
	if (w == NULL)
		return;
	ebur128_destroy(&w->meter);
	free(w);
}

static void look(struct loudwatch *w)
{
	double lufs;

	w->in_look = 0;
	if (ebur128_loudness_shortterm(w->meter, &lufs) != EBUR128_SUCCESS || !(lufs > GATE_LUFS))
		return;
	w->looks += w->looks < LOOKS;
	w->power += (pow(10, lufs / 10) - w->power) / w->looks;
}

static bool end_hop(struct loudwatch *w)
{
	bool heard = w->square > HOP_FRAMES * pow(10, RELAY_SILENT_DB / 10);

	w->square = 0;
	w->in_hop = 0;
	return heard;
}

int64_t loudwatch_put(struct loudwatch *w, const float *samples, int64_t frames)
{
	int64_t heard = -1;

	must(ebur128_add_frames_float(w->meter, samples, (size_t)frames) == EBUR128_SUCCESS);
	for (int64_t i = 0; i < frames; i++) {
		w->square += (double)samples[i] * (double)samples[i];
		if (++w->in_hop == HOP_FRAMES && end_hop(w))
			heard = frames - 1 - i;
	}
	w->in_look += frames;
	if (w->in_look >= LOOK_FRAMES)
		look(w);
	return heard;
}

double loudwatch_lufs(const struct loudwatch *w)
{
	return w->looks > 0 ? 10 * log10(w->power) : -INFINITY;
}
