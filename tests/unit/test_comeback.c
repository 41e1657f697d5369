/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/comeback.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "station/desk.h"
#include "station/emergency.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct playing g;
static struct err e;
static struct emergency *m;

#define FADE (BREAK_IN_MS * 48)

/* 05:30:10: B1 sounds since 05:30. */
static void open_slot(const char *rules)
{
	playing_two(&g, rules);
	playing_begin(&g);
	playing_run(&g, 15);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static json_t *of(const char *kind, int n)
{
	json_t *o = playing_entry(&g, kind, n);

	ck_assert_msg(o != NULL, "no %s %d", kind, n);
	return o;
}

static void ck_text(const char *kind, int n, const char *key, const char *want)
{
	json_t *o = of(kind, n);

	ck_assert_str_eq(json_get_text(o, key, ""), want);
	json_decref(o);
}

static int64_t number(const char *kind, int n, const char *key)
{
	json_t *o = of(kind, n);
	int64_t x = json_get_integer(o, key, -1);

	json_decref(o);
	return x;
}

/* The outcome of a bulletin's n-th airing. */
static json_t *outcome(const char *bulletin, int n)
{
	for (int i = 0;; i++) {
		json_t *o = playing_entry(&g, KIND_ENDED, i);
		ck_assert_msg(o != NULL, "%s did not end %d times", bulletin, n + 1);
		if (strcmp(json_get_text(o, "bulletin", ""), bulletin) == 0 && n-- == 0)
			return o;
		json_decref(o);
	}
}

static void ck_outcome(const char *bulletin, int n, const char *result, const char *reason)
{
	json_t *o = outcome(bulletin, n);

	ck_assert_str_eq(json_get_text(o, "result", ""), result);
	ck_assert_str_eq(json_get_text(o, "reason", ""), reason);
	json_decref(o);
}

static int64_t frames(const char *bulletin, int n)
{
	json_t *o = outcome(bulletin, n);
	int64_t x = json_get_integer(o, "frames", -1);

	json_decref(o);
	return x;
}

/* Where noise 11 is heard as if its frame `from` had been at the frame returned; −1 nowhere. A
 * little later than that it has faded in. */
static int64_t found_from(int zone, int64_t from)
{
	int64_t i, end = (int64_t)g.sim.blocks * BLOCK_FRAMES - 2 * FADE;

	for (int64_t f = 0; f < end; f++) {
		for (i = FADE; i < FADE + 16; i++)
			if (g.mix[zone][f + i] != fake_noise_at(11, from + i))
				break;
		if (i == FADE + 16)
			return f;
	}
	return -1;
}

START_TEST(it_goes_on_at_the_sample_where_it_faded)
{
	open_slot("length: 180s");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 7);
	ck_text(KIND_BROKEN, 0, "rule", "resume");
	ck_outcome("B1", 0, "cut", "emergency");
	int64_t heard = frames("B1", 0), from = number(KIND_BROKEN, 0, "from_frames");
	ck_assert_int_eq(from, heard - FADE);
	playing_run(&g, 120);
	json_t *first = outcome("B1", 0), *rest = outcome("B1", 1);
	ck_assert_str_eq(json_get_text(rest, "resumes", ""), json_get_text(first, "airing", "?"));
	ck_assert_int_eq(json_get_integer(rest, "from_frames", -1), from);
	ck_assert_int_eq(json_get_integer(rest, "frames", -1), 60 * FRAMES_PER_S - from);
	/* Neither claims the other's part. */
	ck_assert_double_lt(json_get_number(first, "complete", 0) +
			    json_get_number(rest, "complete", 0), 1.002);
	ck_assert_double_lt(fabs(json_get_number(rest, "start_error_ms", 99)), 1);
	json_decref(first);
	json_decref(rest);
	ck_outcome("B1", 1, "partial", "resumed");
	/* Bit by bit, from the very frame on, in both zones; then the next in its order, whole. */
	int64_t at = found_from(0, from);
	ck_assert_int_gt(at, 0);
	for (int64_t i = FADE; i < 60 * FRAMES_PER_S - from; i++)
		ck_assert(g.mix[1][at + i] == fake_noise_at(11, from + i));
	ck_assert_int_eq(playing_find(&g, 0, 12), at + 60 * FRAMES_PER_S - from);
	ck_outcome("B2", 0, "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 0);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_assert_int_eq(g.p.arbiter.count, 0);
	ck_assert(!playout_busy(&g.p));
}
END_TEST

START_TEST(it_begins_again)
{
	open_slot("length: 180s, after_break: restart");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 140);
	ck_text(KIND_BROKEN, 0, "rule", "restart");
	ck_assert_int_eq(number(KIND_BROKEN, 0, "from_frames"), 0);
	ck_outcome("B1", 1, "full", "");
	ck_assert_int_eq(frames("B1", 1), 60 * FRAMES_PER_S);
	ck_outcome("B2", 0, "full", "");
}
END_TEST

