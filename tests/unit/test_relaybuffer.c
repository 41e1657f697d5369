/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/relaybuffer.h"

#include "base/limits.h"
#include "support/sound.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#define PART 4800 /* 100 ms */
#define STEP 1e-7 /* of a ramp */
#define NEAR 64.0 /* frames: the resampler is a hair off at its begin */

static struct relaybuffer *b;
static struct relay_state state;
static int64_t sent; /* frames */
static struct mono now;
static float out[FEED_FRAMES];

static void setup(void)
{
	b = relaybuffer_create(&relaybuffer_relay);
	now = (struct mono){1000 * NS_PER_S};
	sent = 0;
	relaybuffer_begin(b, now);
}

static void teardown(void)
{
	relaybuffer_destroy(b);
}

static void send(int parts, double amplitude)
{
	float x[PART];

	for (int i = 0; i < parts; i++, sent += PART) {
		sound_sine(x, sent, PART, 440, amplitude);
		relaybuffer_put(b, x, PART, now);
	}
}

/* In step with the clock. */
static void live(int parts, double amplitude)
{
	for (int i = 0; i < parts; i++) {
		now = mono_add_ns(now, NS_PER_S / 10);
		send(1, amplitude);
	}
}

static void look(void)
{
	relaybuffer_state(b, now, &state);
}

static int64_t read_all(struct source *s, int64_t most)
{
	int64_t all = 0, n;

	while (all < most && (n = s->ops->read(s, out, FEED_FRAMES)) > 0)
		all += n;
	return all;
}

START_TEST(test_before_its_slot_the_newest_seconds_are_kept)
{
	look();
	ck_assert(!state.coming && !state.ready);
	send(60, 0.3); /* the burst that a server begins with */
	look();
	ck_assert(state.coming && state.ready);
	live(100, 0.3);
	look();
	ck_assert_double_eq_tol(state.held_s, RELAY_HOLD_S, 0.001);
	ck_assert_int_eq(state.sounded.ns, now.ns);
	ck_assert_uint_eq(state.jumps, 0);
	struct source *s = relaybuffer_source(b, (struct frame){-1});
	int64_t got = read_all(s, INT64_MAX);
	ck_assert_int_ge(got, (RELAY_HOLD_S - 1) * FRAMES_PER_S);
	ck_assert_int_le(got, RELAY_HOLD_S * FRAMES_PER_S);
	ck_assert_int_eq(s->ops->read(s, out, FEED_FRAMES), SOURCE_LATER);
	s->ops->close(s);
}
END_TEST

/* HLS: six seconds at once. */
START_TEST(test_bursts_make_it_hold_more)
{
	for (int i = 0; i < 3; i++) {
		send(60, 0.3);
		now = mono_add_ns(now, 6 * NS_PER_S);
	}
	send(60, 0.3);
	look();
	ck_assert_double_ge(state.held_s, 8);
	ck_assert(state.ready);
}
END_TEST

START_TEST(test_silence_and_its_end_are_seen)
{
	live(50, 0.3);
	struct mono last = now;
	live(80, 0);
	look();
	ck_assert(state.coming);
	ck_assert_int_le(llabs(state.sounded.ns - last.ns), NS_PER_S / 10);
	ck_assert_int_eq(state.since.ns, INT64_MAX);
	struct mono again = now;
	live(30, 0.3);
	look();
	ck_assert_int_le(llabs(state.since.ns - again.ns), NS_PER_S / 5);
	live(20, 0); /* a breath between two items */
	live(10, 0.3);
	look();
	ck_assert_int_le(llabs(state.since.ns - again.ns), NS_PER_S / 5);
}
END_TEST

/* What was taken from the buffer is in the deck, and is heard yet. */
START_TEST(test_on_air_sound_lasts_until_it_is_heard)
{
	live(60, 0.3);
	struct source *s = relaybuffer_source(b, (struct frame){-1});
	live(10, 0.3);
	look();
	ck_assert_int_gt(state.sounded.ns, now.ns + 4 * NS_PER_S);
	ck_assert_int_lt(state.sounded.ns, now.ns + 8 * NS_PER_S);
	s->ops->close(s);
}
END_TEST

