/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/inspect.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/moment.h"
#include "base/must.h"
#include "base/saying.h"
#include "library/floor.h"

#include <kissfft/kiss_fftr.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK (FRAMES_PER_S / 10)
#define BLOCKS_PER_S 10.0
#define POINTS FLOOR_POINTS
#define HZ_PER_BIN ((double)FRAMES_PER_S / POINTS)
#define BIN(hz) ((int)((hz) / HZ_PER_BIN))
#define NOTHING_DB (-200.0f)
#define SILENT_DB (-70.0f) /* as the absolute gate of EBU R 128 */
#define JUDGED_BLOCKS_MIN 30 /* a jingle of less than 3 s has neither floor nor band */

struct block {
	float level_db, low_db, high_db;
};

struct inspect {
	kiss_fftr_cfg fft;
	struct floor *floor;
	float window[POINTS], part[BLOCK];
	size_t have; /* of part */
	struct block *blocks;
	size_t count, room;
	double sum;
	int64_t frames;
};

struct inspect *inspect_create(void)
{
	struct inspect *in = calloc(1, sizeof(*in));

	must(in != NULL);
	in->fft = kiss_fftr_alloc(POINTS, 0, NULL, NULL);
	must(in->fft != NULL);
	in->floor = floor_create();
	for (int i = 0; i < POINTS; i++)
		in->window[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * i / POINTS));
	return in;
}

void inspect_destroy(struct inspect *in)
{
	if (in == NULL)
		return;
	kiss_fftr_free(in->fft);
	floor_destroy(in->floor);
	free(in->blocks);
	free(in);
}

static float to_db(float power)
{
	return power > 1e-20f ? 10 * log10f(power) : NOTHING_DB;
}

static float band_db(const float *power, int from, int to)
{
	float sum = 0;

	for (int i = from; i < to; i++)
		sum += power[i];
	return to_db(sum);
}

static void look_at_spectrum(struct inspect *in, struct block *b)
{
	const float *middle = in->part + (BLOCK - POINTS) / 2;
	float windowed[POINTS], power[POINTS / 2];
	kiss_fft_cpx bins[POINTS / 2 + 1];

	for (int i = 0; i < POINTS; i++)
		windowed[i] = middle[i] * in->window[i];
	kiss_fftr(in->fft, windowed, bins);
	/* 3/8 is the power of the window; both halves of the spectrum count. */
	for (int i = 0; i < POINTS / 2; i++)
		power[i] = (bins[i].r * bins[i].r + bins[i].i * bins[i].i) * 2 /
			   (0.375f * POINTS * POINTS);
	b->low_db = band_db(power, BIN(2000), BIN(3400));
	b->high_db = band_db(power, BIN(4200), POINTS / 2);
	floor_add(in->floor, power);
}

static void end_block(struct inspect *in)
{
	float squares = 0, sum = 0;

	if (in->count == in->room) {
		in->room = in->room > 0 ? 2 * in->room : 1024;
		in->blocks = realloc(in->blocks, in->room * sizeof(*in->blocks));
		must(in->blocks != NULL);
	}
	for (int i = 0; i < BLOCK; i++) {
		squares += in->part[i] * in->part[i];
		sum += in->part[i];
	}
	struct block *b = &in->blocks[in->count++];
	float mean = sum / BLOCK; /* an offset is no sound */
	b->level_db = to_db(squares / BLOCK - mean * mean);
	look_at_spectrum(in, b);
	in->sum += (double)sum;
	in->frames += BLOCK;
	in->have = 0;
}

void inspect_add(struct inspect *in, const float *samples, size_t frames)
{
	while (frames > 0) {
		size_t room = BLOCK - in->have, n = frames < room ? frames : room;

		memcpy(in->part + in->have, samples, n * sizeof(*samples));
		in->have += n;
		samples += n;
		frames -= n;
		if (in->have == BLOCK)
			end_block(in);
	}
}

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* The value of the member at `offset` below which that part (0–1) of the chosen blocks lies. */
static float percentile(const struct inspect *in, size_t offset, float least_db, float most_db,
			double part)
{
	float *values = calloc(in->count + 1, sizeof(*values)), value;
	size_t n = 0;

	must(values != NULL);
	for (size_t i = 0; i < in->count; i++) {
		const struct block *b = &in->blocks[i];
		if (b->level_db >= least_db && b->level_db <= most_db)
			memcpy(&values[n++], (const char *)b + offset, sizeof(value));
	}
	qsort(values, n, sizeof(*values), by_value);
	value = n > 0 ? values[(size_t)((double)(n - 1) * part)] : NOTHING_DB;
	free(values);
	return value;
}

#define PERCENTILE(in, member, least, most, part)                                                  \
	percentile(in, offsetof(struct block, member), least, most, part)

