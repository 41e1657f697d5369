/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The envelope of a sound: how loud a few bands are, fifty times a second; enough to know a sound
 * again, whatever loudspeaker, room and microphone have done to it. */
#ifndef VX_BASE_ENVELOPE_H
#define VX_BASE_ENVELOPE_H

#include "base/limits.h"

#include <stddef.h>
#include <stdint.h>

/* 300–3,400 Hz: what a horn gives and a small microphone takes. */
#define ENVELOPE_BANDS 8
#define ENVELOPE_HOP_FRAMES 960 /* 20 ms at 48 kHz */
#define ENVELOPE_HOPS_PER_S 50

/* One hop: each band's level in half decibels above −110 dBFS, 1 there and below; 0: nothing is
 * known of it. */
struct envelope_hop {
	uint8_t band[ENVELOPE_BANDS];
};

/* Hop i is of the sound around sample i × ENVELOPE_HOP_FRAMES + ENVELOPE_HOP_FRAMES / 2. The
 * owner's; envelope_free. */
struct envelope {
	struct envelope_hop *hops;
	int64_t count, room;
};

void envelope_free(struct envelope *e); /* leaves it empty */
void envelope_push(struct envelope *e, const struct envelope_hop *hop);

/* In the making: one thread, any cut into calls, 48 kHz. each is called for each hop that is
 * whole. Not for real-time sections: it is an FFT, but nothing is allocated after begin. */
struct envelope_maker;
struct envelope_maker *envelope_begin(void (*each)(void *arg, const struct envelope_hop *hop),
				      void *arg);
void envelope_add(struct envelope_maker *m, const float *samples, size_t frames);
void envelope_end(struct envelope_maker *m); /* NULL is fine */

/* For `each`: arg is a struct envelope. */
void envelope_keep(void *arg, const struct envelope_hop *hop);

#endif
