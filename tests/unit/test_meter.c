/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/meter.h"
#include "support/sound.h"

#include <check.h>
#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ZONES 2
#define CAPACITY 256
#define BYTES (sizeof(struct meter_block) + ZONES * BLOCK_FRAMES * sizeof(float))

static uint64_t history[CAPACITY * BYTES / 8];
static uint64_t count;
static struct meter *m;

static void setup(void)
{
	count = 0;
	m = meter_create(history, CAPACITY, BYTES);
}

static void teardown(void)
{
	meter_destroy(m);
}

/* Zone 0: a tone that grows through the minute; zone 1: silence. */
static void sample_block(float *out, int64_t first)
{
	sound_sine(out, first, BLOCK_FRAMES, 1000, 0.01 + 1e-7 * (double)(first % 4800000));
}

static void run_to(uint64_t blocks)
{
	while (count < blocks) {
		struct meter_block *b = (void *)((char *)history + count % CAPACITY * BYTES);
		memset(b, 0, BYTES);
		b->first = (int64_t)count * BLOCK_FRAMES;
		sample_block(b->samples, b->first);
		meter_advance(m, ++count);
	}
}

static void check_same(const struct meter_result *r, int64_t from, int64_t to)
{
	static float one[BLOCK_FRAMES];
	ebur128_state *s = ebur128_init(1, 48000, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
	double loudness, peak;

	for (int64_t at = from / BLOCK_FRAMES * BLOCK_FRAMES; at < to; at += BLOCK_FRAMES) {
		int64_t a = from > at ? from - at : 0;
		int64_t b = to - at < BLOCK_FRAMES ? to - at : BLOCK_FRAMES;
		sample_block(one, at);
		ebur128_add_frames_float(s, one + a, (size_t)(b - a));
	}
	ebur128_loudness_global(s, &loudness);
	ebur128_true_peak(s, 0, &peak);
	ebur128_destroy(&s);
	ck_assert_int_eq(r->frames, to - from);
	ck_assert_double_eq_tol(r->loudness_lufs, loudness, 0.1);
	ck_assert_double_eq_tol(r->peak_dbtp, 20 * log10(peak), 1e-9);
}

START_TEST(exact_when_known_in_advance)
{
	struct meter_result r;

	run_to(10);
	meter_begin(m, 3, 0, (struct frame){100001});
	meter_end(m, 3, (struct frame){1000003});
	run_to(1000003 / BLOCK_FRAMES);
	ck_assert_int_eq(meter_take(m, false, &r), -1);
	run_to(1000003 / BLOCK_FRAMES + 1);
	ck_assert_int_eq(meter_take(m, false, &r), 3);
	check_same(&r, 100001, 1000003);
	ck_assert_int_eq(meter_take(m, false, &r), -1);
}
END_TEST

START_TEST(exact_when_asked_a_little_late)
{
	struct meter_result r;

	run_to(500);
	/* Both are past: the begin by 1.4 s, later the end by 0.9 s. */
	meter_begin(m, 0, 0, (struct frame){(500 - 140) * BLOCK_FRAMES + 7});
	run_to(3000);
	meter_end(m, 0, (struct frame){(3000 - 90) * BLOCK_FRAMES + 11});
	meter_advance(m, count);
	ck_assert_int_eq(meter_take(m, false, &r), 0);
	check_same(&r, 360 * BLOCK_FRAMES + 7, 2910 * BLOCK_FRAMES + 11);
}
END_TEST

START_TEST(too_late_says_what_was_measured)
{
	struct meter_result r;

	run_to(1000);
	meter_begin(m, 0, 0, (struct frame){0});
	meter_end(m, 0, (struct frame){1000 * BLOCK_FRAMES});
	meter_advance(m, count);
	ck_assert_int_eq(meter_take(m, false, &r), 0);
	check_same(&r, (1000 - CAPACITY) * BLOCK_FRAMES, 1000 * BLOCK_FRAMES);

	meter_begin(m, 0, 0, (struct frame){1000 * BLOCK_FRAMES});
	run_to(2000);
	meter_end(m, 0, (struct frame){1500 * BLOCK_FRAMES});
	meter_advance(m, count);
	ck_assert_int_eq(meter_take(m, false, &r), 0);
	check_same(&r, 1000 * BLOCK_FRAMES, (2000 - METER_LAG_BLOCKS) * BLOCK_FRAMES);
}
END_TEST

START_TEST(silence_and_nothing_are_numbers)
{
	struct meter_result r;

	meter_begin(m, 5, 1, (struct frame){0});
	meter_end(m, 5, (struct frame){480000});
	meter_begin(m, 6, 0, (struct frame){480000});
	meter_end(m, 6, (struct frame){480000});
	run_to(1001);
	ck_assert_int_eq(meter_take(m, false, &r), 5);
	ck_assert_double_eq(r.loudness_lufs, -70);
	ck_assert_double_eq(r.peak_dbtp, -144);
	ck_assert_int_eq(r.frames, 480000);
	ck_assert_int_eq(meter_take(m, false, &r), 6);
	ck_assert_int_eq(r.frames, 0);
	ck_assert_double_eq(r.loudness_lufs, -70);
}
END_TEST

START_TEST(many_at_once)
{
	struct meter_result r;
	int slot, seen = 0;

	for (int i = 0; i < ENCODER_MEASURES_MAX; i++) {
		meter_begin(m, i, 0, (struct frame){i * 1000});
		meter_end(m, i, (struct frame){i * 1000 + 50000});
	}
	run_to(400);
	while ((slot = meter_take(m, false, &r)) >= 0) {
		check_same(&r, slot * 1000, slot * 1000 + 50000);
		seen++;
	}
	ck_assert_int_eq(seen, ENCODER_MEASURES_MAX);
}
END_TEST

START_TEST(at_the_end_all_that_have_an_end_are_given)
{
	struct meter_result r;

	meter_begin(m, 0, 0, (struct frame){0});
	meter_begin(m, 1, 0, (struct frame){0});
	meter_end(m, 1, (struct frame){480000});
	run_to(500);
	ck_assert_int_eq(meter_take(m, false, &r), -1);
	ck_assert_int_eq(meter_take(m, true, &r), 1);
	check_same(&r, 0, 240000);
	ck_assert_int_eq(meter_take(m, true, &r), -1);
}
END_TEST

START_TEST(frames_that_never_came_are_not_counted)
{
	struct meter_result r;

	meter_begin(m, 0, 0, (struct frame){0});
	meter_end(m, 0, (struct frame){200 * BLOCK_FRAMES});
	run_to(50);
	/* Blocks 50 … 99 were dropped. */
	for (uint64_t i = 100; i < 201; i++) {
		struct meter_block *b = (void *)((char *)history + count % CAPACITY * BYTES);
		memset(b, 0, BYTES);
		b->first = (int64_t)i * BLOCK_FRAMES;
		meter_advance(m, ++count);
	}
	ck_assert_int_eq(meter_take(m, false, &r), 0);
	ck_assert_int_eq(r.frames, 150 * BLOCK_FRAMES);
}
END_TEST

Suite *suite_meter(void)
{
	Suite *s = suite_create("meter");
	TCase *t = tcase_create("meter");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, exact_when_known_in_advance);
	tcase_add_test(t, exact_when_asked_a_little_late);
	tcase_add_test(t, too_late_says_what_was_measured);
	tcase_add_test(t, silence_and_nothing_are_numbers);
	tcase_add_test(t, many_at_once);
	tcase_add_test(t, at_the_end_all_that_have_an_end_are_given);
	tcase_add_test(t, frames_that_never_came_are_not_counted);
	suite_add_tcase(s, t);
	return s;
}