static void add(struct warnings *w, enum saying what, const char *key, double value, int decimals)
{
	json_t *said = saying(what);

	if (key != NULL)
		json_object_set_new(said, key, json_rounded(value, decimals));
	warnings_add(w, said);
}

/* The longest pause is told, the others are found when listening to it. */
static void tell_pause(size_t from, size_t len, struct warnings *w)
{
	if ((double)len < SILENCE_MIDDLE_S * BLOCKS_PER_S)
		return;
	json_t *said = saying(SAYING_SILENT_MIDDLE);
	json_object_set_new(said, "length_s", json_rounded((double)len / BLOCKS_PER_S, 1));
	json_object_set_new(said, "at_s", json_rounded((double)from / BLOCKS_PER_S, 1));
	warnings_add(w, said);
}

static void look_for_silence(const struct inspect *in, float floor_db, struct warnings *w)
{
	size_t head = in->count, last = 0, pause = 0, pause_at = 0;

	for (size_t i = 0; i < in->count; i++) {
		if (in->blocks[i].level_db < floor_db)
			continue;
		if (head == in->count)
			head = i;
		else if (i - last - 1 > pause) {
			pause = i - last - 1;
			pause_at = last + 1;
		}
		last = i;
	}
	double tail = (double)(in->count - 1 - last) + (double)in->have / BLOCK;
	if ((double)head >= SILENCE_HEAD_S * BLOCKS_PER_S)
		add(w, SAYING_SILENT_HEAD, "length_s", (double)head / BLOCKS_PER_S, 1);
	tell_pause(pause_at, pause, w);
	if (tail >= SILENCE_TAIL_S * BLOCKS_PER_S)
		add(w, SAYING_SILENT_TAIL, "length_s", tail / BLOCKS_PER_S, 1);
}

static void look_for_band_and_noise(const struct inspect *in, float loud_db, struct warnings *w)
{
	float low_db = PERCENTILE(in, low_db, SILENT_DB, INFINITY, 0.95);
	float high_db = PERCENTILE(in, high_db, SILENT_DB, INFINITY, 0.95);
	double snr_db = (double)loud_db - inspect_noise_db(in);

	if (low_db - high_db >= NARROW_CLIFF_DB && low_db >= loud_db - NARROW_BELOW_DB)
		add(w, SAYING_NARROW, NULL, 0, 0);
	if (snr_db < NOISE_SNR_MIN_DB) /* false for NAN */
		add(w, SAYING_NOISY, "snr_db", snr_db, 0);
}

double inspect_noise_db(const struct inspect *in)
{
	return floor_db(in->floor);
}

static void look_at_channels(const struct inspect *in, const struct pcm_levels *l,
			     struct warnings *w)
{
	double mixed = 0, a = (double)l->mean_square[0], b = (double)l->mean_square[1];

	if (l->channels != 2 || in->count == 0)
		return;
	for (size_t i = 0; i < in->count; i++)
		mixed += pow(10, (double)in->blocks[i].level_db / 10) / (double)in->count;
	double apart_db = 10 * log10((a + 1e-12) / (b + 1e-12));
	double lost_db = 10 * log10(((a + b) / 2 + 1e-12) / (mixed + 1e-12));
	if (fabs(apart_db) >= CHANNEL_APART_DB)
		add(w, SAYING_ONE_CHANNEL, "channel", apart_db > 0 ? 1 : 2, 0);
	else if (lost_db >= CANCEL_DB)
		add(w, SAYING_CANCELLED, "lost_db", lost_db, 0);
}

static void look_for_clipping(const struct inspect *in, const struct pcm_levels *l,
			      struct warnings *w)
{
	double minutes = (double)in->count / BLOCKS_PER_S / 60;

	if (l->clipped >= CLIP_TIMES_MIN && l->clipped >= CLIP_TIMES_PER_MIN * minutes)
		add(w, SAYING_CLIPPED, "times", l->clipped, 0);
}

void inspect_end(struct inspect *in, const struct pcm_levels *l, struct warnings *w)
{
	float loud_db = PERCENTILE(in, level_db, SILENT_DB, INFINITY, 0.9);

	look_for_clipping(in, l, w);
	look_at_channels(in, l, w);
	if (loud_db <= NOTHING_DB)
		return; /* silent as a whole is told as such */
	look_for_silence(in, fmaxf(loud_db - SILENCE_BELOW_DB, SILENT_DB - 10), w);
	double offset = fabs(in->sum / (double)in->frames);
	if (offset >= OFFSET_MAX)
		add(w, SAYING_OFFSET, "percent", 100 * offset, 0);
	if (in->count < JUDGED_BLOCKS_MIN)
		return;
	if (loud_db < QUIET_BELOW_DB)
		add(w, SAYING_QUIET, "level_db", (double)loud_db, 0);
	look_for_band_and_noise(in, loud_db, w);
}
