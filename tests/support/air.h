/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mixer with its feeder offline, and everything that it gave out, for tests. */
#ifndef VX_TESTS_SUPPORT_AIR_H
#define VX_TESTS_SUPPORT_AIR_H

#include "mix/feeder.h"
#include "mix/mixer.h"

#define AIR_ZONES 3
#define AIR_FRAMES (200 * BLOCK_FRAMES)
#define AIR_EVENTS 4096

extern struct air {
	struct mixer *mixer;
	struct feeder *feeder;
	int zones;
	int64_t at; /* frames in out */
	struct mix_event events[AIR_EVENTS];
	int event_count;
	float out[AIR_ZONES][AIR_FRAMES];
} air;

/* Ceiling −1 dBTP. The second closes, and fails the test if a source stayed open. */
void air_open(int zones);
void air_close(void);

/* Pumps and mixes so many blocks, each inside a real-time section, and takes the events. */
void air_run(int blocks);
void air_take_events(void);

/* A MIX_PLAY with this gain in every zone and tag 100 + deck. */
struct mix_command air_play(int deck, int64_t at, int64_t length, float gain);
void air_send(struct mix_command c);

/* The n-th event of a kind, NULL if there are fewer. */
const struct mix_event *air_event(enum mix_event_kind kind, int n);

/* Fail unless the n-th start or end is this. */
void air_ck_started(int n, int64_t frame);
void air_ck_ended(int n, enum mix_end end, int64_t frame, int64_t frames);

#endif
