/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs in the real-time thread: no malloc, lock, system call, log or unbounded loop.
 *
 * How the ceiling is kept. Each frame gets a need: ceiling / true peak around it, at most 1. The
 * need is widened by a sliding minimum over the coming 256 frames (and HOLD on both sides),
 * slowed on its way up by the release, then smoothed by two moving averages of 128 frames. When
 * the peak arrives, every value under both averages is at or below its need, and stays so as far
 * as the interpolator reaches; hence the average is too. The road not taken: a first-order attack
 * never quite arrives, and a clipper behind it is what makes horns rattle.
 *
 * Gains are integers of 2³⁰ so that sums neither drift nor stop short of 1: after a peak the
 * limiter comes back to exactly 1 and passes bits again. */
#include "mix/limiter.h"

#include "base/units.h"
#include "mix/gain.h"

#include <string.h>

#define ONE (INT32_C(1) << 30)
#define MARGIN_DB 0.03	 /* aimed lower than the ceiling, for what two meters round differently */
#define RELEASE_SHIFT 12 /* 4096 frames: 85 ms */
#define CHUNK 32	 /* frames measured together */
#define SUBS ((BLOCK_FRAMES + 2 * LIMITER_SUB) / LIMITER_SUB)
#define WINDOW 256	 /* sliding minimum, a power of two = 2 · LIMITER_BOX */

/* The newest block in x. */
#define NEW (LIMITER_PAST + BLOCK_FRAMES)

/* Branches of the interpolators; y = Σ h[k] · x[n + k − 5] lies between frames n and n + 1.
 * The first four: ITU-R BS.1770-4 Annex 2, table of coefficients (phases 0 to 3). The last three:
 * sinc(m/4) · Hann over 49 taps, without its phase 0, which is the frame itself. */
#define BRANCHES 7
static const float branch[BRANCHES][LIMITER_TAPS] = {
	{0.0017089843750f, 0.0109863281250f, -0.0196533203125f, 0.0332031250000f,
	 -0.0594482421875f, 0.1373291015625f, 0.9721679687500f, -0.1022949218750f,
	 0.0476074218750f, -0.0266113281250f, 0.0148925781250f, -0.0083007812500f},
	{-0.0291748046875f, 0.0292968750000f, -0.0517578125000f, 0.0891113281250f,
	 -0.1665039062500f, 0.4650878906250f, 0.7797851562500f, -0.2003173828125f,
	 0.1015625000000f, -0.0582275390625f, 0.0330810546875f, -0.0189208984375f},
	{-0.0189208984375f, 0.0330810546875f, -0.0582275390625f, 0.1015625000000f,
	 -0.2003173828125f, 0.7797851562500f, 0.4650878906250f, -0.1665039062500f,
	 0.0891113281250f, -0.0517578125000f, 0.0292968750000f, -0.0291748046875f},
	{-0.0083007812500f, 0.0148925781250f, -0.0266113281250f, 0.0476074218750f,
	 -0.1022949218750f, 0.9721679687500f, 0.1373291015625f, -0.0594482421875f,
	 0.0332031250000f, -0.0196533203125f, 0.0109863281250f, 0.0017089843750f},
	{-0.000167441976f, 0.00489598314f, -0.0185260059f, 0.0462650535f, -0.103456726f,
	 0.288683356f, 0.896465151f, -0.161458527f, 0.0691584697f, -0.0301077483f,
	 0.010359955f, -0.00163172616f},
	{-0.000986013305f, 0.0103589786f, -0.0337036036f, 0.0801389094f, -0.181129655f,
	 0.625773626f, 0.625773626f, -0.181129655f, 0.0801389094f, -0.0337036036f,
	 0.0103589786f, -0.000986013305f},
	{-0.00163172616f, 0.010359955f, -0.0301077483f, 0.0691584697f, -0.161458527f,
	 0.896465151f, 0.288683356f, -0.103456726f, 0.0462650535f, -0.0185260059f,
	 0.00489598314f, -0.000167441976f},
};

/* No branch gives more than WORST · max|x| (its L1 norm), nor more than FLAT · max|x| + STEEP ·
 * max|x[n] − x[n − 1]|: a branch is a linear interpolation of two frames scaled by its sum (≤
 * FLAT), plus a rest that sums to 0 and so acts on differences only, with the L1 norm of its
 * running sum (≤ STEEP). Programme has most of its power at low frequencies, so the second bound
 * is the tight one, and few chunks need the filters. Rounded up. */
