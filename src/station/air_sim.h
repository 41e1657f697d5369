/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The air on a simulated clock: frame and wall time are one, nothing is sent to a device. */
#ifndef VX_STATION_AIR_SIM_H
#define VX_STATION_AIR_SIM_H

#include "mix/meter.h"
#include "station/air.h"
#include "sys/clock.h"

#include <stdbool.h>
#include <stdint.h>

struct playout;

/* Frame 0 is heard at the clock's monotonic time at init; each block mixed is 10 ms of it. */
struct air_sim {
	struct air air;
	struct clock_sim *clock;
	struct mono zero;
	const char *dir;	 /* masters are read from here */
	uint32_t deaf; /* bit i: zone i has no device, whatever a test says of it */
	struct air_device device_now; /* what a test says of the device; all zero: none */
	/* What a test says of the one relay there is. open NULL: there is none (render: another
	 * station's sound cannot be had before it is sent). */
	struct source *(*open_relay)(void *arg);
	void *relay_arg;
	struct relay_state relay_now;
	enum relay_fault relay_why;
	/* The one voice: what a test says of it, and what playout has asked. NULL: nobody
	 * speaks. */
	struct source *(*open_voice)(struct air_sim *s);
	bool voice_lost, voice_now, voice_ended;
	struct meter *meter;	 /* NULL: loudness is not measured */
	char *history;		 /* its blocks */
	uint32_t block_bytes;
	uint64_t blocks;	 /* mixed so far */
	uint64_t ids[64];	 /* measure number → airing; 0 free */
	float *out[ZONES_MAX];	 /* the block just mixed, by zone */
	int zones;
};

/* measure: loudness of airings is measured (costs about a quarter of the render's time). */
void air_sim_init(struct air_sim *s, struct clock_sim *clock, int zones, double peak_dbtp,
		  const char *dir, bool measure);
void air_sim_finish(struct air_sim *s);

/* Feeds the decks, mixes one block into out[], moves the clock on by its length and hands finished
 * measures to p. */
void air_sim_block(struct air_sim *s, struct playout *p);

#endif