START_TEST(test_after_a_hole_it_waits_until_there_is_enough)
{
	live(60, 0.3);
	struct source *s = relaybuffer_source(b, (struct frame){-1});
	read_all(s, INT64_MAX);
	for (int i = 0; i < 10; i++)
		ck_assert_int_eq(s->ops->read(s, out, FEED_FRAMES), SOURCE_LATER);
	live(20, 0.3);
	ck_assert_int_eq(s->ops->read(s, out, FEED_FRAMES), SOURCE_LATER);
	live(30, 0.3);
	ck_assert_int_gt(s->ops->read(s, out, FEED_FRAMES), 0);
	s->ops->close(s);
}
END_TEST

/* The source runs 300 ppm fast for half an hour: the level stays, and the sine goes on without a
 * step. */
START_TEST(test_a_fast_clock_is_absorbed_without_a_step)
{
	static float x[PART + 2], was;
	double place = 0, most = 0;
	int64_t taken = 0;

	live(60, 0.3);
	struct source *s = relaybuffer_source(b, (struct frame){-1});
	while (s->ops->read(s, out, FEED_FRAMES) > 0 && taken < 48000) /* into the deck */
		taken += FEED_FRAMES;
	double phase = 2 * M_PI * 440 * (double)sent / 48000;
	for (int i = 0; i < 6000; i++) {
		now = mono_add_ns(now, NS_PER_S / 10);
		place += PART * 300e-6;
		int n = PART + (int)place;
		place -= (int)place;
		for (int k = 0; k < n; k++, phase += 2 * M_PI * 440 / 48000)
			x[k] = (float)(0.3 * sin(phase));
		relaybuffer_put(b, x, n, now);
		int64_t got = 0;
		while (got < PART) {
			int64_t left = PART - got;
			int64_t m = s->ops->read(s, out, left < FEED_FRAMES ? left : FEED_FRAMES);
			ck_assert_int_gt(m, 0);
			for (int64_t k = 0; k < m; k++) {
				if (i > 0)
					most = fmax(most, fabs((double)(out[k] - was)));
				was = out[k];
			}
			got += m;
		}
	}
	look();
	ck_assert_double_eq_tol(state.ppm, 300, 20);
	ck_assert_uint_eq(state.jumps, 0);
	/* The steepest step of this sine between two samples, and a little more. */
	ck_assert_double_le(most, 0.3 * 2 * M_PI * 440 / 48000 * 1.02);
	s->ops->close(s);
}
END_TEST

START_TEST(test_a_sender_in_haste_is_held_back)
{
	int64_t first = relaybuffer_room(b, now);

	ck_assert_int_eq(first, RELAY_BURST_S * FRAMES_PER_S);
	send(RELAY_BURST_S * 10, 0.3);
	ck_assert_int_eq(relaybuffer_room(b, now), 0);
	now = mono_add_ns(now, 10 * NS_PER_S);
	ck_assert_int_eq(relaybuffer_room(b, now),
			 (int64_t)(10 * FRAMES_PER_S * RELAY_PACE));
}
END_TEST

START_TEST(test_too_much_at_once_is_bounded_and_told)
{
	live(60, 0.3);
	struct source *s = relaybuffer_source(b, (struct frame){-1});
	send(600, 0.3);
	look();
	ck_assert_double_le(state.held_s, (double)RELAY_BUFFER_FRAMES / 48000);
	ck_assert_uint_gt(state.jumps, 0);
	s->ops->close(s);
}
END_TEST

START_TEST(test_what_is_no_number_is_silence)
{
	float x[PART];

	for (int i = 0; i < PART; i++)
		x[i] = i % 2 ? NAN : INFINITY;
	for (int i = 0; i < 50; i++)
		relaybuffer_put(b, x, PART, now);
	struct source *s = relaybuffer_source(b, (struct frame){-1});
	int64_t n = s->ops->read(s, out, FEED_FRAMES);
	ck_assert_int_gt(n, 0);
	for (int64_t i = 0; i < n; i++)
		ck_assert(out[i] == 0);
	s->ops->close(s);
}
END_TEST

/* Where the next frame that this one gives lies in what was sent. Behind where the resampler begins
 * with nothing. */
static int64_t got; /* frames, by then */
static double place_of(struct source *s)
{
	got = s->ops->read(s, out, FEED_FRAMES);
	ck_assert_int_gt(got, 3000);
	return (double)out[3000] / STEP - 3000;
}

/* A ramp says of each sample where it lies; no correction of the clock yet: to a few frames. */
static void ramp(int parts)
{
	float x[PART];

	for (int i = 0; i < parts; i++) {
		now = mono_add_ns(now, NS_PER_S / 10);
		for (int k = 0; k < PART; k++)
			x[k] = (float)(sent + k) * STEP;
		relaybuffer_put(b, x, PART, now);
		sent += PART;
	}
}

