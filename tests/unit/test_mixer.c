/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mixer.h"

#include "mix/feeder.h"
#include "support/fake.h"
#include "sys/rt.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define AIR_FRAMES (200 * BLOCK_FRAMES)
#define EVENTS 4096

/* A mixer with its feeder offline, and everything it gave out. */
static struct {
	struct mixer *mixer;
	struct feeder *feeder;
	int zones;
	int64_t at;
	float out[3][AIR_FRAMES];
	struct mix_event events[EVENTS];
	int event_count;
} air;

static void open_air(int zones)
{
	memset(&air, 0, sizeof(air));
	air.zones = zones;
	air.mixer = mixer_create(&(struct mixer_config){zones, -1.0});
	air.feeder = feeder_create(air.mixer, false);
}

static void close_air(void)
{
	feeder_destroy(air.feeder);
	mixer_destroy(air.mixer);
	ck_assert_int_eq(fake_open_count(), 0);
}

static void take_events(void)
{
	while (mixer_event(air.mixer, &air.events[air.event_count]))
		ck_assert_int_lt(air.event_count++, EVENTS - 1);
}

static void run_blocks(int blocks)
{
	for (int i = 0; i < blocks; i++) {
		float *out[3] = {air.out[0] + air.at, air.out[1] + air.at, air.out[2] + air.at};

		ck_assert_int_le(air.at + BLOCK_FRAMES, AIR_FRAMES);
		feeder_pump(air.feeder);
		rt_enter();
		mixer_block(air.mixer, out);
		rt_leave();
		air.at += BLOCK_FRAMES;
		ck_assert_int_eq(mixer_now(air.mixer).n, air.at);
		take_events();
	}
}

static struct mix_command play(int deck, int64_t at, int64_t length, float gain)
{
	struct mix_command c = {.order = MIX_PLAY,
				.deck = (uint8_t)deck,
				.tag = 100 + (uint64_t)deck,
				.at = {at},
				.length_frames = length};

	for (int z = 0; z < ZONES_MAX; z++)
		c.gain[z] = gain;
	return c;
}

static void send(struct mix_command c)
{
	ck_assert(mixer_send(air.mixer, &c));
}

/* The n-th event of a kind, NULL if there are fewer. */
static const struct mix_event *event(enum mix_event_kind kind, int n)
{
	for (int i = 0; i < air.event_count; i++)
		if (air.events[i].kind == kind && n-- == 0)
			return &air.events[i];
	return NULL;
}

static void ck_started(int n, int64_t frame)
{
	ck_assert_ptr_nonnull(event(MIX_STARTED, n));
	ck_assert_int_eq(event(MIX_STARTED, n)->frame.n, frame);
}

static void ck_ended(int n, enum mix_end end, int64_t frame, int64_t frames)
{
	ck_assert_ptr_nonnull(event(MIX_ENDED, n));
	ck_assert_int_eq(event(MIX_ENDED, n)->end, end);
	ck_assert_int_eq(event(MIX_ENDED, n)->frame.n, frame);
	ck_assert_int_eq(event(MIX_ENDED, n)->frames, frames);
}

START_TEST(test_starts_and_ends_on_the_sample_at_every_place_in_a_block)
{
	const int64_t length = 700;

	for (int64_t at = 0; at <= 2 * BLOCK_FRAMES; at++) {
		open_air(1);
		feeder_load(air.feeder, 3, fake_noise(1, 10000, 1, FAKE_ENDS), false);
		send(play(3, at, length, 1.0f));
		run_blocks(5);
		for (int64_t i = 0; i < air.at; i++) {
			float want = i >= at && i < at + length ? fake_noise_at(1, i - at) : 0.0f;

			ck_assert_msg(air.out[0][i] == want, "start %ld, frame %ld", (long)at, (long)i);
		}
		ck_started(0, at);
		ck_ended(0, MIX_END_LENGTH, at + length, length);
		ck_assert_uint_eq(event(MIX_ENDED, 0)->tag, 103);
		close_air();
	}
}
END_TEST