START_TEST(it_is_dropped_and_the_next_keeps_its_time)
{
	open_slot("length: 180s, after_break: drop");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 100);
	ck_text(KIND_DROPPED, 0, "reason", "after-break-drop");
	ck_assert_int_eq(playing_count(&g, KIND_BROKEN), 0);
	ck_assert_int_eq(playing_find(&g, 0, 12), playing_frame(&g, "2026-11-23T05:31:00"));
	ck_outcome("B2", 0, "full", "");
}
END_TEST

/* What begins anew airs whole or not at all; what goes on, to the end of its slot. */
START_TEST(the_slot_ends_when_it_ends)
{
	open_slot("length: 85s, after_break: restart");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 100);
	ck_text(KIND_DROPPED, 0, "reason", "slot-full");
	ck_outcome("B2", 0, "full", "");
	teardown();
	open_slot("length: 85s");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 100);
	ck_outcome("B1", 1, "partial", "overrun");
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "emergency");
	int64_t end = playing_frame(&g, "2026-11-23T05:31:25");
	ck_assert(g.mix[0][end - 20] != 0 && g.mix[0][end + 20] == 0);
	teardown();
	open_slot("length: 85s, overrun: finish");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 120);
	ck_outcome("B1", 1, "partial", "resumed");
}
END_TEST

START_TEST(an_emergency_may_outlast_the_slot)
{
	open_slot("length: 35s, overrun: cut");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 60);
	ck_text(KIND_DROPPED, 0, "reason", "slot-full");
	ck_assert_int_eq(playing_count(&g, KIND_BROKEN), 1);
	ck_assert(!playout_busy(&g.p));
}
END_TEST

START_TEST(its_last_seconds_are_not_worth_coming_back)
{
	open_slot("length: 180s");
	playing_run(&g, 48);
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 80);
	ck_text(KIND_DROPPED, 0, "reason", "nearly-over");
	ck_outcome("B2", 0, "cut", "emergency"); /* it was promised, and had not begun */
	ck_assert_int_eq(frames("B2", 0), 0);
	ck_outcome("B2", 1, "full", "");
}
END_TEST

START_TEST(a_cut_meanwhile_ends_it)
{
	open_slot("length: 180s");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 5);
	playout_cut(&g.p, 3, "user:7");
	playing_run(&g, 2);
	ck_text(KIND_DROPPED, 0, "reason", "cut-by-operator");
	playout_resume(&g.p, 3, "user:7");
	playing_run(&g, 100);
	ck_outcome("B2", 0, "full", ""); /* at its time: the cut was over by then */
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 1);
}
END_TEST

START_TEST(what_was_withdrawn_meanwhile_does_not_come_back)
{
	open_slot("length: 180s");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 5);
	g.c->bulletins[0].state = BULLETIN_WITHDRAWN;
	playout_set_world(&g.p, &g.c->in);
	playing_run(&g, 90);
	ck_text(KIND_DROPPED, 0, "reason", "withdrawn");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_outcome("B2", 0, "full", "");
}
END_TEST

/* Between turns that follow one another closely nothing begins; after the last it does. Broken off
 * again, it goes on again. */
START_TEST(it_waits_for_the_last_turn)
{
	open_slot("length: 300s");
	m = playing_siren(&g, 3, 60, 80);
	playing_run(&g, 89);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 3); /* B1, two sirens */
	playing_run(&g, 13);
	ck_assert_ptr_null(g.p.emergencies);
	int64_t once = number(KIND_BROKEN, 0, "from_frames");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 100);
	int64_t twice = number(KIND_BROKEN, 1, "from_frames");
	ck_assert_int_gt(twice, once);
	ck_assert_int_eq(twice, once + frames("B1", 1) - FADE);
	ck_assert_int_eq(frames("B1", 2), 60 * FRAMES_PER_S - twice);
	ck_outcome("B1", 1, "cut", "emergency");
	ck_outcome("B1", 2, "partial", "resumed");
	ck_outcome("B2", 0, "full", "");
}
END_TEST