#define WORST 2.03f
#define FLAT 1.003f
#define STEEP 0.531f

void limiter_init(struct limiter *l, double peak_dbtp)
{
	l->ceiling = gain_of_db(peak_dbtp - MARGIN_DB);
	limiter_reset(l);
}

void limiter_reset(struct limiter *l)
{
	memset(l->x, 0, sizeof(l->x));
	for (int i = 0; i < 2 * BLOCK_FRAMES; i++)
		l->need[i] = 1.0f;
	for (int b = 0; b < 2; b++) {
		for (int i = 0; i < LIMITER_BOX + BLOCK_FRAMES; i++)
			l->box[b][i] = ONE;
		l->sum[b] = (int64_t)ONE * LIMITER_BOX;
	}
	l->gain = ONE;
	l->at_one = 0;
	l->rest = true;
	l->need_out = l->need_new = false;
}

float *limiter_next(struct limiter *l)
{
	memmove(l->x, l->x + BLOCK_FRAMES, NEW * sizeof(float));
	memset(l->x + NEW, 0, BLOCK_FRAMES * sizeof(float));
	return l->x + NEW;
}

static inline float dot(const float *x, const float *h)
{
	return h[0] * x[0] + h[1] * x[1] + h[2] * x[2] + h[3] * x[3] + h[4] * x[4] +
	       h[5] * x[5] + h[6] * x[6] + h[7] * x[7] + h[8] * x[8] + h[9] * x[9] +
	       h[10] * x[10] + h[11] * x[11];
}

static inline float higher(float a, float b)
{
	return a > b ? a : b;
}

/* env[i] = the highest reading on frame i and between it and the next. */
static void measure_chunk(const float *restrict x, float *restrict env)
{
	for (int i = 0; i < CHUNK; i++)
		env[i] = __builtin_fabsf(x[i]);
	for (int b = 0; b < BRANCHES; b++) {
		const float *h = branch[b];

		for (int i = 0; i < CHUNK; i++)
			env[i] = higher(env[i], __builtin_fabsf(dot(x + i - 5, h)));
	}
}

/* Turns the readings of a chunk into needs; true if one is below 1. */
static bool need_chunk(const struct limiter *l, const float *x, float *need)
{
	float env[CHUNK];

	measure_chunk(x, env);
	if (gain_peak(env, CHUNK) <= l->ceiling)
		return false;
	for (int i = 0; i < CHUNK; i++)
		need[i] = env[i] > l->ceiling ? l->ceiling / env[i] : 1.0f;
	return true;
}

/* Highest frame and steepest step of each LIMITER_SUB frames, from LIMITER_SUB · 2 before the
 * newest block to its end. */
static void screen(const float *from, float high[SUBS], float steep[SUBS])
{
	float step[LIMITER_SUB];

	for (int s = 0; s < SUBS; s++, from += LIMITER_SUB) {
		for (int i = 0; i < LIMITER_SUB; i++)
			step[i] = from[i] - from[i - 1];
		high[s] = gain_peak(from, LIMITER_SUB);
		steep[s] = gain_peak(step, LIMITER_SUB);
	}
}

static float highest_of_4(const float *a)
{
	return higher(higher(a[0], a[1]), higher(a[2], a[3]));
}

static void measure(struct limiter *l)
{
	float high[SUBS], steep[SUBS];
	const float *from = l->x + NEW - LIMITER_LAG;
	float *need = l->need + BLOCK_FRAMES;

	l->need_new = false;
	if (gain_peak(from - LIMITER_LAG, BLOCK_FRAMES + 2 * LIMITER_LAG) * WORST <= l->ceiling)
		return;
	screen(from - LIMITER_SUB, high, steep);
	for (int c = 0; c < BLOCK_FRAMES / CHUNK; c++) {
		float h = highest_of_4(high + 2 * c), s = highest_of_4(steep + 2 * c);

		if (h * FLAT + s * STEEP > l->ceiling && h * WORST > l->ceiling)
			l->need_new |= need_chunk(l, from + c * CHUNK, need + c * CHUNK);
	}
}

void limiter_look(struct limiter *l)
{
	float *need = l->need + BLOCK_FRAMES;

	if (l->need_new)
		memcpy(l->need, need, BLOCK_FRAMES * sizeof(float));
	else if (l->need_out)
		for (int i = 0; i < BLOCK_FRAMES; i++)
			l->need[i] = 1.0f;
	if (l->need_new)
		for (int i = 0; i < BLOCK_FRAMES; i++)
			need[i] = 1.0f;
	l->need_out = l->need_new;
	measure(l);
}

