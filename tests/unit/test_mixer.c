/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mixer.h"

#include "mix/feeder.h"
#include "support/air.h"
#include "support/fake.h"

#include <check.h>
#include <math.h>
#include <string.h>

START_TEST(test_starts_and_ends_on_the_sample_at_every_place_in_a_block)
{
	const int64_t length = 700;

	for (int64_t at = 0; at <= 2 * BLOCK_FRAMES; at++) {
		air_open(1);
		feeder_load(air.feeder, 3, fake_noise(1, 10000, 1, FAKE_ENDS), false);
		air_send(air_play(3, at, length, 1.0f));
		air_run(5);
		for (int64_t i = 0; i < air.at; i++) {
			float want = i >= at && i < at + length ? fake_noise_at(1, i - at) : 0.0f;

			ck_assert_msg(air.out[0][i] == want, "start %d, frame %d", (int)at,
				      (int)i);
		}
		air_ck_started(0, at);
		air_ck_ended(0, MIX_END_LENGTH, at + length, length);
		ck_assert_uint_eq(air_event(MIX_ENDED, 0)->tag, 103);
		air_close();
	}
}
END_TEST

START_TEST(test_two_items_join_without_a_gap_or_an_overlap)
{
	air_open(1);
	feeder_load(air.feeder, 0, fake_noise(1, 20000, 1, FAKE_ENDS), false);
	feeder_load(air.feeder, 1, fake_noise(2, 20000, 1, FAKE_ENDS), false);
	air_send(air_play(1, 10000, 5000, 1.0f));
	air_send(air_play(0, 1234, 10000 - 1234, 1.0f));
	air_run(40);
	for (int64_t i = 1234; i < 15000; i++)
		ck_assert(air.out[0][i] ==
			  (i < 10000 ? fake_noise_at(1, i - 1234) : fake_noise_at(2, i - 10000)));
	ck_assert(air.out[0][1233] == 0.0f && air.out[0][15000] == 0.0f);
	air_close();
}
END_TEST

START_TEST(test_an_order_too_late_begins_with_the_next_frame_mixed)
{
	air_open(1);
	feeder_load(air.feeder, 0, fake_noise(1, 20000, 1, FAKE_ENDS), false);
	air_run(10);
	air_send(air_play(0, 17, 1000, 1.0f));
	air_run(10);
	air_ck_started(0, 11 * BLOCK_FRAMES);
	ck_assert(air.out[0][11 * BLOCK_FRAMES] == fake_noise_at(1, 0));
	air_ck_ended(0, MIX_END_LENGTH, 11 * BLOCK_FRAMES + 1000, 1000);
	air_close();
}
END_TEST

START_TEST(test_an_order_sent_with_the_lead_is_on_the_sample)
{
	air_open(1);
	feeder_load(air.feeder, 0, fake_noise(1, 20000, 1, FAKE_ENDS), false);
	air_run(10);
	air_send(air_play(0, air.at + mixer_lead_frames(air.mixer), 1000, 1.0f));
	air_run(10);
	air_ck_started(0, 12 * BLOCK_FRAMES);
	air_close();
}
END_TEST