/* Its siren is over and its message is not there: nobody is warned by a silence. */
START_TEST(it_does_not_wait_for_words_that_do_not_come)
{
	struct emergency_order o = {.zones = 3, .by = "user:3", .reason = "Lũ", .who = "user:7",
				    .waits = true};
	open_slot("length: 300s");
	ck_assert_msg(emergency_raise(&g.p, &o, &m, &e), "%s", e.text);
	playing_run(&g, 63);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 3); /* B1, the siren, B1 */
	json_t *one = emergency_json(&g.p, m);
	ck_assert(json_is_null(json_object_get(one, "next")));
	json_decref(one);
	emergency_unread(&g.p, m, "stalled"); /* the siren is all there is, and sounds once more */
	playing_run(&g, 40);
	ck_assert_ptr_null(g.p.emergencies);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 5);
}
END_TEST

/* A slot that was saved meanwhile, for a time between two turns of the siren, has the air; what an
 * earlier start has left waits until it is over, and is not lost to it. */
START_TEST(it_waits_for_a_later_start_as_well)
{
	open_slot("length: 300s");
	m = playing_siren(&g, 3, 60, 0);
	struct bulletin *b = playing_bulletin(&g, "B3", 13, 10);
	snprintf(b->language, sizeof(b->language), "rad");
	ck_assert(case_slots(g.c, "  - {name: Sau, start: \"05:30:53\", length: 10s, ident: false,"
				  " play: {bulletins: {language: rad}}}\n"));
	playout_set_world(&g.p, &g.c->in);
	playing_run(&g, 45);
	ck_outcome("B1", 0, "cut", "emergency");
	ck_assert_int_ge(playing_find(&g, 0, 13), 0);
	emergency_end(&g.p, m, "ended-by-operator", "", "user:7");
	playing_run(&g, 120);
	ck_outcome("B3", 0, "full", "");
	ck_outcome("B1", 1, "partial", "resumed");
	ck_outcome("B2", 0, "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 0);
}
END_TEST

static void power_cut(enum reason end)
{
	struct desk desk = {.clock = &g.clock.clock, .ledger = g.ledger};

	ck_assert_msg(comeback_close(&desk, end, &e), "%s", e.text);
}

START_TEST(a_power_cut_meanwhile_is_told)
{
	open_slot("length: 180s");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 7);
	power_cut(REASON_POWER_OFF);
	ck_text(KIND_DROPPED, 0, "reason", "power-off");
	power_cut(REASON_POWER_OFF);
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 1);
}
END_TEST

START_TEST(what_came_back_is_not_told_of_twice)
{
	open_slot("length: 180s");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 40);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 3);
	power_cut(REASON_POWER_OFF);
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 0);
}
END_TEST

START_TEST(a_station_that_is_stopped_waits_for_nothing)
{
	open_slot("length: 180s");
	m = playing_siren(&g, 3, 0, 0);
	playing_run(&g, 7);
	playout_stop(&g.p);
	playing_run(&g, 12);
	ck_assert(!playout_busy(&g.p));
	power_cut(REASON_STATION_STOPPED);
	ck_text(KIND_DROPPED, 0, "reason", "station-stopped");
}
END_TEST

Suite *suite_comeback(void);
Suite *suite_comeback(void)
{
	Suite *s = suite_create("comeback");
	TCase *c = tcase_create("comeback");

	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, it_goes_on_at_the_sample_where_it_faded);
	tcase_add_test(c, it_begins_again);
	tcase_add_test(c, it_is_dropped_and_the_next_keeps_its_time);
	tcase_add_test(c, the_slot_ends_when_it_ends);
	tcase_add_test(c, an_emergency_may_outlast_the_slot);
	tcase_add_test(c, its_last_seconds_are_not_worth_coming_back);
	tcase_add_test(c, a_cut_meanwhile_ends_it);
	tcase_add_test(c, what_was_withdrawn_meanwhile_does_not_come_back);
	tcase_add_test(c, it_waits_for_the_last_turn);
	tcase_add_test(c, it_does_not_wait_for_words_that_do_not_come);
	tcase_add_test(c, it_waits_for_a_later_start_as_well);
	tcase_add_test(c, a_power_cut_meanwhile_is_told);
	tcase_add_test(c, what_came_back_is_not_told_of_twice);
	tcase_add_test(c, a_station_that_is_stopped_waits_for_nothing);
	suite_add_tcase(s, c);
	return s;
}