START_TEST(test_two_decks_hear_one_programme)
{
	ramp(60);
	struct source *one = relaybuffer_source(b, (struct frame){1000000});
	double from = place_of(one);
	/* It is on air and has been read ahead of what is heard; the other begins 2 s after it. */
	int64_t given = got;
	given += read_all(one, 60000);
	ramp(10);
	look();
	ck_assert(state.ready);
	struct source *two = relaybuffer_source(b, (struct frame){1096000});
	ck_assert_double_eq_tol(place_of(two), from + 96000, NEAR);
	int64_t second = got;
	/* Neither takes anything from the other. */
	ck_assert_double_eq_tol(place_of(one), from + (double)given, NEAR);
	ck_assert(!two->ops->rewind(two));
	one->ops->close(one);
	ck_assert_double_eq_tol(place_of(two), from + 96000 + (double)second, NEAR);
	look();
	double left = (double)sent - from - 96000 - 2 * FEED_FRAMES;
	ck_assert_double_eq_tol(state.held_s, left / 48000, 0.1);
	two->ops->close(two);
}
END_TEST

/* Less waits than a start needs, because a deck has taken of it. */
START_TEST(test_what_is_on_air_is_ready)
{
	live(60, 0.3);
	struct source *one = relaybuffer_source(b, (struct frame){-1});
	read_all(one, DECK_AHEAD_FRAMES);
	look();
	ck_assert(state.ready);
	read_all(one, INT64_MAX);
	look();
	ck_assert(!state.ready);
	/* Nobody knows when what it gives is heard: it begins with what there is. */
	struct source *two = relaybuffer_source(b, (struct frame){1});
	live(5, 0.3);
	ck_assert_int_gt(two->ops->read(two, out, FEED_FRAMES), 0);
	one->ops->close(one);
	two->ops->close(two);
}
END_TEST

START_TEST(test_all_jump_together)
{
	ramp(60);
	struct source *one = relaybuffer_source(b, (struct frame){1000000});
	double from = place_of(one);
	int64_t given = got;
	struct source *two = relaybuffer_source(b, (struct frame){1048000});
	ramp(600);
	look();
	ck_assert_uint_gt(state.jumps, 0);
	given += read_all(one, 2 * FEED_FRAMES); /* beyond the splice */
	int64_t second = read_all(two, 2 * FEED_FRAMES);
	double jumped = place_of(one) - from - (double)given;
	ck_assert_double_gt(jumped, 48000 - NEAR);
	ck_assert_double_eq_tol(place_of(two) - from - 48000 - (double)second, jumped, NEAR);
	one->ops->close(one);
	two->ops->close(two);
}
END_TEST

START_TEST(test_begun_anew_it_has_nothing_for_who_took_before)
{
	live(60, 0.3);
	struct source *one = relaybuffer_source(b, (struct frame){-1});
	relaybuffer_begin(b, now);
	live(60, 0.3);
	ck_assert_int_eq(one->ops->read(one, out, FEED_FRAMES), SOURCE_LATER);
	struct source *two = relaybuffer_source(b, (struct frame){-1});
	one->ops->close(one);
	ck_assert_int_gt(two->ops->read(two, out, FEED_FRAMES), 0);
	two->ops->close(two);
}
END_TEST

Suite *suite_relaybuffer(void);
Suite *suite_relaybuffer(void)
{
	Suite *s = suite_create("relaybuffer");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, test_before_its_slot_the_newest_seconds_are_kept);
	tcase_add_test(t, test_bursts_make_it_hold_more);
	tcase_add_test(t, test_silence_and_its_end_are_seen);
	tcase_add_test(t, test_on_air_sound_lasts_until_it_is_heard);
	tcase_add_test(t, test_after_a_hole_it_waits_until_there_is_enough);
	tcase_add_test(t, test_a_fast_clock_is_absorbed_without_a_step);
	tcase_add_test(t, test_a_sender_in_haste_is_held_back);
	tcase_add_test(t, test_too_much_at_once_is_bounded_and_told);
	tcase_add_test(t, test_what_is_no_number_is_silence);
	tcase_add_test(t, test_two_decks_hear_one_programme);
	tcase_add_test(t, test_what_is_on_air_is_ready);
	tcase_add_test(t, test_all_jump_together);
	tcase_add_test(t, test_begun_anew_it_has_nothing_for_who_took_before);
	suite_add_tcase(s, t);
	return s;
}
