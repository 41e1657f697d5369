/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two fingerprints are of one sound. Pure. */
#ifndef VX_LIBRARY_ALIKE_H
#define VX_LIBRARY_ALIKE_H

#include "library/print.h"

/* The share of equal bits (0–1) where both are heard, laid over one another as they agree best;
 * sounds that have nothing in common are at 0.5. 0 if they are not one sound: less than
 * ALIKE_SHARE_MIN, in all or in some 1.4 s (there another word is said), or one has ALIKE_LEFT_MAX
 * more than the other. What was cut off at the head may last ALIKE_SHIFT_S. Sounds shorter than
 * four seconds are not judged: too little can be laid over one another. */
double alike(const struct print *a, const struct print *b);

#endif
