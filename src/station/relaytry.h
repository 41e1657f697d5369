/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody tries a relay before its slot: for some seconds it is fetched and decoded as on air, by
 * the same processes, and nothing is heard of it. Main thread. */
#ifndef VX_STATION_RELAYTRY_H
#define VX_STATION_RELAYTRY_H

#include "base/civil.h"
#include "base/limits.h"
#include "mix/relays.h"

#include <jansson.h>
#include <stdint.h>

#define RELAY_TRY_S 30	     /* so long at most: a network's answer may take its time */
#define RELAY_TRY_ENOUGH_S 8 /* of sound: its loudness is known */

/* Zero-initialise; the owner's. By the number that a relay has in mix/relays.h. */
struct relaytry {
	struct {
		bool running;
		struct mono begun;
		json_t *told; /* what came of the last; owned; NULL: none */
	} list[RELAYS_MAX];
};

void relaytry_begin(struct relaytry *t, int i, struct mono now);

/* Bit i: relay i is being tried. */
uint32_t relaytry_wanted(const struct relaytry *t);

/* Once a second, after relays_look: what is known well enough is over. True: something is. */
bool relaytry_look(struct relaytry *t, struct relays *relays, struct wall at, const struct tz *tz);

/* Null, {"running": true}, or {"running": false, "at", "sounds", "lufs", "texts", "codec",
 * "rate_hz", "channels"}: whether sound came, how loud (null: not known), why not (null: it did),
 * and what was sent (null: not known, or an input of the sound card). The caller's. */
json_t *relaytry_json(const struct relaytry *t, int i);

void relaytry_finish(struct relaytry *t);

#endif
