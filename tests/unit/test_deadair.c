/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot of two minutes in which an item gives no sound though its master has some, and silences
 * that are meant. */
#include "station/deadair.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>

#define ZEROS 996
#define PAUSED 995
#define UNKNOWN 994
#define STALLS 993
#define LIMIT_S 20

static struct playing g;

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 120s, ident: false, "
				  "play: {bulletins: {}}}\n"));
}

static void teardown(void)
{
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), playing_count(&g, KIND_ENDED));
	ck_assert_int_eq((int)g.p.decks_taken, 0);
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* The bed's master is the noise of seed 5, over and over. */
static void with_bed(void)
{
	struct bulletin *noise = playing_bulletin(&g, "nen", 5, 3);
	struct asset *bed = case_asset(g.c, "nen.wav", 3);

	noise->state = BULLETIN_RECEIVED; /* only its master is wanted */
	snprintf(bed->sha256, sizeof(bed->sha256), "%s", noise->sha256);
	snprintf(g.c->settings.bed, sizeof(g.c->settings.bed), "nen.wav");
}

/* Mean square of a zone, from–to in seconds after 05:30. */
static double power(int zone, double from, double to)
{
	int64_t zero = playing_frame(&g, "2026-11-23T05:30:00");
	double sum = 0;

	for (int64_t f = zero + (int64_t)(from * 48000); f < zero + (int64_t)(to * 48000); f++)
		sum += (double)g.mix[zone][f] * (double)g.mix[zone][f];
	return sum / ((to - from) * 48000);
}

static void ck_told(int n, const char *bulletin, const char *then)
{
	json_t *entry = playing_entry(&g, KIND_AIR_SILENT, n);

	ck_assert_ptr_nonnull(entry);
	ck_assert_str_eq(json_get_text(entry, "bulletin", ""), bulletin);
	ck_assert_str_eq(json_get_text(entry, "slot", ""), "Sáng");
	ck_assert_double_eq_tol(json_get_number(entry, "silent_s", 0), LIMIT_S, 0.3);
	ck_assert_str_eq(json_get_text(json_object_get(entry, "then"), "code", ""), then);
	json_decref(entry);
}

START_TEST(the_next_item_takes_the_place_of_what_is_silent)
{
	playing_bulletin(&g, "B1", ZEROS, 60);
	playing_bulletin(&g, "B2", 12, 20);
	playing_begin(&g);
	playing_run(&g, 75);
	playing_ck(&g, KIND_ENDED, 0, "B1", "partial", "dead-air");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_told(0, "B1", "dead-air.next");
	int64_t late = playing_find(&g, 0, 12) - playing_frame(&g, "2026-11-23T05:30:20");
	ck_assert_int_ge(late, 0);
	ck_assert_int_le(late, FRAMES_PER_S / 2);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 20 * FRAMES_PER_S);
	json_t *row = playing_entry(&g, KIND_ENDED, 1); /* its place in the order has moved */
	ck_assert_double_eq_tol(json_get_number(row, "start_error_ms", 99), 0, 50);
	json_decref(row);
}
END_TEST

START_TEST(behind_the_last_item_the_bed_lies_to_the_slots_end)
{
	with_bed();
	playing_bulletin(&g, "B1", ZEROS, 60);
	playing_begin(&g);
	playing_run(&g, 150);
	ck_told(0, "B1", "dead-air.bed");
	ck_assert(power(0, 5, 20) == 0);
	ck_assert(power(0, 21, 22) > 0);
	ck_assert(power(0, 118, 119.9) > 0);
	ck_assert(power(0, 122, 135) == 0);
	ck_assert(!playout_busy(&g.p));
}
END_TEST

/* A slot of the station's own file: nothing of it is a bulletin. */
START_TEST(a_file_that_gives_no_sound_has_the_bed_in_its_place)
{
	with_bed();
	struct bulletin *zeros = playing_bulletin(&g, "im", ZEROS, 60);
	struct asset *file = case_asset(g.c, "audio/im.flac", 60);

	zeros->state = BULLETIN_RECEIVED;
	snprintf(file->sha256, sizeof(file->sha256), "%s", zeros->sha256);
	ck_assert(case_slots(g.c, "  - {name: Trưa, start: \"05:33\", length: 60s, ident: false, "
				  "play: {file: audio/im.flac}}\n"));
	playing_begin(&g);
	playing_run(&g, 190 + 60 + 10);
	json_t *told = playing_entry(&g, KIND_AIR_SILENT, 0);
	ck_assert_str_eq(json_get_text(told, "file", ""), "audio/im.flac");
	ck_assert_str_eq(json_get_text(told, "slot", ""), "Trưa");
	ck_assert_str_eq(json_get_text(json_object_get(told, "then"), "code", ""), "dead-air.bed");
	json_decref(told);
	playing_ck(&g, KIND_ENDED, 0, "", "partial", "dead-air");
	ck_assert(!playout_busy(&g.p));
}
END_TEST

