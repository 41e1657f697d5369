/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speaking live: a chime, then somebody's voice over what airs, which goes on beneath it. */
#ifndef VX_STATION_SPEAKING_H
#define VX_STATION_SPEAKING_H

#include "station/playout.h"

#include <stdbool.h>
#include <stdint.h>

/* One person at a time in the whole station: two voices on two zones of one commune would be heard
 * from the same hill. What sounds there is ducked by the arbiter (plan/arbiter.h), and comes back
 * when the voice ends, however it ends. The voice is an airing like others: its intent is durable
 * before its first sample, its outcome says who spoke, how long, and what broke it off. Main
 * thread. */
struct speaking {
	char id[ID_BYTES];	/* nobody guesses it: whoever knows it may send the sound */
	struct run *run;	/* NULL: gone already */
	bool browser;		/* whose microphone; else the station's own */
	bool ending;		/* no more is taken in */
	uint32_t zones;
	char by[NAME_BYTES];	/* who speaks: "user:7", or an office */
	char who[CODE_BYTES];	/* who has ordered it, and may send its sound */
	int64_t length_ns;	/* at most */
	struct mono give_up;	/* ENDING: what does not end by itself is ended then */
};

struct speaking_order {
	const char *id;		/* random text */
	bool browser;
	uint32_t zones;
	int minutes;		/* 0: as many as the settings allow */
	const char *by, *why, *who; /* why: in quiet hours; "" none */
};

/* The microphone must be open. Sounds in those of the zones that have nothing above a voice.
 * False + err: not allowed here, somebody speaks, quiet hours or a clock that nobody believes
 * without a reason, or nowhere to be heard. */
bool speaking_may(struct playout *p, const struct speaking_order *o, struct err *e);
bool speaking_begin(struct playout *p, const struct speaking_order *o, struct err *e);

/* What was said up to now is heard to its end; before the first word nothing is. */
void speaking_end(struct playout *p);

/* Each step of playout. */
void speaking_step(struct playout *p);

/* r goes. */
void speaking_forget_run(struct playout *p, const struct run *r);
void speaking_forget(struct playout *p);

/* {"by", "who", "source", "zones", "heard", "start", "ends", "left_s"}: for answers and the page;
 * null: nobody speaks. heard: the chime is over. The caller's. */
json_t *speaking_json(struct playout *p);

#endif
