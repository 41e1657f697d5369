/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line child, `vangxa line NAME CHANNEL [MS]`: an input of a sound card (a radio receiver wired
 * to it, say; a microphone) to stdout, as float32 at 48 kHz, one channel, as it comes. */
#ifndef VX_MIX_LINE_H
#define VX_MIX_LINE_H

#include "base/err.h"
#include "base/limits.h"
#include "base/ring.h"

#include <stdbool.h>
#include <stdint.h>

/* Why a process of its own: as for mix/sink.h. The card's clock is not ours: the samples are handed
 * on as the card counts them, and mix/relaybuffer.h follows its pace. */

/* What has come and is not handed on yet: the callback writes, the child's main thread reads. */
struct line_tap {
	struct ring ring;
	float memory[LINE_RING_FRAMES];
	int channels, channel; /* of what comes, interleaved; the one that is wanted, from 0 */
};

void line_tap_init(struct line_tap *t, int channels, int channel);

/* Frames of `channels` samples. What finds no room is lost: nobody has read for a second.
 * RT-safe. */
void line_tap_take(struct line_tap *t, const float *in, int64_t frames);

/* All there is, to a pipe; false when nobody reads it any more. May wait for the reader. */
bool line_tap_give(struct line_tap *t, int fd);

/* The child: until the input fails or nobody reads; the exit status (relay_fault_status:
 * RELAY_LINE, or RELAY_NONE). channel from 1. latency_ms: asked of the sound system. The sound is
 * kept nowhere (sys/jail.h). */
int line_run(const char *name, int channel, int latency_ms);

#endif
