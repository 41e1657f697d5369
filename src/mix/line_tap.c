/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "mix/line.h"
#include "sys/pipe.h"

#define PART_FRAMES 1024

void line_tap_init(struct line_tap *t, int channels, int channel)
{
	must(channel >= 0 && channel < channels);
	ring_init(&t->ring, sizeof(float), LINE_RING_FRAMES);
	t->channels = channels;
	t->channel = channel;
}

void line_tap_take(struct line_tap *t, const float *in, int64_t frames)
{
	for (int64_t i = 0; i < frames; i++)
		ring_push(&t->ring, t->memory, &in[i * t->channels + t->channel], 1);
}

bool line_tap_give(struct line_tap *t, int fd)
{
	float part[PART_FRAMES];
	uint32_t n;

	while ((n = ring_pull(&t->ring, t->memory, part, PART_FRAMES)) > 0)
		if (!pipe_send(fd, part, n * sizeof(float)))
			return false;
	return true;
}