START_TEST(test_source_ends_on_its_last_sample)
{
	for (int64_t frames = 470; frames < 490; frames++) {
		open_air(1);
		feeder_load(air.feeder, 0, fake_noise(2, frames, 1, FAKE_ENDS), false);
		send(play(0, 5, INT64_MAX, 1.0f));
		run_blocks(5);
		for (int64_t i = 0; i < air.at; i++)
			ck_assert(air.out[0][i] ==
				  (i >= 5 && i < 5 + frames ? fake_noise_at(2, i - 5) : 0.0f));
		ck_ended(0, MIX_END_SOURCE, 5 + frames, frames);
		ck_assert_ptr_null(event(MIX_STARVED, 0));
		close_air();
	}
}
END_TEST

START_TEST(test_two_items_join_without_a_gap_or_an_overlap)
{
	open_air(1);
	feeder_load(air.feeder, 0, fake_noise(1, 20000, 1, FAKE_ENDS), false);
	feeder_load(air.feeder, 1, fake_noise(2, 20000, 1, FAKE_ENDS), false);
	send(play(1, 10000, 5000, 1.0f));
	send(play(0, 1234, 10000 - 1234, 1.0f));
	run_blocks(40);
	for (int64_t i = 1234; i < 15000; i++)
		ck_assert(air.out[0][i] ==
			  (i < 10000 ? fake_noise_at(1, i - 1234) : fake_noise_at(2, i - 10000)));
	ck_assert(air.out[0][1233] == 0.0f && air.out[0][15000] == 0.0f);
	close_air();
}
END_TEST

START_TEST(test_an_order_too_late_begins_with_the_next_frame_mixed)
{
	open_air(1);
	feeder_load(air.feeder, 0, fake_noise(1, 20000, 1, FAKE_ENDS), false);
	run_blocks(10);
	send(play(0, 17, 1000, 1.0f));
	run_blocks(10);
	ck_started(0, 11 * BLOCK_FRAMES);
	ck_assert(air.out[0][11 * BLOCK_FRAMES] == fake_noise_at(1, 0));
	ck_ended(0, MIX_END_LENGTH, 11 * BLOCK_FRAMES + 1000, 1000);
	close_air();
}
END_TEST

START_TEST(test_an_order_sent_with_the_lead_is_on_the_sample)
{
	open_air(1);
	feeder_load(air.feeder, 0, fake_noise(1, 20000, 1, FAKE_ENDS), false);
	run_blocks(10);
	send(play(0, air.at + mixer_lead_frames(air.mixer), 1000, 1.0f));
	run_blocks(10);
	ck_started(0, 12 * BLOCK_FRAMES);
	close_air();
}
END_TEST

START_TEST(test_fade_in_and_fade_out_end_exactly)
{
	const int64_t at = 777, length = 5001, in = 600, out = 901;
	struct mix_command c = play(0, at, length, 0.25f);

	open_air(1);
	feeder_load(air.feeder, 0, fake_flat(1.0f, INT64_MAX), false);
	c.fade_in_frames = in;
	c.fade_frames = out;
	send(c);
	run_blocks(20);
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
	ck_ended(0, MIX_END_LENGTH, at + length, length);
	close_air();
}
END_TEST

START_TEST(test_crossfade_keeps_the_power)
{
	const int64_t at = 3000, fade = 24000;
	struct mix_command a = play(0, 0, at + fade, 0.5f), b = play(1, at, 60000, 0.5f);

	/* Zone 0 hears one side, zone 1 the other: flat sources show their gains. */
	open_air(2);
	feeder_load(air.feeder, 0, fake_flat(0.5f, INT64_MAX), false);
	feeder_load(air.feeder, 1, fake_flat(0.5f, INT64_MAX), false);
	a.gain[1] = b.gain[0] = 0.0f;
	a.fade_frames = b.fade_in_frames = fade;
	send(a);
	send(b);
	run_blocks(70);
	for (int64_t i = 0; i < at + fade + 1000; i++) {
		double left = air.out[0][i] * 4, right = air.out[1][i] * 4;

		ck_assert_double_eq_tol(left * left + right * right, 1.0, 2e-6);
	}
	close_air();
}
END_TEST

