/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An emergency in what was given out already. The same through engine and ring:
 * test_engine_unheard.c. */
#include "mix/mixer.h"

#include "mix/feeder.h"
#include "support/air.h"
#include "support/fake.h"
#include "sys/rt.h"

#include <check.h>
#include <math.h>
#include <string.h>

#define FADE (BREAK_IN_MS * 48)
#define KEPT (20 * BLOCK_FRAMES)
#define SOUND 4800

static float siren[SOUND];
static float kept[AIR_ZONES][KEPT];

/* Two zones with noise in both, mixed for 15 blocks; the siren is ordered for the first. */
static void open_air(void)
{
	for (int i = 0; i < SOUND; i++)
		siren[i] = 0.25f;
	air_open(2);
	feeder_load(air.feeder, 0, fake_noise(1, 48000, 1, FAKE_ENDS), false);
	air_send(air_play(0, 0, 40000, 1.0f));
	air_run(15);
}

static struct mix_command order(enum mix_order what, int deck)
{
	struct mix_command c = air_play(deck, 0, 96000, 0.0f);

	c.order = what;
	c.breaks_in = true;
	if (what == MIX_PLAY) {
		c.memory = siren;
		c.memory_frames = SOUND;
		c.gain[0] = 1.0f;
	} else {
		c.fade_frames = FADE;
	}
	return c;
}

/* What air.out holds before air.at is what was given out: that is changed, as an engine's is. */
static void break_in(int64_t from)
{
	struct mixer_unheard unheard = {.zone = {kept[0], kept[1]}, .frames = KEPT};

	ck_assert_int_le(air.at, KEPT);
	for (int z = 0; z < 2; z++)
		memcpy(kept[z], air.out[z], sizeof(kept[z]));
	rt_enter();
	bool waited = mixer_break_waits(air.mixer);
	mixer_break_in(air.mixer, (struct frame){from}, &unheard);
	bool waits = mixer_break_waits(air.mixer);
	rt_leave();
	ck_assert(waited && !waits);
	for (int z = 0; z < 2; z++)
		memcpy(air.out[z], kept[z], sizeof(float) * (size_t)air.at);
	air_take_events();
}

/* Of zone 0 from frame `from` on: the noise fades in 50 ms, the siren is there at once. */
static void ck_zone(int64_t from)
{
	for (int64_t i = 0; i < from; i++)
		ck_assert(air.out[0][i] == fake_noise_at(1, i));
	for (int64_t i = from; i < air.at - BLOCK_FRAMES; i++) {
		double way = (double)(i - from + 1) / FADE;
		double gain = way < 1 ? cos(M_PI_2 * way) : 0;
		double want = 0.25 + gain * (double)fake_noise_at(1, i);
		ck_assert_msg(fabs((double)air.out[0][i] - want) < 1e-5, "frame %d: %g, not %g",
			      (int)i, (double)air.out[0][i], want);
	}
	for (int64_t i = 0; i < air.at - BLOCK_FRAMES; i++)
		ck_assert(air.out[1][i] == fake_noise_at(1, i));
}

/* At any place in what is kept, in the block that the limiter holds, and behind it. */
START_TEST(it_sounds_where_it_was_ordered)
{
	for (int64_t from = 5 * BLOCK_FRAMES + 7; from < 16 * BLOCK_FRAMES; from += 331) {
		open_air();
		struct mix_command level = order(MIX_LEVEL, 0);
		level.gain[1] = 1.0f; /* zone 1 keeps the noise */
		air_send(level);
		air_send(order(MIX_PLAY, 5));
		break_in(from);
		air_run(20);
		air_ck_started(1, from);
		ck_assert_uint_eq(air_event(MIX_STARTED, 1)->tag, 105);
		ck_zone(from);
		air_close();
	}
}
END_TEST

START_TEST(what_it_ends_says_what_was_heard)
{
	open_air();
	air_send(order(MIX_FADE, 0));
	air_send(order(MIX_PLAY, 5));
	break_in(3000);
	/* Mixed up to 16 blocks, 7680; but it was over 50 ms after frame 3000. */
	air_ck_ended(0, MIX_END_FADED, 3000 + FADE, 3000 + FADE);
	air_run(3);
	air_close();
}
END_TEST

START_TEST(a_fade_goes_on_where_the_blocks_end)
{
	open_air();
	air_send(order(MIX_FADE, 0));
	air_send(order(MIX_PLAY, 5));
	break_in(15 * BLOCK_FRAMES - 100);
	air_run(20);
	for (int64_t i = 0; i < 15 * BLOCK_FRAMES - 100; i++)
		ck_assert(air.out[0][i] == fake_noise_at(1, i));
	for (int64_t i = 15 * BLOCK_FRAMES - 100; i < air.at; i++) {
		double way = (double)(i - 15 * BLOCK_FRAMES + 101) / FADE;
		double want = 0.25 + (way < 1 ? cos(M_PI_2 * way) : 0) *
					     (double)fake_noise_at(1, i);
		ck_assert_msg(fabs((double)air.out[0][i] - want) < 1e-5, "frame %d: %g, not %g",
			      (int)i, (double)air.out[0][i], want);
	}
	air_ck_ended(0, MIX_END_FADED, 15 * BLOCK_FRAMES - 100 + FADE,
		     15 * BLOCK_FRAMES - 100 + FADE);
	air_close();
}
END_TEST

