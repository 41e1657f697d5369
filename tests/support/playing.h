/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Playout in memory: two zones, simulated clock, disk and device, masters of known noise, and all
 * that was mixed and written down. One at a time. */
#ifndef VX_TESTS_SUPPORT_PLAYING_H
#define VX_TESTS_SUPPORT_PLAYING_H

#include "proof/ledger.h"
#include "station/air_sim.h"
#include "station/emergency.h"
#include "station/playout.h"
#include "support/plan_case.h"
#include "support/stalling.h"
#include "sys/disk_sim.h"

#define PLAYING_BLOCKS 20000 /* 200 s of both zones are kept; later ones are mixed and forgotten */

struct playing {
	struct plan_case *c;
	struct clock_sim clock;
	struct disk_sim *disk;
	struct stall stall; /* of whoever writes the log */
	struct ledger *ledger;
	struct air_sim sim;
	struct playout p;
	float *mix[2]; /* from frame 0 on */
	int opened;	/* masters, so far */
	int64_t machine_up_ns; /* how long before playing_begin the machine was switched on */
};

/* Powered off; the clock stands at this local time ("2026-11-23T05:29:50"). No crossfade, and the
 * target loudness is what case_bulletin says: gain 1. */
void playing_open(struct playing *g, const char *now);
void playing_close(struct playing *g);

/* An approved bulletin whose master is the noise of this seed (> 0). Before playing_begin. */
struct bulletin *playing_bulletin(struct playing *g, const char *id, uint32_t seed,
				  double length_s);

/* Power on. Before that nothing was planned that has to be accounted for, unless accounted_to says
 * so. */
void playing_begin(struct playing *g);
void playing_begin_after(struct playing *g, const char *accounted_to, enum reason gap);

/* A world and its slot "Sáng" from 05:30 with these rules: B1 (60 s of noise 11), then B2 (20 s of
 * noise 12). The clock stands at 05:29:55; power off. */
void playing_two(struct playing *g, const char *rules);

/* An emergency of nothing but the siren, 30 s; until_s from now, 0: without an end. */
struct emergency *playing_siren(struct playing *g, uint32_t zones, int every_s, double until_s);

/* Runs so many seconds, ten steps each. */
void playing_run(struct playing *g, double seconds);

/* The frame heard at a local time, as the clocks stood when the air began. */
int64_t playing_frame(const struct playing *g, const char *local);

/* Where in a zone the noise of a seed begins (its first 16 frames in a row); −1 nowhere. */
int64_t playing_find(const struct playing *g, int zone, uint32_t seed);
/* How many frames of it follow there without a difference. */
int64_t playing_whole(const struct playing *g, int zone, uint32_t seed);

/* The n-th entry of a kind (the caller's), NULL if there are fewer. */
json_t *playing_entry(const struct playing *g, const char *kind, int n);
/* The n-th entry of a kind must have these; NULL is not looked at. */
void playing_ck(const struct playing *g, const char *kind, int n, const char *bulletin,
		const char *result, const char *reason);
int playing_count(const struct playing *g, const char *kind);

#endif
