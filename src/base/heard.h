/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a sound is heard in another: its envelope is searched for in that of a recording, or of
 * what a microphone takes in. Pure. */
#ifndef VX_BASE_HEARD_H
#define VX_BASE_HEARD_H

#include "base/envelope.h"

#include <stdbool.h>

/* How: the sound is cut into parts of HEARD_PART_HOPS. Each is laid over the recording at every lag
 * that is allowed; how well it fits is the normalised correlation of the two envelopes in decibels,
 * all bands together, each band less its mean: so neither level nor the tone of a loudspeaker
 * matters, and what lies HEARD_DEEP_DB under a band's loud moments is all alike. One speech fits
 * another here and there; but only the right sound fits in all parts along one line of lag =
 * offset + drift × time. The score is the mean along the best such line, the share that of parts
 * which fit by themselves. A part that is steady in half of its seconds is not judged:
 * the fades of one tone fit those of any other. A sound is found only if nearly all of its parts
 * were judged, so that no syllable vouches for minutes of a tone. The road not taken: the
 * fingerprints of library/print.h, whose bits a horn's echo turns over, and samples, which a
 * microphone's clock pulls apart within seconds. Thresholds: bench/proof_levels.sh,
 * bench/README.md. */
#define HEARD_PART_HOPS 200	/* 4 s */
#define HEARD_LEAST_HOPS 150	/* a sound shorter than 3 s is like too many others */
#define HEARD_DEEP_DB 35
#define HEARD_JUDGED_MIN 0.80	/* of all parts */
#define HEARD_METHOD "envelope-3" /* changes with anything above or in heard.c */

/* Where it may lie. expected: the hop of the recording at which the sound begins if nothing is
 * delayed; lags before and after that; drift either way in millionths. */
struct heard_where {
	int64_t expected;
	int32_t early_hops, late_hops;
	int32_t drift_ppm;
};

/* What makes it heard. */
struct heard_limits {
	double score, part, share;
};

struct heard {
	double score;	  /* −1 … 1 */
	double share;	  /* of judged parts that fit, 0 … 1 */
	double offset_ms; /* of the beginning, from expected */
	double drift_ppm; /* how much slower the recording's clock counts; NAN: too short to be sure
			   * of it within 200 ppm */
	int parts;	  /* all of the sound's */
	int judged;	  /* those with something to recognise; 0: the rest says nothing */
	bool fits;	  /* what was judged does; else another sound is there */
	bool found;	  /* it does, and that is enough of the whole */
};

/* For the recording of the mix, and for a microphone at a horn. */
extern const struct heard_limits heard_recording, heard_microphone;

/* Parts that have to be judged by a method, of so many; −1: no such method. Before envelope-3 one
 * was enough. */
int heard_judged_min(const char *method, int parts);

void heard_search(const struct envelope *sound, const struct envelope *in,
		  const struct heard_where *where, const struct heard_limits *limits,
		  struct heard *out);

#endif
