/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/deck.h"

#include "mix/feeder.h"
#include "support/air.h"
#include "support/fake.h"

#include <check.h>
#include <math.h>
#include <string.h>

START_TEST(test_source_ends_on_its_last_sample)
{
	for (int64_t frames = 470; frames < 490; frames++) {
		air_open(1);
		feeder_load(air.feeder, 0, fake_noise(2, frames, 1, FAKE_ENDS), false);
		air_send(air_play(0, 5, INT64_MAX, 1.0f));
		air_run(5);
		for (int64_t i = 0; i < air.at; i++)
			ck_assert(air.out[0][i] ==
				  (i >= 5 && i < 5 + frames ? fake_noise_at(2, i - 5) : 0.0f));
		air_ck_ended(0, MIX_END_SOURCE, 5 + frames, frames);
		ck_assert_ptr_null(air_event(MIX_STARVED, 0));
		air_close();
	}
}
END_TEST

START_TEST(test_fade_in_and_fade_out_end_exactly)
{
	const int64_t at = 777, length = 5001, in = 600, out = 901;
	struct mix_command c = air_play(0, at, length, 0.25f);

	air_open(1);
	feeder_load(air.feeder, 0, fake_flat(1.0f, INT64_MAX), false);
	c.fade_in_frames = in;
	c.fade_frames = out;
	air_send(c);
	air_run(20);
	for (int64_t i = 0; i < length; i++) {
		double up = i < in ? sin(M_PI / 2 * (double)(i + 1) / (double)in) : 1;
		int64_t k = i - (length - out);
		double down = k >= 0 ? cos(M_PI / 2 * (double)(k + 1) / (double)out) : 1;

		ck_assert_double_eq_tol(air.out[0][at + i], 0.25 * up * down, 2e-6);
	}
	ck_assert(air.out[0][at + in - 1] == 0.25f);
	ck_assert(air.out[0][at + length - out - 1] == 0.25f);
	ck_assert(air.out[0][at + length - 2] != 0.0f);
	ck_assert(air.out[0][at + length - 1] == 0.0f);
	air_ck_ended(0, MIX_END_LENGTH, at + length, length);
	air_close();
}
END_TEST

START_TEST(test_crossfade_keeps_the_power)
{
	const int64_t at = 3000, fade = 24000;
	struct mix_command a = air_play(0, 0, at + fade, 0.5f), b = air_play(1, at, 60000, 0.5f);

	/* Zone 0 hears one side, zone 1 the other: flat sources show their gains. */
	air_open(2);
	feeder_load(air.feeder, 0, fake_flat(0.5f, INT64_MAX), false);
	feeder_load(air.feeder, 1, fake_flat(0.5f, INT64_MAX), false);
	a.gain[1] = b.gain[0] = 0.0f;
	a.fade_frames = b.fade_in_frames = fade;
	air_send(a);
	air_send(b);
	air_run(70);
	for (int64_t i = 0; i < at + fade + 1000; i++) {
		double left = air.out[0][i] * 4, right = air.out[1][i] * 4;

		ck_assert_double_eq_tol(left * left + right * right, 1.0, 2e-6);
	}
	air_close();
}
END_TEST

START_TEST(test_level_ramps_with_equal_power_from_where_it_is)
{
	struct mix_command up = {.order = MIX_LEVEL, .at = {2000}, .fade_frames = 4800};
	struct mix_command down = {.order = MIX_LEVEL, .at = {4400}, .fade_frames = 2400};

	air_open(1);
	feeder_load(air.feeder, 0, fake_flat(0.4f, INT64_MAX), false);
	air_send(air_play(0, 0, INT64_MAX, 0.25f));
	up.gain[0] = 1.0f;
	down.gain[0] = 0.125f;
	air_send(up);
	air_send(down);
	air_run(20);
	ck_assert_float_eq(air.out[0][1999], 0.25f * 0.4f);
	double half = sqrt(0.25 * 0.25 * 0.5 + 0.5);
	ck_assert_double_eq_tol(air.out[0][4399], half * 0.4, 1e-6);
	for (int64_t i = 4400; i < 6800; i++) {
		double t = M_PI / 2 * (double)(i - 4399) / 2400;
		double want = sqrt(half * half * cos(t) * cos(t) + 0.125 * 0.125 * sin(t) * sin(t));

		ck_assert_double_eq_tol(air.out[0][i], want * 0.4, 1e-6);
	}
	ck_assert_float_eq(air.out[0][6799], 0.125f * 0.4f);
	ck_assert_float_eq(air.out[0][9000], 0.125f * 0.4f);
	air_close();
}
END_TEST

