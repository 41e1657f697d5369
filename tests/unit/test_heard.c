/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With sounds made of chance, as restless as speech; error rates with speech, music, noise and
 * echo: bench/proof_levels.sh. */
#include "base/heard.h"

#include "sys/chance.h"

#include <check.h>
#include <math.h>
#include <string.h>

#define LEAD 100 /* hops before the sound */

static struct envelope sound, air;
static struct chance luck;
static const struct heard_where near_by = {.expected = LEAD, .early_hops = 25, .late_hops = 150,
					   .drift_ppm = 600};

static uint8_t dice(int most)
{
	return (uint8_t)chance_below(&luck, (uint64_t)most);
}

/* Syllables: each band jumps every sixth of a second or so. */
static void speak(struct envelope *e, int64_t hops)
{
	struct envelope_hop hop = {{0}};

	for (int64_t i = 0; i < hops; i++) {
		for (int b = 0; b < ENVELOPE_BANDS; b++)
			if (i == 0 || dice(8) == 0)
				hop.band[b] = (uint8_t)(100 + dice(80));
		envelope_push(e, &hop);
	}
}

/* What a microphone gives of hops [from, from + hops) of the sound: 20 dB softer, over noise. */
static void hear(int64_t from, int64_t hops, int noise)
{
	for (int64_t i = from; i < from + hops; i++) {
		struct envelope_hop hop = {{0}};
		for (int b = 0; b < ENVELOPE_BANDS; b++) {
			int level = i >= 0 && i < sound.count ? sound.hops[i].band[b] - 40 : 20;
			level += noise > 0 ? dice(2 * noise) - noise : 0;
			hop.band[b] = (uint8_t)(level > 0 ? level : 0);
		}
		envelope_push(&air, &hop);
	}
}

static struct heard search(const struct heard_where *where)
{
	struct heard h;

	heard_search(&sound, &air, where, &heard_microphone, &h);
	return h;
}

static void setup(void)
{
	luck = (struct chance){11};
	speak(&sound, 1500);
}

static void teardown(void)
{
	envelope_free(&sound);
	envelope_free(&air);
}

START_TEST(the_sound_is_found_where_it_is)
{
	hear(-LEAD - 37, 1500 + 2 * LEAD + 37, 20);
	struct heard h = search(&near_by);

	ck_assert(h.found);
	ck_assert_double_gt(h.score, 0.8);
	ck_assert_double_eq(h.share, 1);
	ck_assert_double_eq_tol(h.offset_ms, 37 * 20, 10);
	ck_assert_int_eq(h.judged, 8);
}
END_TEST

START_TEST(another_is_not)
{
	struct envelope other = {0};

	speak(&other, 1500);
	struct envelope mine = sound;
	sound = other;
	hear(-LEAD, 1500 + 2 * LEAD, 5);
	sound = mine;
	struct heard h = search(&near_by);
	ck_assert(!h.found);
	ck_assert_double_lt(h.score, 0.4);
	envelope_free(&other);
}
END_TEST

/* What broke off is not heard, however well its beginning fits. */
START_TEST(the_beginning_alone_is_not_the_whole)
{
	hear(-LEAD, LEAD + 1000, 5);
	hear(5000, 700, 5);
	struct heard h = search(&near_by);

	ck_assert(!h.found);
	ck_assert_double_eq_tol(h.share, 5.0 / 8, 0.01);
}
END_TEST

START_TEST(silence_is_not_the_sound)
{
	hear(5000, 1500 + 2 * LEAD, 3);
	ck_assert(!search(&near_by).found);
	envelope_free(&air);
	ck_assert(!search(&near_by).found); /* and what was not taken in at all */
}
END_TEST

START_TEST(what_lies_beyond_the_lags_is_not_sought)
{
	hear(-LEAD - 200, 1500 + 2 * LEAD + 200, 5);
	ck_assert(!search(&near_by).found);
	struct heard_where wider = near_by;
	wider.late_hops = 220;
	ck_assert(search(&wider).found);
}
END_TEST

/* 500 ppm are 15 ms in 30 s; so that it can be seen, ten minutes: 300 ms. */
START_TEST(a_clock_that_drifts_is_followed)
{
	speak(&sound, 28500);
	hear(-LEAD, LEAD, 5);
	for (int64_t i = 0; i < 30000; i++)
		hear(i + i / 2000, 1, 5); /* skips a hop in 2,000 */
	hear(30000, LEAD, 5);
	struct heard h = search(&near_by);
	ck_assert(h.found);
	ck_assert_double_eq_tol(h.drift_ppm, -500, 60);
	struct heard_where steady = near_by;
	steady.drift_ppm = 0;
	ck_assert_double_lt(search(&steady).score, h.score);
}
END_TEST

/* The whole sound as a clock takes it in that counts `ppm` slower, from between two hops on. */
static void hear_drifting(double from, double ppm)
{
	envelope_free(&air);
	for (int64_t i = 0; i < sound.count + 3 * LEAD; i++) {
		double place = ((double)i - LEAD - from) * (1 - ppm * 1e-6);
		int64_t whole = (int64_t)floor(place);
		double share = place - (double)whole;
		struct envelope_hop hop = {{0}};

		for (int b = 0; b < ENVELOPE_BANDS; b++) {
			double level = 20;
			if (whole >= 0 && whole + 1 < sound.count)
				level = sound.hops[whole].band[b] * (1 - share) +
					sound.hops[whole + 1].band[b] * share - 40;
			hop.band[b] = (uint8_t)(level + dice(10));
		}
		envelope_push(&air, &hop);
	}
}

