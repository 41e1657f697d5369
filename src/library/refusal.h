/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a file was not taken, or taken with a warning, as a sentence for the person who sent it. */
#ifndef VX_LIBRARY_REFUSAL_H
#define VX_LIBRARY_REFUSAL_H

#include "base/err.h"
#include "base/warnings.h"
#include "library/pcmpipe.h"

#include <stdbool.h>
#include <stdint.h>

struct ingest_result;

/* status ≠ PCM_DONE with its detail, as the worker gave them; any number is fine. Always false. */
bool refusal_set(struct err *e, enum pcm_status status, int64_t detail);

/* Adds what the sender should know about a file that was taken (frames, loudness and peak of r):
 * - its header promised clearly more than came, over a second and over 1 % (encoders' padding and
 *   rounded headers are less; −1: it promised nothing), or its end is missing (torn);
 * - nothing can be heard in it; - it is shorter than a second. */
void refusal_warnings(struct warnings *w, const struct ingest_result *r, int64_t promised_frames,
		      bool torn);

#endif
