/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"
#include "mix/sink.h"

#include <check.h>
#include <math.h>
#include <unistd.h>

static struct shmring *ring;
static struct sink sink;
static int fd;
static float out[4800];

static void setup(void)
{
	struct err e = {0};

	fd = shmring_create(&ring, 1, &e);
	ck_assert_msg(fd >= 0, "%s", e.text);
	sink_init(&sink, ring);
}

static void teardown(void)
{
	shmring_close(ring);
	close(fd);
}

/* One block in which each frame is worth value(its number). */
static void put(int64_t first, float (*value)(int64_t frame))
{
	float block[BLOCK_FRAMES];

	for (int i = 0; i < BLOCK_FRAMES; i++)
		block[i] = value(first + i);
	shmring_write(ring, (struct frame){first}, block, BLOCK_FRAMES);
}

static float number(int64_t frame)
{
	return (float)frame;
}

static float nothing(int64_t frame)
{
	(void)frame;
	return 0.0f;
}

static void play(int frames)
{
	sink_play(&sink, out, frames, (struct mono){1000}, 500, false);
}

START_TEST(test_unarmed_is_silent_and_uncounted)
{
	put(0, number);
	play(480);
	ck_assert_float_eq(out[479], 0.0f);
	play(480);
	ck_assert_int_eq(atomic_load(&ring->consumed_frames), 0);
	ck_assert_int_eq(atomic_load(&ring->silent_frames), 0);
	ck_assert_uint_eq(atomic_load(&ring->xruns), 0);
	ck_assert_uint_eq(atomic_load(&ring->beats), 2);

	struct shmring_report r;
	ck_assert(shmring_get_report(ring, &r));
	ck_assert_int_eq(r.position, 480);
	ck_assert_int_eq(r.heard.ns, 1500);
}
END_TEST

START_TEST(test_plays_by_number)
{
	play(100); /* the device is at position 100 when the order comes */
	put(5000, number);
	atomic_store(&ring->offset, 4950);
	play(100); /* frames 5050 … */
	ck_assert_float_eq(out[0], 5050.0f);
	ck_assert_float_eq(out[99], 5149.0f);
	play(100);
	ck_assert_float_eq(out[0], 5150.0f);
	ck_assert_int_eq(atomic_load(&ring->consumed_frames), 200);
	ck_assert_int_eq(atomic_load(&ring->applied), 4950);
}
END_TEST

START_TEST(test_lead_in_is_no_xrun)
{
	put(480, number);
	atomic_store(&ring->offset, 0);
	play(400); /* frames 0 … 399: before the first of ours */
	ck_assert_uint_eq(atomic_load(&ring->xruns), 0);
	play(400); /* 400 … 799 */
	ck_assert_float_eq(out[79], 0.0f);
	ck_assert_float_eq(out[80], 480.0f);
	ck_assert_uint_eq(atomic_load(&ring->xruns), 0);
	ck_assert_int_eq(atomic_load(&ring->silent_frames), 0);
}
END_TEST

START_TEST(test_hole_stays_a_hole)
{
	put(0, number);
	atomic_store(&ring->offset, 0);
	play(100);
	play(400); /* 20 too many */
	ck_assert_float_eq(out[379], 479.0f);
	ck_assert_float_eq(out[380], 0.0f);
	put(480, number);
	play(100); /* frames 480 … 499 came too late and are lost; 500 is on time */
	ck_assert_float_eq(out[0], 500.0f);
	ck_assert_int_eq(atomic_load(&ring->silent_frames), 20);
	ck_assert_uint_eq(atomic_load(&ring->xruns), 1);
	ck_assert_int_eq(atomic_load(&ring->consumed_frames), 580);
}
END_TEST

START_TEST(test_underflow_flag_counts)
{
	put(0, number);
	atomic_store(&ring->offset, 0);
	play(10);
	sink_play(&sink, out, 10, (struct mono){0}, 0, true);
	ck_assert_uint_eq(atomic_load(&ring->xruns), 1);
	ck_assert_int_eq(atomic_load(&ring->silent_frames), 0);
}
END_TEST

