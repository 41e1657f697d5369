/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/ear.h"

#include <stdlib.h>

#define FOLLOW 50 /* callbacks: half a second; a crystal needs no more, jitter no less */

void ear_line_see(struct ear_line *l, int64_t sample, int64_t mono_ns)
{
	int64_t zero = mono_ns - ns_of_frames(sample);

	if (!l->begun || llabs(zero - l->zero_ns) > EAR_JUMP_NS)
		l->zero_ns = zero;
	else
		l->zero_ns += (zero - l->zero_ns) / FOLLOW;
	l->begun = true;
}

int64_t ear_line_hop(const struct ear_line *l, int64_t hop)
{
	return l->zero_ns +
	       ns_of_frames(hop * ENVELOPE_HOP_FRAMES + ENVELOPE_HOP_FRAMES / 2);
}
