/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The test tone: an operator tries a line of loudspeakers, and nothing of it counts as an
 * airing. */
#ifndef VX_STATION_TONE_H
#define VX_STATION_TONE_H

#include "station/playout.h"

#include <stdbool.h>
#include <stdint.h>

/* Plays a tone of so many seconds (1 … TONE_S_MAX) in those of the zones that nobody has cut, at
 * once, through the same mixer and devices as everything else; test.intended and test.ended are
 * its entries. why: in the operator's words; needed in quiet hours, and while nobody knows what
 * time it is. False + err: one of these, all zones are cut, or something airs there or is about to:
 * a test gives way to programmes, except to the demonstration, which gives way to it. */
bool tone_play(struct playout *p, uint32_t zones, int seconds, const char *why, const char *who,
	       struct err *e);

/* What became of the last one, for the page: {"test", "zones", "end", "fate", "detail_texts"} with
 * the fates of station/line.h; borrowed, NULL: none since the start. */
const json_t *tone_last(const struct playout *p);

#endif