START_TEST(test_slips_in_a_quiet_moment)
{
	put(0, nothing);
	put(480, number);
	put(960, nothing);
	put(1440, nothing);
	atomic_store(&ring->offset, 0);
	play(100);
	atomic_store(&ring->offset, 480);
	play(380); /* quiet here, but not there */
	play(480); /* there, but not here */
	ck_assert_float_eq(out[0], 480.0f);
	ck_assert_uint_eq(atomic_load(&ring->slips), 0);
	play(480); /* here and there: 1440 … from now on */
	ck_assert_uint_eq(atomic_load(&ring->slips), 1);
	ck_assert_int_eq(atomic_load(&ring->applied), 480);
	put(1920, number);
	play(480);
	ck_assert_float_eq(out[0], 1920.0f);
	ck_assert_uint_eq(atomic_load(&ring->xruns), 0);
}
END_TEST

START_TEST(test_large_step_does_not_wait)
{
	for (int64_t f = 0; f < 9600; f += 480)
		put(f, number);
	atomic_store(&ring->offset, 0);
	play(100);
	atomic_store(&ring->offset, 7200);
	play(480); /* from 100 to 7300, cross-faded */
	ck_assert_float_eq(out[0], 100.0f);
	ck_assert_float_eq_tol(out[240], 340.0f + 3600.0f, 0.5f);
	play(100);
	ck_assert_float_eq(out[0], 7780.0f);
	ck_assert_uint_eq(atomic_load(&ring->slips), 1);
}
END_TEST

static float tone(int64_t frame)
{
	return 0.5f * sinf((float)frame * 0.05f);
}

START_TEST(test_slips_anyway_and_smoothly)
{
	int64_t written = 0;
	float last = 0.0f, step = 0.0f;

	atomic_store(&ring->offset, 0);
	for (int i = 0; i < 1100; i++) {
		for (; written < (i + 4) * 480; written += 480)
			put(written, tone);
		if (i == 20)
			atomic_store(&ring->offset, -480);
		play(480);
		for (int f = 0; i > 0 && f < 480; f++, last = out[f - 1])
			step = fmaxf(step, fabsf(out[f] - last));
		last = out[479];
		ck_assert_uint_eq(atomic_load(&ring->slips), i < 1020 ? 0 : 1);
	}
	/* The tone's own steepest step is 0.025: no click. */
	ck_assert_float_lt(step, 0.03f);
	ck_assert_uint_eq(atomic_load(&ring->xruns), 0);
}
END_TEST

START_TEST(test_order_taken_back)
{
	put(0, number);
	atomic_store(&ring->offset, 0);
	play(10);
	atomic_store(&ring->offset, 100);
	play(10);
	ck_assert_float_eq(out[9], 19.0f); /* loud: waits */
	atomic_store(&ring->offset, 0);
	play(10);
	ck_assert_float_eq(out[0], 20.0f);
	ck_assert_uint_eq(atomic_load(&ring->slips), 0);
	ck_assert_int_eq(sink.slip_position, -1);
}
END_TEST

Suite *suite_sink_play(void)
{
	Suite *s = suite_create("sink_play");
	TCase *t = tcase_create("sink_play");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, test_unarmed_is_silent_and_uncounted);
	tcase_add_test(t, test_plays_by_number);
	tcase_add_test(t, test_lead_in_is_no_xrun);
	tcase_add_test(t, test_hole_stays_a_hole);
	tcase_add_test(t, test_underflow_flag_counts);
	tcase_add_test(t, test_slips_in_a_quiet_moment);
	tcase_add_test(t, test_large_step_does_not_wait);
	tcase_add_test(t, test_slips_anyway_and_smoothly);
	tcase_add_test(t, test_order_taken_back);
	suite_add_tcase(s, t);
	return s;
}
