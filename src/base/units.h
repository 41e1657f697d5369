/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound in numbers: decibels and linear gain. */
#ifndef VX_BASE_UNITS_H
#define VX_BASE_UNITS_H

#include <math.h>

/* Amplitude ratio of a level in dB: 10^(dB/20). */
static inline float gain_of_db(double db)
{
	return (float)pow(10.0, db / 20.0);
}

/* Level in dB of an amplitude ratio; −144 (below a 24-bit step) for nothing. */
static inline double db_of_gain(double gain)
{
	return gain > 6.3e-8 ? 20.0 * log10(gain) : -144.0;
}

#endif
