/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noise floor of a recording: the level of what is there at all times. Pure.
 *
 * Minimum statistics (after R. Martin, "Noise power spectral density estimation based on optimal
 * smoothing and minimum statistics", IEEE Trans. Speech Audio Process. 9(5), 2001): of each band
 * the level that it has in its softest moments, whenever these are. Speech leaves each band again
 * and again, within words too (for a stop the mouth is closed for 50 ms); notes of music end; hiss
 * and hum stay. So a reader who never pauses has no floor. The road not taken, the spectrum of the
 * quietest tenths of a second, finds one in dense speech and none in hum. A single
 * tone above 230 Hz is left out (somebody tests a line); a bass that never ends counts as hum. */
#ifndef VX_LIBRARY_FLOOR_H
#define VX_LIBRARY_FLOOR_H

#define FLOOR_POINTS 1024 /* of each spectrum, at 48 kHz: 21 ms, shorter than a stop's closure */

struct floor;
struct floor *floor_create(void);
void floor_destroy(struct floor *f); /* NULL is fine */

/* power: of FLOOR_POINTS / 2 bins from 0 Hz on, whose sum is the mean square of that moment. One
 * below −70 dBFS is an editor's silence, which has no floor, and does not count. */
void floor_add(struct floor *f, const float *power);

/* dBFS (RMS); NAN for fewer than 30 moments. It lies below the mean level of the noise: 1 to 2 dB
 * for hum and white noise, 4 to 5 for pink (bench/noise_floor.sh). */
double floor_db(const struct floor *f);

#endif
