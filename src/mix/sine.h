/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tone by which a line of loudspeakers is tried: a sine as a source. */
#ifndef VX_MIX_SINE_H
#define VX_MIX_SINE_H

#include "mix/feeder.h"

#include <stdint.h>

/* 1 kHz at −18 dBFS, the alignment level of EBU R 68: loud enough to be heard from a horn, 17 dB
 * below what the limiter allows. The caller's, for feeder_load. */
struct source *sine_source(int64_t frames);

#endif
