/* SPDX-License-Identifier: GPL-3.0-or-later */
/* True peak of one channel at 48 kHz (libebur128: ITU-R BS.1770-4), of masters and of what airs.
 * Pure. */
#ifndef VX_BASE_PEAK_H
#define VX_BASE_PEAK_H

#include <stddef.h>

/* Measuring every sample with libebur128 costs more than all the rest of an ingest, so a stretch
 * is measured only if it could hold a new peak. No branch of the interpolating filter gives more
 * than PEAK_FLAT · max|x| + PEAK_STEEP · max|x[n] − x[n − 1]|: it is a linear interpolation of two
 * frames scaled by its sum (1.0009 at most), and a rest that sums to 0 and so acts on differences
 * only, with the L1 norm of its running sum (0.4317 at most). The result is the same to the last
 * bit as measuring everything. */
#define PEAK_FLAT 1.002f
#define PEAK_STEEP 0.433f
struct peak;
struct peak *peak_create(void);
void peak_destroy(struct peak *p);
void peak_add(struct peak *p, const float *samples, size_t frames);
/* dBTP; −144 for silence. */
double peak_dbtp(struct peak *p);

#endif