START_TEST(test_level_ramps_with_equal_power_from_where_it_is)
{
	struct mix_command up = {.order = MIX_LEVEL, .at = {2000}, .fade_frames = 4800};
	struct mix_command down = {.order = MIX_LEVEL, .at = {4400}, .fade_frames = 2400};

	open_air(1);
	feeder_load(air.feeder, 0, fake_flat(0.4f, INT64_MAX), false);
	send(play(0, 0, INT64_MAX, 0.25f));
	up.gain[0] = 1.0f;
	down.gain[0] = 0.125f;
	send(up);
	send(down);
	run_blocks(20);
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
	close_air();
}
END_TEST

START_TEST(test_fade_order_ends_in_silence_on_its_frame)
{
	struct mix_command fade = {.order = MIX_FADE, .at = {1000}, .fade_frames = 480};

	open_air(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	send(play(0, 0, INT64_MAX, 1.0f));
	send(fade);
	run_blocks(10);
	ck_assert(air.out[0][999] == 0.25f);
	ck_assert_double_eq_tol(air.out[0][1239], 0.25 * M_SQRT1_2, 1e-6);
	ck_assert(air.out[0][1478] > 0.0f && air.out[0][1479] == 0.0f);
	ck_ended(0, MIX_END_FADED, 1480, 1480);
	close_air();
}
END_TEST

START_TEST(test_a_shorter_fade_takes_over_and_a_longer_one_does_not)
{
	struct mix_command slow = {.order = MIX_FADE, .at = {1000}, .fade_frames = 48000};
	struct mix_command cut = {.order = MIX_FADE, .at = {25000}, .fade_frames = 480};
	struct mix_command late = {.order = MIX_FADE, .at = {25100}, .fade_frames = 9600};

	open_air(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	send(play(0, 0, INT64_MAX, 1.0f));
	send(late);
	send(cut);
	send(slow);
	run_blocks(60);
	for (int i = 1; i < 26000; i++)
		ck_assert(fabsf(air.out[0][i] - air.out[0][i - 1]) < 0.25f * 0.7072f * 0.0034f ||
			  i < 1000);
	ck_assert_double_eq_tol(air.out[0][24999], 0.25 * M_SQRT1_2, 1e-6);
	ck_ended(0, MIX_END_FADED, 25480, 25480);
	close_air();
}
END_TEST

START_TEST(test_an_immediate_cut_is_a_fade_of_no_frames)
{
	open_air(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	send(play(0, 0, INT64_MAX, 1.0f));
	send((struct mix_command){.order = MIX_FADE, .at = {1000}});
	run_blocks(10);
	ck_assert(air.out[0][999] == 0.25f && air.out[0][1000] == 0.0f);
	ck_ended(0, MIX_END_FADED, 1000, 1000);
	close_air();
}
END_TEST

START_TEST(test_a_fade_before_the_start_takes_the_start_back)
{
	open_air(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	send(play(0, 5000, INT64_MAX, 1.0f));
	send((struct mix_command){.order = MIX_FADE, .at = {1000}, .fade_frames = 480});
	run_blocks(20);
	ck_assert_ptr_null(event(MIX_STARTED, 0));
	ck_ended(0, MIX_END_FADED, 1000, 0);
	ck_assert_uint_eq(event(MIX_ENDED, 0)->tag, 100);
	for (int64_t i = 0; i < air.at; i++)
		ck_assert(air.out[0][i] == 0.0f);
	close_air();
}
END_TEST

START_TEST(test_an_order_left_over_does_not_touch_the_next_source)
{
	struct mix_command stale = {.order = MIX_FADE, .at = {3000}, .fade_frames = 100};

	open_air(1);
	feeder_load(air.feeder, 0, fake_noise(1, 1000, 1, FAKE_ENDS), false);
	send(play(0, 0, INT64_MAX, 1.0f));
	send(stale);
	stale.order = MIX_LEVEL;
	send(stale);
	run_blocks(4);
	ck_ended(0, MIX_END_SOURCE, 1000, 1000);
	feeder_unload(air.feeder, 0);
	feeder_load(air.feeder, 0, fake_noise(2, 5000, 1, FAKE_ENDS), false);
	send(play(0, 2500, INT64_MAX, 1.0f));
	run_blocks(20);
	for (int64_t i = 0; i < 5000; i++)
		ck_assert(air.out[0][2500 + i] == fake_noise_at(2, i));
	close_air();
}
END_TEST

START_TEST(test_loops_without_a_gap)
{
	open_air(1);
	feeder_load(air.feeder, 0, fake_noise(1, 1777, 1, FAKE_ENDS), true);
	send(play(0, 100, 50000, 1.0f));
	run_blocks(110);
	for (int64_t i = 0; i < 50000; i++)
		ck_assert(air.out[0][100 + i] == fake_noise_at(1, i % 1777));
	ck_ended(0, MIX_END_LENGTH, 50100, 50000);
	close_air();
}
END_TEST

START_TEST(test_zones_are_apart)
{
	struct mix_command a = play(0, 10, 4000, 0.0f), b = play(1, 900, 4000, 0.0f);

	open_air(3);
	feeder_load(air.feeder, 0, fake_noise(1, 9000, 1, FAKE_ENDS), false);
	feeder_load(air.feeder, 1, fake_noise(2, 9000, 1, FAKE_ENDS), false);
	a.gain[0] = 1.0f;
	b.gain[2] = 0.5f;
	send(a);
	send(b);
	run_blocks(12);
	for (int64_t i = 0; i < air.at; i++) {
		ck_assert(air.out[0][i] ==
			  (i >= 10 && i < 4010 ? fake_noise_at(1, i - 10) : 0.0f));
		ck_assert(air.out[1][i] == 0.0f);
		ck_assert(air.out[2][i] ==
			  (i >= 900 && i < 4900 ? 0.5f * fake_noise_at(2, i - 900) : 0.0f));
	}
	close_air();
}
END_TEST

START_TEST(test_a_broken_source_ends_its_deck_and_nothing_else)
{
	open_air(1);
	feeder_load(air.feeder, 0, fake_noise(1, 1000, 1, FAKE_BREAKS), false);
	feeder_load(air.feeder, 1, fake_noise(2, 9000, 1, FAKE_ENDS), false);
	send(play(0, 0, 8000, 1.0f));
	send(play(1, 2000, 4000, 1.0f));
	run_blocks(16);
	ck_ended(0, MIX_END_BROKEN, 1000, 1000);
	ck_ended(1, MIX_END_LENGTH, 6000, 4000);
	ck_assert(air.out[0][999] == fake_noise_at(1, 999) && air.out[0][1000] == 0.0f);
	ck_assert(air.out[0][5999] == fake_noise_at(2, 3999));
	close_air();
}
END_TEST

START_TEST(test_a_deck_without_source_ends_at_once)
{
	open_air(1);
	send(play(5, 700, INT64_MAX, 1.0f));
	run_blocks(4);
	ck_started(0, 700);
	ck_ended(0, MIX_END_SOURCE, 700, 0);
	close_air();
}
END_TEST

START_TEST(test_play_on_a_busy_deck_is_refused)
{
	struct mix_command second = play(0, 500, 100, 1.0f);

	open_air(1);
	feeder_load(air.feeder, 0, fake_noise(1, 9000, 1, FAKE_ENDS), false);
	send(play(0, 0, 3000, 1.0f));
	second.tag = 9;
	send(second);
	run_blocks(10);
	ck_ended(0, MIX_END_REFUSED, 500, 0);
	ck_assert_uint_eq(event(MIX_ENDED, 0)->tag, 9);
	ck_ended(1, MIX_END_LENGTH, 3000, 3000);
	close_air();
}
END_TEST

START_TEST(test_a_late_feeder_is_told_and_costs_only_silence)
{
	float *out[1] = {air.out[0]};

	open_air(1);
	feeder_load(air.feeder, 0, fake_flat(0.25f, INT64_MAX), false);
	send(play(0, 0, 200000, 1.0f));
	/* Two hundred blocks without a pump: what is ahead lasts for 17 blocks at most. */
	for (int i = 0; i < 200; i++)
		mixer_block(air.mixer, out);
	take_events();
	feeder_pump(air.feeder);
	mixer_block(air.mixer, out);
	take_events();
	int64_t frame = event(MIX_STARVED, 0)->frame.n;
	ck_assert_int_gt(frame, DECK_AHEAD_OFFLINE_FRAMES - FEED_FRAMES);
	ck_assert_int_le(frame, DECK_AHEAD_OFFLINE_FRAMES);
	int n = 0;
	for (; event(MIX_STARVED, n) != NULL; n++) {
		ck_assert_int_eq(event(MIX_STARVED, n)->frame.n, frame);
		frame += event(MIX_STARVED, n)->frames;
	}
	ck_assert_int_eq(n, 3);
	ck_assert_int_eq(frame, 201 * BLOCK_FRAMES);
	mixer_block(air.mixer, out);
	ck_assert(air.out[0][0] == 0.25f && air.out[0][BLOCK_FRAMES - 1] == 0.25f);
	close_air();
}
END_TEST

START_TEST(test_orders_beyond_the_bound_are_refused_and_come_back)
{
	struct mix_command c = {.order = MIX_LEVEL, .at = {5000}};

	open_air(1);
	for (int i = 0; i < MIX_COMMANDS_MAX; i++)
		ck_assert(mixer_send(air.mixer, &c));
	ck_assert(!mixer_send(air.mixer, &c));
	run_blocks(3);
	ck_assert(!mixer_send(air.mixer, &c));
	run_blocks(10);
	for (int i = 0; i < MIX_COMMANDS_MAX; i++)
		ck_assert(mixer_send(air.mixer, &c));
	ck_assert(!mixer_send(air.mixer, &c));
	close_air();
}
END_TEST

START_TEST(test_events_come_in_the_order_of_frames)
{
	open_air(1);
	for (int d = 0; d < DECKS_MAX; d++) {
		feeder_load(air.feeder, d, fake_noise(1, 9000, 0.01f, FAKE_ENDS), false);
		send(play(d, 3000 - 150 * d, 500 + 13 * d, 1.0f));
	}
	run_blocks(20);
	ck_assert_int_eq(air.event_count, 2 * DECKS_MAX);
	for (int d = 0; d < DECKS_MAX; d++)
		ck_started(d, 3000 - 150 * (DECKS_MAX - 1 - d));
	close_air();
}
END_TEST

START_TEST(test_peak_is_of_the_output_and_starts_over)
{
	open_air(2);
	struct mix_command c = play(0, 0, 1000, 0.0f);
	feeder_load(air.feeder, 0, fake_flat(-0.25f, INT64_MAX), false);
	c.gain[1] = 1.0f;
	send(c);
	run_blocks(2);
	ck_assert(mixer_peak(air.mixer, 1) == 0.25f && mixer_peak(air.mixer, 0) == 0.0f);
	run_blocks(4);
	ck_assert(mixer_peak(air.mixer, 1) == 0.25f);
	run_blocks(4);
	ck_assert(mixer_peak(air.mixer, 1) == 0.0f);
	close_air();
}
END_TEST

/* A busy little programme with fades, ramps, loops and too much level. */
static void programme(void)
{
	struct mix_command level = {.order = MIX_LEVEL, .deck = 1, .at = {9999}, .fade_frames = 7777};

	open_air(3);
	for (int d = 0; d < 6; d++) {
		struct mix_command c = play(d, 1000 + 1717 * d, 20000, 1.5f);

		c.fade_in_frames = 500 * d;
		c.fade_frames = 3000;
		c.gain[1] = 0.1f * (float)d;
		feeder_load(air.feeder, d, fake_noise((uint32_t)d, 9000, 4, FAKE_ENDS), d % 2);
		send(c);
	}
	send(level);
	level.order = MIX_FADE;
	level.deck = 3;
	send(level);
	run_blocks(80);
}

START_TEST(test_twice_the_same_orders_give_the_same_bytes)
{
	static float first[3][AIR_FRAMES];

	programme();
	memcpy(first, air.out, sizeof(first));
	close_air();
	programme();
	ck_assert_int_eq(memcmp(first, air.out, sizeof(first)), 0);
	close_air();
}
END_TEST

START_TEST(test_silence_after_sound_is_exact_and_wakes_on_the_sample)
{
	open_air(1);
	feeder_load(air.feeder, 0, fake_noise(1, 4000, 40, FAKE_ENDS), false);
	feeder_load(air.feeder, 1, fake_noise(2, 4000, 1, FAKE_ENDS), false);
	send(play(0, 0, INT64_MAX, 1.0f));
	send(play(1, 30001, INT64_MAX, 1.0f));
	run_blocks(80);
	for (int64_t i = 4000; i < air.at; i++)
		ck_assert(air.out[0][i] ==
			  (i >= 30001 && i < 34001 ? fake_noise_at(2, i - 30001) : 0.0f));
	close_air();
}
END_TEST

Suite *suite_mixer(void)
{
	Suite *s = suite_create("mixer");
	TCase *t = tcase_create("mixer");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, test_starts_and_ends_on_the_sample_at_every_place_in_a_block);
	tcase_add_test(t, test_source_ends_on_its_last_sample);
	tcase_add_test(t, test_two_items_join_without_a_gap_or_an_overlap);
	tcase_add_test(t, test_an_order_too_late_begins_with_the_next_frame_mixed);
	tcase_add_test(t, test_an_order_sent_with_the_lead_is_on_the_sample);
	tcase_add_test(t, test_fade_in_and_fade_out_end_exactly);
	tcase_add_test(t, test_crossfade_keeps_the_power);
	tcase_add_test(t, test_level_ramps_with_equal_power_from_where_it_is);
	tcase_add_test(t, test_fade_order_ends_in_silence_on_its_frame);
	tcase_add_test(t, test_a_shorter_fade_takes_over_and_a_longer_one_does_not);
	tcase_add_test(t, test_an_immediate_cut_is_a_fade_of_no_frames);
	tcase_add_test(t, test_a_fade_before_the_start_takes_the_start_back);
	tcase_add_test(t, test_an_order_left_over_does_not_touch_the_next_source);
	tcase_add_test(t, test_loops_without_a_gap);
	tcase_add_test(t, test_zones_are_apart);
	tcase_add_test(t, test_a_broken_source_ends_its_deck_and_nothing_else);
	tcase_add_test(t, test_a_deck_without_source_ends_at_once);
	tcase_add_test(t, test_play_on_a_busy_deck_is_refused);
	tcase_add_test(t, test_a_late_feeder_is_told_and_costs_only_silence);
	tcase_add_test(t, test_orders_beyond_the_bound_are_refused_and_come_back);
	tcase_add_test(t, test_events_come_in_the_order_of_frames);
	tcase_add_test(t, test_peak_is_of_the_output_and_starts_over);
	tcase_add_test(t, test_twice_the_same_orders_give_the_same_bytes);
	tcase_add_test(t, test_silence_after_sound_is_exact_and_wakes_on_the_sample);
	suite_add_tcase(s, t);
	return s;
}
