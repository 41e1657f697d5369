/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulated air: a block is ten milliseconds, and measures come back to whom they belong. */
#include "station/air_sim.h"

#include "support/fake.h"
#include "station/playout.h"
#include "support/sound.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#define SECOND_BLOCKS 100

static struct clock_sim clock;
static struct air_sim sim;
static struct playout playout;

static void setup(void)
{
	clock_sim_init(&clock, (struct wall){INT64_C(1795386600) * NS_PER_S});
	clock_sim_advance(&clock, 123456789);
}

START_TEST(frames_and_moments_are_one)
{
	air_sim_init(&sim, &clock, 1, -1, "", false);
	const struct air_ops *ops = sim.air.ops;
	struct mono zero = clock.now_mono;

	ck_assert_int_eq(ops->frame_at(&sim.air, zero).n, 0);
	for (int i = 0; i < SECOND_BLOCKS; i++)
		air_sim_block(&sim, &playout);
	ck_assert_int_eq(clock.now_mono.ns - zero.ns, NS_PER_S);
	ck_assert_int_eq(ops->frame_at(&sim.air, clock.now_mono).n, FRAMES_PER_S);
	for (int64_t f = 0; f < 1000; f += 7) {
		struct mono t = ops->mono_at(&sim.air, (struct frame){f});
		ck_assert_int_eq(ops->frame_at(&sim.air, t).n, f);
	}
	air_sim_finish(&sim);
}
END_TEST

START_TEST(no_device_but_what_a_test_says)
{
	struct air_device d;

	air_sim_init(&sim, &clock, 1, -1, "", false);
	air_sim_block(&sim, &playout);
	sim.air.ops->device(&sim.air, 0, &d);
	ck_assert(!d.on);
	ck_assert_str_eq(d.name, "");
	ck_assert_int_eq(d.taken.n, BLOCK_FRAMES);
	air_sim_finish(&sim);
}
END_TEST

START_TEST(a_missing_master_is_an_error_that_names_it)
{
	struct err e = {0};

	air_sim_init(&sim, &clock, 1, -1, "/khong/co", false);
	ck_assert_ptr_null(sim.air.ops->open_master(&sim.air, "abc", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	air_sim_finish(&sim);
}
END_TEST

/* A sine of −20 dBFS has −23.0 LUFS (EBU Tech 3341, one channel of mono). */
START_TEST(a_measure_finds_its_airing)
{
	static float sine[10 * FRAMES_PER_S];
	struct run *r = calloc(1, sizeof(*r) + 2 * sizeof(r->items[0]));

	ck_assert_ptr_nonnull(r);
	sound_sine(sine, 0, 10 * FRAMES_PER_S, 997, 0.1);
	r->item_count = 2;
	r->items[0].tag = 70;
	r->items[1].tag = 71;
	playout = (struct playout){.runs = r};
	air_sim_init(&sim, &clock, 2, -1, "", true);
	feeder_load(sim.air.feeder, 0, fake_samples(sine, 10 * FRAMES_PER_S), false);
	struct mix_command c = {.order = MIX_PLAY, .at = {FRAMES_PER_S}, .tag = 71,
				.length_frames = INT64_MAX, .gain = {0, 1}};
	ck_assert(mixer_send(sim.air.mixer, &c));
	for (int i = 0; i < 12 * SECOND_BLOCKS; i++) {
		if (i == 50)
			sim.air.ops->measure_begin(&sim.air, 71, 2, (struct frame){FRAMES_PER_S});
		if (i == 850)
			sim.air.ops->measure_end(&sim.air, 71, (struct frame){9 * FRAMES_PER_S});
		air_sim_block(&sim, &playout);
		ck_assert(sim.out[0][0] == 0.0f);
	}
	ck_assert(!r->items[0].measured);
	ck_assert(r->items[1].measured);
	ck_assert(fabs(r->items[1].loudness_lufs - -23.0) < 0.1);
	ck_assert(fabs(r->items[1].peak_dbtp - -20.0) < 0.1);
	sim.air.ops->measure_end(&sim.air, 71, (struct frame){0}); /* over: nothing happens */
	feeder_unload(sim.air.feeder, 0);
	air_sim_finish(&sim);
	free(r);
	ck_assert_int_eq(fake_open_count(), 0);
}
END_TEST

Suite *suite_air_sim(void)
{
	Suite *s = suite_create("air_sim");
	TCase *t = tcase_create("air_sim");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, frames_and_moments_are_one);
	tcase_add_test(t, no_device_but_what_a_test_says);
	tcase_add_test(t, a_missing_master_is_an_error_that_names_it);
	tcase_add_test(t, a_measure_finds_its_airing);
	suite_add_tcase(s, t);
	return s;
}