/* Half a minute, wherever between two hops it begins. */
START_TEST(a_clock_that_is_right_does_not_drift)
{
	for (int quarter = 0; quarter < 4; quarter++) {
		hear_drifting(30 + quarter * 0.25, 0);
		struct heard h = search(&near_by);
		ck_assert(h.found);
		ck_assert_double_eq_tol(h.drift_ppm, 0, 60);
		ck_assert_double_eq_tol(h.offset_ms, (30 + quarter * 0.25) * 20, 8);
	}
}
END_TEST

START_TEST(a_known_drift_is_measured)
{
	static const double known[] = {50, -120, 300, -600};

	speak(&sound, 3000);
	for (int i = 0; i < 4; i++) {
		hear_drifting(30.4, known[i]);
		struct heard h = search(&near_by);
		ck_assert(h.found);
		ck_assert_double_eq_tol(h.drift_ppm, known[i], 40);
	}
}
END_TEST

START_TEST(a_short_sound_does_not_tell_its_drift)
{
	envelope_free(&sound);
	speak(&sound, 800);
	hear_drifting(30, 0);
	struct heard h = search(&near_by);
	ck_assert(h.found && isnan(h.drift_ppm));
}
END_TEST

START_TEST(too_short_or_flat_says_nothing)
{
	envelope_free(&sound);
	speak(&sound, HEARD_LEAST_HOPS - 1);
	hear(-LEAD, 2 * LEAD + 200, 0);
	ck_assert_int_eq(search(&near_by).judged, 0);
	ck_assert(!search(&near_by).found);
	envelope_free(&sound);
	struct envelope_hop tone = {{0, 0, 0, 200, 0, 0, 0, 0}};
	for (int i = 0; i < 1000; i++)
		envelope_push(&sound, &tone);
	ck_assert_int_eq(search(&near_by).judged, 0);
	ck_assert(!search(&near_by).found);
}
END_TEST

static void be_steady(int64_t hops, int ends)
{
	for (int64_t i = 0; i < hops; i++) {
		bool soft = i < ends || i >= hops - ends;
		struct envelope_hop hop = {{0, 0, 0, (uint8_t)(soft ? 120 : 200), 0, 0, 0, 0}};
		envelope_push(&sound, &hop);
	}
}

/* The soft ends of a tone are those of any other. */
START_TEST(the_ends_of_a_tone_are_not_judged)
{
	for (int64_t hops = 200; hops <= 1500; hops += 650) {
		envelope_free(&sound);
		envelope_free(&air);
		be_steady(hops, 15);
		hear(-LEAD, hops + 2 * LEAD, 0);
		struct heard h = search(&near_by);
		ck_assert_int_eq(h.judged, 0);
		ck_assert(!h.found && h.parts == (hops + 199) / 200);
	}
}
END_TEST

/* Of ten parts; the rest is a tone. */
START_TEST(a_few_syllables_do_not_vouch_for_a_tone)
{
	for (int parts = 7; parts <= 8; parts++) {
		envelope_free(&sound);
		envelope_free(&air);
		speak(&sound, (int64_t)parts * HEARD_PART_HOPS);
		be_steady((int64_t)(10 - parts) * HEARD_PART_HOPS, 0);
		hear(-LEAD, sound.count + 2 * LEAD, 0);
		struct heard h = search(&near_by);
		ck_assert_int_eq(h.judged, parts);
		ck_assert_int_eq(h.parts, 10);
		ck_assert(h.fits);
		ck_assert_int_eq(h.found, parts >= 8);
	}
}
END_TEST

/* A long one has more parts than the line is sought with. */
START_TEST(an_hour_is_searched_too)
{
	speak(&sound, 3600 * ENVELOPE_HOPS_PER_S - 1500);
	hear(-LEAD - 11, sound.count + 2 * LEAD, 10);
	struct heard h = search(&near_by);

	ck_assert(h.found);
	ck_assert_double_eq_tol(h.offset_ms, 220, 20);
	ck_assert_int_eq(h.judged, 900);
}
END_TEST

Suite *suite_heard(void);
Suite *suite_heard(void)
{
	Suite *s = suite_create("heard");
	TCase *c = tcase_create("heard");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_sound_is_found_where_it_is);
	tcase_add_test(c, another_is_not);
	tcase_add_test(c, the_beginning_alone_is_not_the_whole);
	tcase_add_test(c, silence_is_not_the_sound);
	tcase_add_test(c, what_lies_beyond_the_lags_is_not_sought);
	tcase_add_test(c, a_clock_that_drifts_is_followed);
	tcase_add_test(c, a_clock_that_is_right_does_not_drift);
	tcase_add_test(c, a_known_drift_is_measured);
	tcase_add_test(c, a_short_sound_does_not_tell_its_drift);
	tcase_add_test(c, too_short_or_flat_says_nothing);
	tcase_add_test(c, the_ends_of_a_tone_are_not_judged);
	tcase_add_test(c, a_few_syllables_do_not_vouch_for_a_tone);
	tcase_add_test(c, an_hour_is_searched_too);
	suite_add_tcase(s, c);
	return s;
}
