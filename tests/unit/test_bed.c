/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bed: under an announcement, out after it, in the place of what broke, never in its way. */
#include "station/bed.h"

#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>
#include <stdio.h>

static struct playing g;

/* The bed's master is the noise of seed 5, over and over. */
static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	struct bulletin *noise = playing_bulletin(&g, "nen", 5, 3);
	noise->state = BULLETIN_RECEIVED; /* only its master is wanted */
	struct asset *bed = case_asset(g.c, "nen.wav", 3);
	snprintf(bed->sha256, sizeof(bed->sha256), "%s", noise->sha256);
	snprintf(g.c->settings.bed, sizeof(g.c->settings.bed), "nen.wav");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, ident: false, "
				  "play: {bulletins: {}}}\n"));
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* Mean square of zone 0, from–to in seconds after 05:30. */
static double power(double from, double to)
{
	int64_t zero = playing_frame(&g, "2026-11-23T05:30:00");
	double sum = 0;

	for (int64_t f = zero + (int64_t)(from * 48000); f < zero + (int64_t)(to * 48000); f++)
		sum += (double)g.mix[0][f] * (double)g.mix[0][f];
	return sum / ((to - from) * 48000);
}

START_TEST(it_lies_under_an_announcement_and_goes_after_it)
{
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 10);

	snprintf(b->kind, sizeof(b->kind), "thong-bao");
	playing_begin(&g);
	playing_run(&g, 40);
	int64_t at = playing_frame(&g, "2026-11-23T05:30:05");
	int other = 0;
	for (int i = 0; i < 1000; i++) /* neither the voice alone nor silence */
		other += g.mix[0][at + i] != fake_noise_at(11, 5 * FRAMES_PER_S + i);
	ck_assert_int_gt(other, 900);
	ck_assert(power(10.1, 10.3) > 0); /* fades out … */
	ck_assert(power(13, 20) == 0);	  /* … and is gone */
	ck_assert_int_eq(playing_count(&g, KIND_ENDED), 1); /* the bed is no airing */
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_eq((int)g.p.decks_taken, 0);
}
END_TEST

START_TEST(an_ordinary_bulletin_plays_without_it)
{
	playing_bulletin(&g, "B1", 11, 10);
	playing_begin(&g);
	playing_run(&g, 30);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 480000);
}
END_TEST

START_TEST(a_bed_without_a_master_keeps_nothing_from_the_air)
{
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 10);

	snprintf(b->kind, sizeof(b->kind), "thong-bao");
	snprintf(g.c->assets[0].sha256, sizeof(g.c->assets[0].sha256), "%064d", 0);
	playing_begin(&g);
	playing_run(&g, 30);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 480000);
	ck_assert_int_eq((int)g.p.decks_taken, 0);
}
END_TEST

START_TEST(who_cuts_cuts_the_bed_too)
{
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 20);

	snprintf(b->kind, sizeof(b->kind), "thong-bao");
	playing_begin(&g);
	playing_run(&g, 15);
	playout_cut(&g.p, 3, "uid:7");
	playing_run(&g, 20);
	ck_assert(power(3, 4.9) > 0);
	ck_assert(power(5.5, 20) == 0);
	ck_assert_int_eq((int)g.p.decks_taken, 0);
}
END_TEST

START_TEST(where_one_zone_is_cut_it_falls_silent_there)
{
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 20);
	int64_t at = playing_frame(&g, "2026-11-23T05:30:07");
	double left = 0;

	snprintf(b->kind, sizeof(b->kind), "thong-bao");
	playing_begin(&g);
	playing_run(&g, 15);
	playout_cut(&g.p, 2, "uid:7");
	playing_run(&g, 20);
	int other = 0;
	for (int i = 0; i < 48000; i++) {
		left += fabs((double)g.mix[1][at + i]);
		other += g.mix[0][at + i] != fake_noise_at(11, 7 * FRAMES_PER_S + i);
	}
	ck_assert(left == 0);
	ck_assert_int_gt(other, 40000); /* and lies on under the voice in the other */
}
END_TEST

Suite *suite_bed(void)
{
	Suite *s = suite_create("bed");
	TCase *t = tcase_create("bed");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, it_lies_under_an_announcement_and_goes_after_it);
	tcase_add_test(t, an_ordinary_bulletin_plays_without_it);
	tcase_add_test(t, a_bed_without_a_master_keeps_nothing_from_the_air);
	tcase_add_test(t, who_cuts_cuts_the_bed_too);
	tcase_add_test(t, where_one_zone_is_cut_it_falls_silent_there);
	suite_add_tcase(s, t);
	return s;
}
