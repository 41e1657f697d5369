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
#define LOUDNESS_SILENT_LUFS (-70.0) /* the absolute gate of EBU R 128 */
/* LUFS, gated; LOUDNESS_SILENT_LUFS for silence and below 0.4 s. */
double loudness_lufs(struct loudness *l);

#endif
