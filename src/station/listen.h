/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One airing listened to again: its master is sought in the recording of the mix, and in what
 * microphones heard. */
#ifndef VX_STATION_LISTEN_H
#define VX_STATION_LISTEN_H

#include "base/heard.h"
#include "station/recording.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What became of one search; the codes stand in airing.checked and never change. */
enum listen_code {
	LISTEN_FOUND,	   /* "found": the sound is there, whole */
	LISTEN_DIFFERENT,  /* "different": it is not, or not all of it */
	LISTEN_SHORT,	   /* "too-short": less than three seconds are like too much else */
	LISTEN_FLAT,	   /* "flat": a steady tone or silence: too little to recognise */
	LISTEN_NO_MASTER,  /* "no-master": gone, damaged or another: nothing to compare with */
	LISTEN_NONE,	   /* "none": nothing was recorded */
	LISTEN_GONE,	   /* "gone": the recording's file is not there */
	LISTEN_DAMAGED,	   /* "damaged": it does not decode */
	LISTEN_CUT,	   /* "zone-cut": the recording is of a zone that was taken off */
	LISTEN_NO_SOUND,   /* "no-sound": the microphone told nothing, or not all the time */
	LISTEN_TOO_LONG,   /* "too-long": longer than what is kept of a microphone */
	LISTEN_NOT_HEARD,  /* "not-listened": another run of the program might have heard it */
	LISTEN_UNSENT,	   /* "unsent": the zone's device did not take it: not looked for */
	LISTEN_CODES,
};
const char *listen_code(enum listen_code code);

/* What one microphone heard, and what came of it. */
struct listen_ear {
	char zone[NAME_BYTES], microphone[NAME_BYTES];
	enum listen_code code; /* LISTEN_FOUND: search; else why not */
	struct envelope air;   /* from EAR_EARLY_S before the airing on; listen_finish */
	double share;	       /* of it that was heard at all */
	struct heard heard;
};

/* The recording of one zone, and what came of the search in it. */
struct listen_place {
	char zone[NAME_BYTES];
	struct recording recording;
	enum listen_code code; /* LISTEN_FOUND: search; else why not */
	struct heard heard;
	double loudness_lufs;  /* of the recording, where it was found; NAN: not measured */
};

/* Zero-initialise. Filled by the owner, then worked through on a thread of its own. */
struct listen {
	char dir[PATH_BYTES], airing[ID_BYTES], sha256[SHA256_HEX_BYTES];
	int64_t from_frames;	   /* > 0: of the rest of what an emergency broke off */
	int64_t frames;		   /* of the master that aired, from there on */
	struct listen_place places[ZONES_MAX]; /* one at least */
	int place_count;
	struct listen_ear ears[ZONES_MAX];
	int ear_count;
};

/* Reads master and recordings (in a worker: a disk may have made anything of it), and searches.
 * Takes seconds; memory does not grow with the recording, and with the airing by 1.4 MB an hour. */
void listen_run(struct listen *l);

/* The level that all this makes of a zone whose device took it whole: "A", "B" or "C". Each
 * includes those before it; what a recording contradicts no microphone proves. Else NULL. */
const char *listen_zone_proof(const struct listen *l, const struct listen_place *p);

/* Of the airing: the lowest of its zones. */
const char *listen_proof(const struct listen *l);

/* Of the recordings that were looked for the one that says the least. */
const struct listen_place *listen_worst(const struct listen *l);

/* airing.checked: "recording" is the worst, "by_zone" each with its level (entry_checked_zone) if
 * there are several. */
json_t *listen_entry(const struct listen *l);

void listen_finish(struct listen *l);

#endif
