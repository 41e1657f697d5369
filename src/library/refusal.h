/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a file was not taken, or taken with a warning, as a sentence for the person who sent it. */
#ifndef VX_LIBRARY_REFUSAL_H
#define VX_LIBRARY_REFUSAL_H

#include "base/err.h"
#include "base/limits.h"
#include "library/pcmpipe.h"

#include <stdbool.h>
#include <stdint.h>

/* status ≠ PCM_DONE with its detail, as the worker gave them; any number is fine. Always false. */
bool refusal_set(struct err *e, enum pcm_status status, int64_t detail);

/* The warning for a file whose header promised clearly more than came: over a second and over 1 %
 * (encoders' padding and rounded headers are less). "" when there is nothing to say. */
void refusal_warning(char out[static REASON_BYTES], int64_t promised_frames, int64_t frames);

#endif