START_TEST(test_a_fade_before_the_start_takes_the_start_back)
{
	air_open(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	air_send(air_play(0, 5000, INT64_MAX, 1.0f));
	air_send((struct mix_command){.order = MIX_FADE, .at = {1000}, .fade_frames = 480});
	air_run(20);
	ck_assert_ptr_null(air_event(MIX_STARTED, 0));
	air_ck_ended(0, MIX_END_FADED, 1000, 0);
	ck_assert_uint_eq(air_event(MIX_ENDED, 0)->tag, 100);
	for (int64_t i = 0; i < air.at; i++)
		ck_assert(air.out[0][i] == 0.0f);
	air_close();
}
END_TEST

START_TEST(test_an_order_left_over_does_not_touch_the_next_source)
{
	struct mix_command stale = {.order = MIX_FADE, .at = {3000}, .fade_frames = 100};

	air_open(1);
	feeder_load(air.feeder, 0, fake_noise(1, 1000, 1, FAKE_ENDS), false);
	air_send(air_play(0, 0, INT64_MAX, 1.0f));
	air_send(stale);
	stale.order = MIX_LEVEL;
	air_send(stale);
	air_run(4);
	air_ck_ended(0, MIX_END_SOURCE, 1000, 1000);
	feeder_unload(air.feeder, 0);
	feeder_load(air.feeder, 0, fake_noise(2, 5000, 1, FAKE_ENDS), false);
	air_send(air_play(0, 2500, INT64_MAX, 1.0f));
	air_run(20);
	for (int64_t i = 0; i < 5000; i++)
		ck_assert(air.out[0][2500 + i] == fake_noise_at(2, i));
	air_close();
}
END_TEST

START_TEST(test_zones_are_apart)
{
	struct mix_command a = air_play(0, 10, 4000, 0.0f), b = air_play(1, 900, 4000, 0.0f);

	air_open(3);
	feeder_load(air.feeder, 0, fake_noise(1, 9000, 1, FAKE_ENDS), false);
	feeder_load(air.feeder, 1, fake_noise(2, 9000, 1, FAKE_ENDS), false);
	a.gain[0] = 1.0f;
	b.gain[2] = 0.5f;
	air_send(a);
	air_send(b);
	air_run(12);
	for (int64_t i = 0; i < air.at; i++) {
		ck_assert(air.out[0][i] ==
			  (i >= 10 && i < 4010 ? fake_noise_at(1, i - 10) : 0.0f));
		ck_assert(air.out[1][i] == 0.0f);
		ck_assert(air.out[2][i] ==
			  (i >= 900 && i < 4900 ? 0.5f * fake_noise_at(2, i - 900) : 0.0f));
	}
	air_close();
}
END_TEST

START_TEST(test_play_on_a_busy_deck_is_refused)
{
	struct mix_command second = air_play(0, 500, 100, 1.0f);

	air_open(1);
	feeder_load(air.feeder, 0, fake_noise(1, 9000, 1, FAKE_ENDS), false);
	air_send(air_play(0, 0, 3000, 1.0f));
	second.tag = 9;
	air_send(second);
	air_run(10);
	air_ck_ended(0, MIX_END_REFUSED, 500, 0);
	ck_assert_uint_eq(air_event(MIX_ENDED, 0)->tag, 9);
	air_ck_ended(1, MIX_END_LENGTH, 3000, 3000);
	air_close();
}
END_TEST

START_TEST(test_orders_beyond_the_bound_are_refused_and_come_back)
{
	struct mix_command c = {.order = MIX_LEVEL, .at = {5000}};

	air_open(1);
	for (int i = 0; i < MIX_COMMANDS_MAX; i++)
		ck_assert(mixer_send(air.mixer, &c));
	ck_assert(!mixer_send(air.mixer, &c));
	air_run(3);
	ck_assert(!mixer_send(air.mixer, &c));
	air_run(10);
	for (int i = 0; i < MIX_COMMANDS_MAX; i++)
		ck_assert(mixer_send(air.mixer, &c));
	ck_assert(!mixer_send(air.mixer, &c));
	air_close();
}
END_TEST

START_TEST(test_events_come_in_the_order_of_frames)
{
	air_open(1);
	for (int d = 0; d < DECKS_MAX; d++) {
		feeder_load(air.feeder, d, fake_noise(1, 9000, 0.01f, FAKE_ENDS), false);
		air_send(air_play(d, 3000 - 150 * d, 500 + 13 * d, 1.0f));
	}
	air_run(20);
	ck_assert_int_eq(air.event_count, 2 * DECKS_MAX);
	for (int d = 0; d < DECKS_MAX; d++)
		air_ck_started(d, 3000 - 150 * (DECKS_MAX - 1 - d));
	air_close();
}
END_TEST

START_TEST(test_peak_is_of_the_output_and_starts_over)
{
	air_open(2);
	struct mix_command c = air_play(0, 0, 1000, 0.0f);
	feeder_load(air.feeder, 0, fake_flat(-0.25f, INT64_MAX), false);
	c.gain[1] = 1.0f;
	air_send(c);
	air_run(2);
	ck_assert(mixer_peak(air.mixer, 1) == 0.25f && mixer_peak(air.mixer, 0) == 0.0f);
	air_run(4);
	ck_assert(mixer_peak(air.mixer, 1) == 0.25f);
	air_run(4);
	ck_assert(mixer_peak(air.mixer, 1) == 0.0f);
	air_close();
}
END_TEST

START_TEST(test_sounded_is_where_a_zone_was_last_heard)
{
	air_open(2);
	struct mix_command c = air_play(0, 480, 4800, 0.0f);
	feeder_load(air.feeder, 0, fake_flat(0.0011f, 2400), false);
	c.gain[1] = 1.0f;
	air_send(c);
	air_run(1);
	ck_assert_int_eq(mixer_sounded(air.mixer, 1).n, 0);
	air_run(1);
	ck_assert_int_eq(mixer_sounded(air.mixer, 1).n, 960);
	air_run(20);
	ck_assert_int_eq(mixer_sounded(air.mixer, 1).n, 2880);
	ck_assert_int_eq(mixer_sounded(air.mixer, 0).n, 0);
	air_close();
	air_open(1); /* nobody hears less than DEAD_AIR_DB */
	feeder_load(air.feeder, 0, fake_flat(0.0009f, 2400), false);
	air_send(air_play(0, 480, 4800, 1.0f));
	air_run(20);
	ck_assert_int_eq(mixer_sounded(air.mixer, 0).n, 0);
	air_close();
}
END_TEST

/* A busy little programme with fades, ramps, loops and too much level. */
static void programme(void)
{
	struct mix_command level = {
		.order = MIX_LEVEL, .deck = 1, .at = {9999}, .fade_frames = 7777};

	air_open(3);
	for (int d = 0; d < 6; d++) {
		struct mix_command c = air_play(d, 1000 + 1717 * d, 20000, 1.5f);

		c.fade_in_frames = 500 * d;
		c.fade_frames = 3000;
		c.gain[1] = 0.1f * (float)d;
		feeder_load(air.feeder, d, fake_noise((uint32_t)d, 9000, 4, FAKE_ENDS), d % 2);
		air_send(c);
	}
	air_send(level);
	level.order = MIX_FADE;
	level.deck = 3;
	air_send(level);
	air_run(80);
}

START_TEST(test_twice_the_same_orders_give_the_same_bytes)
{
	static float first[3][AIR_FRAMES];

	programme();
	memcpy(first, air.out, sizeof(first));
	air_close();
	programme();
	ck_assert_int_eq(memcmp(first, air.out, sizeof(first)), 0);
	air_close();
}
END_TEST

START_TEST(test_silence_after_sound_is_exact_and_wakes_on_the_sample)
{
	air_open(1);
	feeder_load(air.feeder, 0, fake_noise(1, 4000, 40, FAKE_ENDS), false);
	feeder_load(air.feeder, 1, fake_noise(2, 4000, 1, FAKE_ENDS), false);
	air_send(air_play(0, 0, INT64_MAX, 1.0f));
	air_send(air_play(1, 30001, INT64_MAX, 1.0f));
	air_run(80);
	for (int64_t i = 4000; i < air.at; i++)
		ck_assert(air.out[0][i] ==
			  (i >= 30001 && i < 34001 ? fake_noise_at(2, i - 30001) : 0.0f));
	air_close();
}
END_TEST

Suite *suite_mixer(void)
{
	Suite *s = suite_create("mixer");
	TCase *t = tcase_create("mixer");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, test_starts_and_ends_on_the_sample_at_every_place_in_a_block);
	tcase_add_test(t, test_two_items_join_without_a_gap_or_an_overlap);
	tcase_add_test(t, test_an_order_too_late_begins_with_the_next_frame_mixed);
	tcase_add_test(t, test_an_order_sent_with_the_lead_is_on_the_sample);
	tcase_add_test(t, test_a_fade_before_the_start_takes_the_start_back);
	tcase_add_test(t, test_an_order_left_over_does_not_touch_the_next_source);
	tcase_add_test(t, test_zones_are_apart);
	tcase_add_test(t, test_play_on_a_busy_deck_is_refused);
	tcase_add_test(t, test_orders_beyond_the_bound_are_refused_and_come_back);
	tcase_add_test(t, test_events_come_in_the_order_of_frames);
	tcase_add_test(t, test_peak_is_of_the_output_and_starts_over);
	tcase_add_test(t, test_sounded_is_where_a_zone_was_last_heard);
	tcase_add_test(t, test_twice_the_same_orders_give_the_same_bytes);
	tcase_add_test(t, test_silence_after_sound_is_exact_and_wakes_on_the_sample);
	suite_add_tcase(s, t);
	return s;
}
