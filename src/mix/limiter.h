/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look-ahead limiter at the end of each mix: true peak never above the ceiling. */
#ifndef VX_MIX_LIMITER_H
#define VX_MIX_LIMITER_H

#include "base/limits.h"

#include <stdbool.h>
#include <stdint.h>

/* True peak is measured at 4 × oversampling with two interpolators, and the higher reading counts:
 * the 48-tap polyphase filter of ITU-R BS.1770-4 Annex 2, and a 49-tap Hann-windowed sinc as
 * libebur128 uses it, which is the meter that our own log quotes. They differ by tenths of a dB on
 * hard signals; what passes one alone could fail the other. */

#define LIMITER_TAPS 12	    /* of each polyphase branch */
#define LIMITER_LAG 16	    /* needs are known up to this many frames before the newest */
#define LIMITER_HOLD 8	    /* gain stays low so far on both sides of a peak: the filter's reach */
#define LIMITER_BOX 128	    /* two moving averages of this length shape the attack: 5.3 ms */
#define LIMITER_PAST 64	    /* frames kept before the block that goes out */
#define LIMITER_SUB 16	    /* frames in one entry of the screening */

/* One zone's limiter; no memory of its own, so there is no setup file. x holds three stretches: the
 * past, the block that goes out next, the newest block. Mixing thread only. */
struct limiter {
	float ceiling;	/* linear, already below the asked one by the margin */
	bool rest;	/* the gain is 1 and nothing asks for less */
	bool need_out, need_new; /* some need in that half is below 1 */
	int32_t gain;	/* after release, of 2³⁰ */
	int at_one;	/* frames since gain came back to 1 */
	int64_t sum[2];	/* of the last LIMITER_BOX values of each box */
	float x[LIMITER_PAST + 2 * BLOCK_FRAMES];
	float need[2 * BLOCK_FRAMES]; /* from LIMITER_LAG before the out block */
	int32_t box[2][LIMITER_BOX + BLOCK_FRAMES];
};

/* Ready for silence. peak_dbtp: the ceiling, dB true peak. Also for starting anew. */
void limiter_init(struct limiter *l, double peak_dbtp);

/* RT-safe, in this order for each block: limiter_next gives BLOCK_FRAMES zeroed frames to mix into;
 * limiter_look measures them; limiter_out writes the block before them, limited. A block that needs
 * nothing while the gain is 1 comes out bit for bit. */
float *limiter_next(struct limiter *l);
void limiter_look(struct limiter *l);
void limiter_out(struct limiter *l, float *out);

/* The newest block once more, to be changed in place; limiter_look_again measures it then. RT-safe,
 * after limiter_look. */
float *limiter_newest(struct limiter *l);
void limiter_look_again(struct limiter *l);

/* Back to silence at full gain, in constant time of one block. RT-safe. */
void limiter_reset(struct limiter *l);

#endif
