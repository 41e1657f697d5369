/* SPDX-License-Identifier: GPL-3.0-or-later */
/* True peak of one channel at 48 kHz (libebur128: ITU-R BS.1770-4), of masters and of what airs.
 * Pure. */
#ifndef VX_BASE_PEAK_H
#define VX_BASE_PEAK_H

#include <stddef.h>

/* Measuring every sample with libebur128 costs more than all the rest of an ingest, so a stretch is
 * measured only if it could hold a new peak: the interpolating filter raises no peak above
 * PEAK_RISE_MAX times the highest sample it sees. The result is the same to the last bit as
 * measuring everything. */
#define PEAK_RISE_MAX 2.0f /* sum of |taps| of libebur128's 49-tap filter: 1.87 at worst */
struct peak;
struct peak *peak_create(void);
void peak_destroy(struct peak *p);
void peak_add(struct peak *p, const float *samples, size_t frames);
/* dBTP; −144 for silence. */
double peak_dbtp(struct peak *p);

#endif
