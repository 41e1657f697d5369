/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the relays do, for the status and its banners. */
#ifndef VX_STATION_RELAYSTATUS_H
#define VX_STATION_RELAYSTATUS_H

#include "mix/relays.h"
#include "station/playout.h"
#include "station/relaytry.h"

#include <jansson.h>

/* One object for each relay of the settings: "name"; "wanted" (on air, or soon); "coming", "ready",
 * "lufs" (null: not known), "held_s", "ppm", "jumps"; "standin": a fallback airs in its place;
 * "fault" (in the station's language, "" none) and "fault_texts"; "tried" (relaytry_json). A new
 * reference. */
json_t *relaystatus_json(struct playout *p, struct relays *relays, const struct relaytry *tries);

/* Banners for those that something stands in for: sayings. A new reference. */
json_t *relaystatus_banners(struct playout *p, struct relays *relays);

#endif