START_TEST(test_fade_order_ends_in_silence_on_its_frame)
{
	struct mix_command fade = {.order = MIX_FADE, .at = {1000}, .fade_frames = 480};

	air_open(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	air_send(air_play(0, 0, INT64_MAX, 1.0f));
	air_send(fade);
	air_run(10);
	ck_assert(air.out[0][999] == 0.25f);
	ck_assert_double_eq_tol(air.out[0][1239], 0.25 * M_SQRT1_2, 1e-6);
	ck_assert(air.out[0][1478] > 0.0f && air.out[0][1479] == 0.0f);
	air_ck_ended(0, MIX_END_FADED, 1480, 1480);
	air_close();
}
END_TEST

START_TEST(test_a_shorter_fade_takes_over_and_a_longer_one_does_not)
{
	struct mix_command slow = {.order = MIX_FADE, .at = {1000}, .fade_frames = 48000};
	struct mix_command cut = {.order = MIX_FADE, .at = {25000}, .fade_frames = 480};
	struct mix_command late = {.order = MIX_FADE, .at = {25100}, .fade_frames = 9600};

	air_open(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	air_send(air_play(0, 0, INT64_MAX, 1.0f));
	air_send(late);
	air_send(cut);
	air_send(slow);
	air_run(60);
	for (int i = 1; i < 26000; i++)
		ck_assert(fabsf(air.out[0][i] - air.out[0][i - 1]) < 0.25f * 0.7072f * 0.0034f ||
			  i < 1000);
	ck_assert_double_eq_tol(air.out[0][24999], 0.25 * M_SQRT1_2, 1e-6);
	air_ck_ended(0, MIX_END_FADED, 25480, 25480);
	air_close();
}
END_TEST

/* A sound that is over before its fade was not heard as it is; one that was over before the fade's
 * first frame was. */
START_TEST(test_a_fade_that_began_is_what_ended_it)
{
	struct mix_command fade = {.order = MIX_FADE, .at = {1000}, .fade_frames = 480};

	air_open(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, 1000 + (_i == 0 ? 51 : 0)), false);
	air_send(air_play(0, 0, INT64_MAX, 1.0f));
	air_send(fade);
	air_run(10);
	if (_i == 0)
		air_ck_ended(0, MIX_END_FADED, 1051, 1051);
	else
		air_ck_ended(0, MIX_END_SOURCE, 1000, 1000);
	air_close();
}
END_TEST

START_TEST(test_an_immediate_cut_is_a_fade_of_no_frames)
{
	air_open(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	air_send(air_play(0, 0, INT64_MAX, 1.0f));
	air_send((struct mix_command){.order = MIX_FADE, .at = {1000}});
	air_run(10);
	ck_assert(air.out[0][999] == 0.25f && air.out[0][1000] == 0.0f);
	air_ck_ended(0, MIX_END_FADED, 1000, 1000);
	air_close();
}
END_TEST

START_TEST(test_loops_without_a_gap)
{
	air_open(1);
	feeder_load(air.feeder, 0, fake_noise(1, 1777, 1, FAKE_ENDS), true);
	air_send(air_play(0, 100, 50000, 1.0f));
	air_run(110);
	for (int64_t i = 0; i < 50000; i++)
		ck_assert(air.out[0][100 + i] == fake_noise_at(1, i % 1777));
	air_ck_ended(0, MIX_END_LENGTH, 50100, 50000);
	air_close();
}
END_TEST

START_TEST(test_a_broken_source_ends_its_deck_and_nothing_else)
{
	air_open(1);
	feeder_load(air.feeder, 0, fake_noise(1, 1000, 1, FAKE_BREAKS), false);
	feeder_load(air.feeder, 1, fake_noise(2, 9000, 1, FAKE_ENDS), false);
	air_send(air_play(0, 0, 8000, 1.0f));
	air_send(air_play(1, 2000, 4000, 1.0f));
	air_run(16);
	air_ck_ended(0, MIX_END_BROKEN, 1000, 1000);
	air_ck_ended(1, MIX_END_LENGTH, 6000, 4000);
	ck_assert(air.out[0][999] == fake_noise_at(1, 999) && air.out[0][1000] == 0.0f);
	ck_assert(air.out[0][5999] == fake_noise_at(2, 3999));
	air_close();
}
END_TEST

START_TEST(test_a_deck_without_source_ends_at_once)
{
	air_open(1);
	air_send(air_play(5, 700, INT64_MAX, 1.0f));
	air_run(4);
	air_ck_started(0, 700);
	air_ck_ended(0, MIX_END_SOURCE, 700, 0);
	air_close();
}
END_TEST

START_TEST(test_a_late_feeder_is_told_and_costs_only_silence)
{
	struct mix_command c = air_play(0, 0, 200000, 1.0f);
	static float heard[204 * BLOCK_FRAMES];
	float *out[1] = {heard};

	air_open(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	c.live = _i == 1;
	air_send(c);
	/* Two hundred blocks without a pump: what is ahead lasts for 17 blocks at most. */
	for (int i = 0; i < 200; i++, out[0] += BLOCK_FRAMES)
		mixer_block(air.mixer, out);
	air_take_events();
	feeder_pump(air.feeder);
	mixer_block(air.mixer, out);
	out[0] += BLOCK_FRAMES;
	air_take_events();
	int64_t frame = air_event(MIX_STARVED, 0)->frame.n, first = frame;
	ck_assert_int_gt(frame, DECK_AHEAD_OFFLINE_FRAMES - FEED_FRAMES);
	ck_assert_int_le(frame, DECK_AHEAD_OFFLINE_FRAMES);
	int n = 0;
	for (; air_event(MIX_STARVED, n) != NULL; n++) {
		ck_assert_int_eq(air_event(MIX_STARVED, n)->frame.n, frame);
		frame += air_event(MIX_STARVED, n)->frames;
	}
	ck_assert_int_eq(n, 3);
	ck_assert_int_eq(frame, 201 * BLOCK_FRAMES);
	for (int i = 0; i < 3; i++, out[0] += BLOCK_FRAMES)
		mixer_block(air.mixer, out);
	ck_assert(heard[frame + BLOCK_FRAMES] == 0.25f && out[0][-1] == 0.25f);
	/* What is live clicks at neither edge: no step is greater than a fade of 5 ms has. What
	 * is not stays as it is to the last sample. */
	ck_assert(c.live || heard[first - 1] == 0.25f);
	for (const float *x = heard + 1; c.live && x < out[0]; x++)
		ck_assert_msg(fabsf(x[0] - x[-1]) < 0.25f * 0.0066f, "a step at %d: %f %f",
			      (int)(x - heard), (double)x[-1], (double)x[0]);
	air_close();
}
END_TEST

Suite *suite_deck(void)
{
	Suite *s = suite_create("deck");
	TCase *t = tcase_create("deck");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, test_source_ends_on_its_last_sample);
	tcase_add_test(t, test_fade_in_and_fade_out_end_exactly);
	tcase_add_test(t, test_crossfade_keeps_the_power);
	tcase_add_test(t, test_level_ramps_with_equal_power_from_where_it_is);
	tcase_add_test(t, test_fade_order_ends_in_silence_on_its_frame);
	tcase_add_test(t, test_a_shorter_fade_takes_over_and_a_longer_one_does_not);
	tcase_add_loop_test(t, test_a_fade_that_began_is_what_ended_it, 0, 2);
	tcase_add_test(t, test_an_immediate_cut_is_a_fade_of_no_frames);
	tcase_add_test(t, test_loops_without_a_gap);
	tcase_add_test(t, test_a_broken_source_ends_its_deck_and_nothing_else);
	tcase_add_test(t, test_a_deck_without_source_ends_at_once);
	tcase_add_loop_test(t, test_a_late_feeder_is_told_and_costs_only_silence, 0, 2);
	suite_add_tcase(s, t);
	return s;
}