START_TEST(silence_is_broken_as_well)
{
	for (int i = 0; i < SOUND; i++)
		siren[i] = 0.25f;
	air_open(2);
	air_run(15);
	air_send(order(MIX_PLAY, 5));
	break_in(6001);
	air_run(10);
	for (int64_t i = 0; i < air.at; i++) {
		ck_assert(air.out[0][i] == (i < 6001 ? 0.0f : 0.25f));
		ck_assert(air.out[1][i] == 0.0f);
	}
	air_close();
}
END_TEST

/* A block that is mixed between the fade and the siren would have begun the fade of itself, and the
 * siren's would break off in the middle of it. */
START_TEST(no_block_comes_between_fade_and_siren)
{
	int64_t from = 15 * BLOCK_FRAMES + 77;

	open_air();
	mixer_gather(air.mixer);
	air_send(order(MIX_FADE, 0));
	air_run(1);
	air_send(order(MIX_PLAY, 5));
	air_run(1);
	for (int64_t i = 0; i < air.at; i++)
		ck_assert(air.out[0][i] == fake_noise_at(1, i));
	mixer_hand_over(air.mixer);
	break_in(from);
	air_run(20);
	for (int64_t i = 0; i < air.at; i++) {
		double way = (double)(i - from + 1) / FADE;
		double gain = i < from ? 1 : way < 1 ? cos(M_PI_2 * way) : 0;
		double want = (i < from ? 0 : 0.25) + gain * (double)fake_noise_at(1, i);
		ck_assert_msg(fabs((double)air.out[0][i] - want) < 1e-5, "frame %d: %g, not %g",
			      (int)i, (double)air.out[0][i], want);
	}
	air_ck_ended(0, MIX_END_FADED, from + FADE, from + FADE);
	air_close();
}
END_TEST

/* However much a caller keeps, what breaks in does not end in there. */
START_TEST(it_reaches_back_less_than_it_lasts)
{
	static float deep[AIR_ZONES][200 * BLOCK_FRAMES];
	struct mixer_unheard unheard = {.zone = {deep[0], deep[1]}, .frames = 200 * BLOCK_FRAMES};

	open_air();
	air_run(150);
	struct mix_command c = order(MIX_PLAY, 5);
	c.length_frames = (int64_t)BREAK_IN_LEAST_MS * 48 + 1;
	air_send(c);
	ck_assert(mixer_break_waits(air.mixer));
	int64_t mixed = air.at + BLOCK_FRAMES;
	mixer_break_in(air.mixer, (struct frame){10}, &unheard);
	air_take_events();
	air_ck_started(1, mixed - (int64_t)BREAK_IN_LEAST_MS * 48);
	air_run(1);
	air_ck_ended(1, MIX_END_LENGTH, mixed + 1, (int64_t)BREAK_IN_LEAST_MS * 48 + 1);
	air_close();
}
END_TEST

/* Two loud sounds at once: what the limiter has let go stays below its ceiling. */
START_TEST(nothing_grows_too_loud)
{
	open_air();
	for (int i = 0; i < SOUND; i++)
		siren[i] = i % 2 == 0 ? 0.8f : -0.8f;
	air_send(order(MIX_PLAY, 5));
	break_in(14 * BLOCK_FRAMES);
	air_run(20);
	for (int64_t i = 0; i < air.at; i++)
		ck_assert_float_le(fabsf(air.out[0][i]), 0.8913f);
	air_close();
}
END_TEST

/* No frame before what is kept is touched, and none is asked for that nobody mixed. */
START_TEST(it_reaches_no_farther_than_it_can)
{
	open_air();
	air_send(order(MIX_PLAY, 5));
	break_in(-77);
	air_ck_started(1, 0);
	air_close();
	open_air();
	air_send(order(MIX_PLAY, 5));
	break_in(1000000);
	air_ck_started(1, 16 * BLOCK_FRAMES);
	air_run(3);
	ck_assert(air.out[0][16 * BLOCK_FRAMES - 1] ==
		  fake_noise_at(1, 16 * BLOCK_FRAMES - 1));
	air_close();
}
END_TEST

/* Where nothing is kept, a play that breaks in begins with the next frame, as ever. */
START_TEST(without_anything_kept_it_is_an_order_like_others)
{
	open_air();
	air_send(order(MIX_FADE, 0));
	air_send(order(MIX_PLAY, 5));
	air_run(10);
	air_ck_started(1, 16 * BLOCK_FRAMES);
	air_ck_ended(0, MIX_END_FADED, 16 * BLOCK_FRAMES + FADE, 16 * BLOCK_FRAMES + FADE);
	air_close();
}
END_TEST

Suite *suite_mixer_break(void);
Suite *suite_mixer_break(void)
{
	Suite *s = suite_create("mixer_break");
	TCase *t = tcase_create("mixer_break");

	tcase_add_test(t, it_sounds_where_it_was_ordered);
	tcase_add_test(t, what_it_ends_says_what_was_heard);
	tcase_add_test(t, a_fade_goes_on_where_the_blocks_end);
	tcase_add_test(t, silence_is_broken_as_well);
	tcase_add_test(t, no_block_comes_between_fade_and_siren);
	tcase_add_test(t, it_reaches_back_less_than_it_lasts);
	tcase_add_test(t, nothing_grows_too_loud);
	tcase_add_test(t, it_reaches_no_farther_than_it_can);
	tcase_add_test(t, without_anything_kept_it_is_an_order_like_others);
	suite_add_tcase(s, t);
	return s;
}
