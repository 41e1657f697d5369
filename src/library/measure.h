/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loudness of a master (libebur128: EBU R 128). True peak: base/peak.h. */
#ifndef VX_LIBRARY_MEASURE_H
#define VX_LIBRARY_MEASURE_H

#include <stddef.h>

/* Integrated loudness of 1 or 2 channels at 48 kHz, interleaved, any cut into calls. */
struct loudness;
struct loudness *loudness_create(unsigned channels);
void loudness_destroy(struct loudness *l);
void loudness_add(struct loudness *l, const float *samples, size_t frames);
/* LUFS, gated; −70 for silence. */
double loudness_lufs(struct loudness *l);

#endif