float *limiter_newest(struct limiter *l)
{
	return l->x + NEW;
}

void limiter_look_again(struct limiter *l)
{
	for (int i = 0; i < BLOCK_FRAMES; i++)
		l->need[BLOCK_FRAMES + i] = 1.0f;
	measure(l);
}

/* low[i] = the lowest of need[i … i + width − 1], by doubling the width: every pass is a plain
 * vector loop, where a queue of minima would branch on each frame. */
static void pass_minimum(float *restrict to, const float *restrict from, int width, int count)
{
	const float *ahead = from + width;

	for (int i = 0; i < count; i++)
		to[i] = from[i] < ahead[i] ? from[i] : ahead[i];
}

/* The lowest need of [frame − HOLD, frame + WINDOW + HOLD] for each frame of the out block. */
static void sliding_minimum(const struct limiter *l, float *low)
{
	enum { SPAN = WINDOW + 2 * LIMITER_HOLD + 1, FIRST = LIMITER_LAG - LIMITER_HOLD };
	float a[2 * BLOCK_FRAMES], b[2 * BLOCK_FRAMES];
	float *from = b, *to = a;
	int count = BLOCK_FRAMES + SPAN - 2;

	pass_minimum(to, l->need + FIRST, 1, count);
	for (int width = 2; width < WINDOW; width *= 2) {
		float *full = to;

		to = from;
		from = full;
		pass_minimum(to, from, width, count -= width);
	}
	pass_minimum(low, to, SPAN - WINDOW, BLOCK_FRAMES);
}

/* Release: down at once, up by 1/4096 of what is missing a frame (and by one step, so that it
 * arrives). Then the mean of the last LIMITER_BOX values, twice. In one loop, since each of the
 * three waits for its own last step: beside one another they wait at once. */
static void smooth(struct limiter *l, const int32_t *restrict need, int32_t *restrict out)
{
	int32_t *first = l->box[0], *second = l->box[1];
	int64_t sum = l->sum[0], sum2 = l->sum[1]; /* never negative: a shift divides */
	int32_t less = ONE - l->gain;

	for (int i = 0; i < BLOCK_FRAMES; i++) {
		int32_t after = less - (less >> RELEASE_SHIFT) - 1, least = ONE - need[i];

		less = after > least ? after : least;
		first[LIMITER_BOX + i] = ONE - less;
		sum += ONE - less - first[i];
		second[LIMITER_BOX + i] = (int32_t)((uint64_t)sum / LIMITER_BOX);
		sum2 += second[LIMITER_BOX + i] - second[i];
		out[i] = (int32_t)((uint64_t)sum2 / LIMITER_BOX);
	}
	l->gain = ONE - less;
	l->sum[0] = sum;
	l->sum[1] = sum2;
}

/* How many frames the release has been at 1 without a break. */
static void count_at_one(struct limiter *l)
{
	const int32_t *gain = l->box[0] + LIMITER_BOX;
	int n = 0;

	while (n < BLOCK_FRAMES && gain[BLOCK_FRAMES - 1 - n] == ONE)
		n++;
	l->at_one = n == BLOCK_FRAMES ? l->at_one + n : n;
}

void limiter_out(struct limiter *l, float *out)
{
	const float *x = l->x + LIMITER_PAST;
	float low[BLOCK_FRAMES];
	int32_t need[BLOCK_FRAMES], gain[BLOCK_FRAMES];

	if (l->rest && !l->need_out && !l->need_new) {
		memcpy(out, x, BLOCK_FRAMES * sizeof(float));
		return;
	}
	sliding_minimum(l, low);
	for (int i = 0; i < BLOCK_FRAMES; i++)
		need[i] = (int32_t)(low[i] * (float)ONE);
	smooth(l, need, gain);
	count_at_one(l);
	for (int b = 0; b < 2; b++)
		memmove(l->box[b], l->box[b] + BLOCK_FRAMES, LIMITER_BOX * sizeof(l->box[b][0]));
	for (int i = 0; i < BLOCK_FRAMES; i++)
		out[i] = x[i] * ((float)gain[i] * (1.0f / (float)ONE));
	l->rest = l->at_one >= 2 * LIMITER_BOX;
}
