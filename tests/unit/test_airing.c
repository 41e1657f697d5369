/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One airing's life where the sound or the device lets it down. */
#include "base/json.h"
#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct playing g;

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static void one_slot(const char *more)
{
	char text[400];

	snprintf(text, sizeof(text),
		 "  - {name: Sáng, start: \"05:30\", length: 20s, ident: false, "
		 "play: {bulletins: {}}%s}\n", more);
	ck_assert(case_slots(g.c, text));
}

START_TEST(a_missing_master_is_told_and_the_next_plays)
{
	struct bulletin *b = playing_bulletin(&g, "B1", 11, 5);

	snprintf(b->sha256, sizeof(b->sha256), "%064d", 0);
	playing_bulletin(&g, "B2", 12, 5);
	one_slot("");
	playing_begin(&g);
	playing_run(&g, 40);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "missing-file");
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1); /* nothing promised in vain */
	playing_ck(&g, KIND_ENDED, 0, "B2", "full", "");
	ck_assert_int_eq(playing_find(&g, 0, 12), playing_frame(&g, "2026-11-23T05:30:05"));
}
END_TEST

/* Each is promised, opened and loaded while the one before it is. */
START_TEST(slots_of_a_second_air_whole_and_on_their_sample)
{
	playing_bulletin(&g, "B1", 11, 1);
	ck_assert(case_slots(g.c,
			     "  - {name: Một, start: \"05:30:00\", length: 1s, ident: false, "
			     "play: {bulletins: {}}}\n"
			     "  - {name: Hai, start: \"05:30:01\", length: 1s, ident: false, "
			     "play: {bulletins: {}}}\n"
			     "  - {name: Ba, start: \"05:30:02\", length: 2s, ident: false, "
			     "play: {bulletins: {}}}\n"));
	playing_begin(&g);
	playing_run(&g, 25);
	for (int i = 0; i < 3; i++)
		playing_ck(&g, KIND_ENDED, i, "B1", "full", "");
	int64_t at = playing_frame(&g, "2026-11-23T05:30:00");
	for (int64_t f = 0; f < 3 * FRAMES_PER_S; f++)
		ck_assert(g.mix[0][at + f] == fake_noise_at(11, f % FRAMES_PER_S));
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

/* A bulletin of the last day may begin before midnight and end behind it; another of that day has
 * had its time, and the slot of the new day begins on its sample. */
START_TEST(midnight_is_a_second_as_any_other)
{
	playing_close(&g);
	playing_open(&g, "2026-11-23T23:59:35");
	struct bulletin *old = playing_bulletin(&g, "B1", 11, 20);
	struct bulletin *new = playing_bulletin(&g, "B2", 12, 5);
	old->has_to = new->has_from = true;
	old->to = (struct date){2026, 11, 23};
	new->from = (struct date){2026, 11, 24};
	ck_assert(case_slots(g.c,
			     "  - {name: Cuối, start: \"23:59:50\", length: 20s, ident: false, "
			     "days: mon, play: {bulletins: {}}, confirm: {by: A, reason: tết}}\n"
			     "  - {name: Đầu, start: \"00:00:10\", length: 20s, ident: false, "
			     "days: tue, play: {bulletins: {}}, confirm: {by: A, reason: tết}}\n"));
	playing_begin(&g);
	playing_run(&g, 70);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-23T23:59:50"));
	ck_assert_int_eq(playing_find(&g, 0, 12), playing_frame(&g, "2026-11-24T00:00:10"));
	ck_assert_int_eq(playing_whole(&g, 0, 11), 20 * FRAMES_PER_S);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 2);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

START_TEST(a_damaged_master_is_partial)
{
	playing_bulletin(&g, "B1", 999, 10);
	one_slot("");
	playing_begin(&g);
	playing_run(&g, 40);
	playing_ck(&g, KIND_ENDED, 0, "B1", "partial", "damaged-file");
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_int_eq(json_get_integer(ended, "frames", -1), 240000);
	ck_assert(json_get_number(ended, "complete", 0) == 0.5);
	json_decref(ended);
}
END_TEST

START_TEST(another_sound_in_its_place_does_not_air)
{
	playing_bulletin(&g, "B1", 997, 5);
	playing_bulletin(&g, "B2", 12, 5);
	one_slot("");
	playing_begin(&g);
	playing_run(&g, 40);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "master-changed");
	ck_assert_int_eq(playing_find(&g, 0, 997), -1);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	playing_ck(&g, KIND_ENDED, 0, "B2", "full", "");
}
END_TEST

START_TEST(what_becomes_another_sound_ends_there)
{
	playing_bulletin(&g, "B1", 998, 10);
	one_slot("");
	playing_begin(&g);
	playing_run(&g, 40);
	playing_ck(&g, KIND_ENDED, 0, "B1", "partial", "master-changed");
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_int_eq(json_get_integer(ended, "frames", -1), 240000);
	json_decref(ended);
}
END_TEST

START_TEST(level_a_needs_a_device_that_took_all_of_it)
{
	playing_bulletin(&g, "B1", 11, 5);
	playing_bulletin(&g, "B2", 12, 12);
	one_slot("");
	playing_begin(&g);
	g.sim.device_now = (struct air_device){.name = "hw:1", .on = true};
	playing_run(&g, 22); /* B1 is heard and written down, B2 is on air */
	g.sim.device_now.silent_frames = 480;
	playing_run(&g, 25);
	json_t *first = playing_entry(&g, KIND_ENDED, 0);
	json_t *second = playing_entry(&g, KIND_ENDED, 1);
	ck_assert_str_eq(json_get_text(first, "device", ""), "hw:1");
	ck_assert_str_eq(json_get_text(first, "proof", ""), "A");
	ck_assert_str_eq(json_get_text(second, "proof", ""), "");
	json_decref(first);
	json_decref(second);
}
END_TEST

START_TEST(the_end_of_the_slot_fades_and_says_overrun)
{
	playing_bulletin(&g, "B1", 11, 40);
	one_slot(", overrun: fade");
	playing_begin(&g);
	playing_run(&g, 60);
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	if (ended == NULL) { /* too long for the slot: left out, and said so */
		playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "slot-full");
		return;
	}
	ck_assert_str_eq(json_get_text(ended, "reason", ""), "overrun");
	ck_assert_int_eq(json_get_integer(ended, "frames", 0), 960000);
	json_decref(ended);
	for (int64_t f = playing_frame(&g, "2026-11-23T05:30:20"); f < 60 * FRAMES_PER_S; f++)
		if (g.mix[0][f] != 0.0f)
			ck_abort_msg("sound after the slot");
}
END_TEST

Suite *suite_airing(void)
{
	Suite *s = suite_create("airing");
	TCase *t = tcase_create("airing");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_missing_master_is_told_and_the_next_plays);
	tcase_add_test(t, slots_of_a_second_air_whole_and_on_their_sample);
	tcase_add_test(t, midnight_is_a_second_as_any_other);
	tcase_add_test(t, a_damaged_master_is_partial);
	tcase_add_test(t, another_sound_in_its_place_does_not_air);
	tcase_add_test(t, what_becomes_another_sound_ends_there);
	tcase_add_test(t, level_a_needs_a_device_that_took_all_of_it);
	tcase_add_test(t, the_end_of_the_slot_fades_and_says_overrun);
	suite_add_tcase(s, t);
	return s;
}