START_TEST(a_cut_silences_that_bed_where_it_is_cut)
{
	with_bed();
	playing_bulletin(&g, "B1", ZEROS, 60);
	playing_begin(&g);
	playing_run(&g, 40); /* 05:30:30 */
	playout_cut(&g.p, 2, "uid:7");
	playing_run(&g, 10);
	ck_assert(power(1, 29, 29.9) > 0);
	ck_assert(power(1, 30.3, 39) == 0);
	ck_assert(power(0, 30.3, 39) > 0);
	playout_cut(&g.p, 1, "uid:7");
	playing_run(&g, 10);
	ck_assert(power(0, 40.3, 49) == 0);
}
END_TEST

START_TEST(without_a_bed_it_is_told_and_the_slot_is_over)
{
	playing_bulletin(&g, "B1", ZEROS, 60);
	playing_begin(&g);
	playing_run(&g, 45);
	ck_told(0, "B1", "dead-air.nothing");
	ck_assert(!playout_busy(&g.p));
}
END_TEST

START_TEST(a_pause_of_the_master_is_left_alone)
{
	playing_bulletin(&g, "B1", PAUSED, 100); /* silent for 25 s */
	playing_begin(&g);
	playing_run(&g, 120);
	ck_assert(power(0, 26, 49) == 0);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_AIR_SILENT), 0);
	ck_assert_ptr_null(deadair_banner(&g.p));
}
END_TEST

START_TEST(of_a_master_that_nobody_knows_silence_is_believed)
{
	playing_bulletin(&g, "B1", UNKNOWN, 60);
	playing_begin(&g);
	playing_run(&g, 80);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_AIR_SILENT), 0);
}
END_TEST

START_TEST(a_master_that_cannot_be_read_on_gives_way)
{
	playing_bulletin(&g, "B1", STALLS, 20); /* 10 s of it */
	playing_bulletin(&g, "B2", 12, 20);
	g.c->settings.dead_air_s = 5;
	playing_begin(&g);
	playing_run(&g, 60);
	playing_ck(&g, KIND_ENDED, 0, "B1", "partial", "dead-air");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_AIR_SILENT), 1);
	int64_t at = playing_find(&g, 0, 12) - playing_frame(&g, "2026-11-23T05:30:00");
	ck_assert_int_lt(at, 16 * FRAMES_PER_S); /* and not at 20 s */
}
END_TEST

START_TEST(a_slot_that_is_meant_to_be_faint_is_not_dead)
{
	playing_bulletin(&g, "B1", ZEROS, 60);
	g.c->schedule.slots[0].volume_db = -50;
	playing_begin(&g);
	playing_run(&g, 80);
	ck_assert_int_eq(playing_count(&g, KIND_AIR_SILENT), 0);
}
END_TEST

START_TEST(it_can_be_switched_off)
{
	playing_bulletin(&g, "B1", ZEROS, 60);
	g.c->settings.dead_air_s = 0;
	playing_begin(&g);
	playing_run(&g, 80);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_AIR_SILENT), 0);
}
END_TEST

START_TEST(the_page_tells_of_it_for_a_day)
{
	char text[REASON_BYTES];

	playing_bulletin(&g, "B1", ZEROS, 60);
	playing_begin(&g);
	ck_assert_ptr_null(deadair_banner(&g.p));
	playing_run(&g, 45);
	json_t *said = deadair_banner(&g.p);
	saying_words(said, true, text, sizeof(text));
	ck_assert_ptr_nonnull(strstr(text, "B1 was on air and nothing was heard for 20"));
	json_decref(said);
	clock_sim_advance(&g.clock, (int64_t)DEAD_AIR_TOLD_S * NS_PER_S);
	ck_assert_ptr_null(deadair_banner(&g.p));
}
END_TEST

START_TEST(what_is_played_by_hand_ends_too)
{
	struct bulletin *b = playing_bulletin(&g, "B1", ZEROS, 60);
	struct err e = {0};

	g.c->schedule.slot_count = 0;
	playing_begin(&g);
	playing_run(&g, 1);
	ck_assert(playout_play(&g.p, b, 3, "", "uid:7", &e));
	playing_run(&g, 30);
	playing_ck(&g, KIND_ENDED, 0, "B1", "partial", "dead-air");
	ck_assert(!playout_busy(&g.p));
}
END_TEST

Suite *suite_deadair(void)
{
	Suite *s = suite_create("deadair");
	TCase *t = tcase_create("deadair");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, the_next_item_takes_the_place_of_what_is_silent);
	tcase_add_test(t, behind_the_last_item_the_bed_lies_to_the_slots_end);
	tcase_add_test(t, a_file_that_gives_no_sound_has_the_bed_in_its_place);
	tcase_add_test(t, a_cut_silences_that_bed_where_it_is_cut);
	tcase_add_test(t, without_a_bed_it_is_told_and_the_slot_is_over);
	tcase_add_test(t, a_pause_of_the_master_is_left_alone);
	tcase_add_test(t, of_a_master_that_nobody_knows_silence_is_believed);
	tcase_add_test(t, a_master_that_cannot_be_read_on_gives_way);
	tcase_add_test(t, a_slot_that_is_meant_to_be_faint_is_not_dead);
	tcase_add_test(t, it_can_be_switched_off);
	tcase_add_test(t, the_page_tells_of_it_for_a_day);
	tcase_add_test(t, what_is_played_by_hand_ends_too);
	suite_add_tcase(s, t);
	return s;
}
