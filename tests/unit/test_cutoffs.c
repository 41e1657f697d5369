/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that dies in the middle of a slot, and comes back into it. */
#include "station/cutoffs.h"

#include "base/json.h"
#include "proof/entry.h"
#include "station/recover.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <string.h>

#define RULE ", late: {join_within: 5m}"
#define SLOT(length, more)                                                                         \
	"  - {name: Sáng, start: \"05:30\", length: " length ", ident: false" more           \
	", play: {bulletins: {}}}\n"

static struct playing g;
static struct world_files files;
static struct err e;

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 44);
	playing_bulletin(&g, "B2", 12, 30);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static void start(enum reason why)
{
	struct desk d = {.ledger = g.ledger, .clock = &g.clock.clock, .boot = {.id = "b"},
			 .disk = disk_sim_disk(g.disk), .world = {.files = &files}};
	struct recovery r;

	files.settings = g.c->settings;
	ck_assert_msg(recover(&d, &r, &e), "%s", e.text);
	playing_begin_after(&g, "2026-11-23T05:29:50", why);
	g.p.cutoffs = r.cutoffs;
	g.p.quarantine = r.quarantine;
}

/* Killed so many seconds after 05:29:50, and back as many later. */
static void killed(const char *slots, double after_s, int64_t off_s)
{
	if (slots != NULL) {
		ck_assert(case_slots(g.c, slots));
		start(REASON_LATE);
	}
	playing_run(&g, after_s);
	playout_finish(&g.p);
	air_sim_finish(&g.sim);
	for (int z = 0; z < 2; z++)
		memset(g.mix[z], 0, (size_t)PLAYING_BLOCKS * BLOCK_FRAMES * sizeof(float));
	clock_sim_advance(&g.clock, off_s * NS_PER_S);
	start(REASON_PROGRAM_ENDED);
}

static void resumed(const char *kind, int n, const char *airing)
{
	json_t *entry = playing_entry(&g, kind, n);

	ck_assert_str_eq(json_get_text(entry, "resumes", ""), airing);
	json_decref(entry);
}

static void dropped(const char *reason)
{
	json_t *entry = playing_entry(&g, KIND_DROPPED, 0);

	ck_assert_str_eq(json_get_text(entry, "reason", ""), reason);
	json_decref(entry);
}

/* Within 3 s, whole, and what follows has room behind it. */
START_TEST(what_was_broken_off_begins_anew_where_there_is_room)
{
	killed(SLOT("100s", RULE), 17, 5);
	playing_run(&g, 100);
	ck_assert_int_lt(playing_find(&g, 0, 11), FRAMES_PER_S);
	ck_assert_int_ge(playing_find(&g, 0, 11), 0);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 44 * FRAMES_PER_S);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 30 * FRAMES_PER_S);
	ck_assert_int_eq(playing_count(&g, KIND_BROKEN), 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	playing_ck(&g, KIND_ENDED, 0, "B1", "interrupted", NULL);
	playing_ck(&g, KIND_ENDED, 1, "B1", "full", "");
	json_t *broken = playing_entry(&g, KIND_BROKEN, 0);
	resumed(KIND_INTENDED, 1, json_get_text(broken, "airing", "none"));
	json_decref(broken);
}
END_TEST

/* What was not heard yet goes first; what was broken off is named. */
START_TEST(what_follows_moves_up_where_there_is_none)
{
	killed(SLOT("80s", RULE), 17, 5);
	playing_run(&g, 80);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_lt(playing_find(&g, 0, 12), FRAMES_PER_S);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 30 * FRAMES_PER_S);
	ck_assert_int_eq(playing_count(&g, KIND_BROKEN), 0);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	dropped("slot-full");
}
END_TEST

/* 50 s into the slot is more than 40, but it was off for five. */
START_TEST(what_counts_is_how_long_it_was_off)
{
	playing_bulletin(&g, "B3", 13, 20);
	killed(SLOT("100s", ", late: {join_within: 40s}"), 60, 5);
	playing_run(&g, 60);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_assert_int_ge(playing_find(&g, 0, 12) + playing_find(&g, 0, 13), 0);
	ck_assert_int_lt(playing_find(&g, 0, 12), FRAMES_PER_S);
}
END_TEST

START_TEST(a_slot_that_may_not_be_joined_says_so)
{
	killed(SLOT("100s", ""), 17, 5);
	playing_run(&g, 100);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_eq(playing_find(&g, 0, 12), playing_frame(&g, "2026-11-23T05:30:44"));
	dropped("late");
}
END_TEST

START_TEST(a_rule_that_drops_what_is_broken_off_holds)
{
	killed(SLOT("100s", RULE ", after_break: drop"), 17, 5);
	playing_run(&g, 80);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_lt(playing_find(&g, 0, 12), FRAMES_PER_S);
	dropped("after-break-drop");
}
END_TEST

/* Twice in a row: it is put aside, and the next comes at once. */
START_TEST(what_breaks_the_program_twice_gives_way)
{
	killed(SLOT("200s", RULE), 17, 5);
	killed(NULL, 5, 5);
	playing_run(&g, 80);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_lt(playing_find(&g, 0, 12), FRAMES_PER_S);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 30 * FRAMES_PER_S);
	dropped("quarantined");
}
END_TEST

/* Its intent was written, and it had not begun: it keeps its time. */
START_TEST(what_was_about_to_begin_begins)
{
	killed(SLOT("100s", ""), 8, 1);
	playing_run(&g, 80);
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-23T05:30:00"));
	ck_assert_int_eq(playing_whole(&g, 0, 11), 44 * FRAMES_PER_S);
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 0);
}
END_TEST

Suite *suite_cutoffs(void);
Suite *suite_cutoffs(void)
{
	Suite *s = suite_create("cutoffs");
	TCase *c = tcase_create("cutoffs");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, what_was_broken_off_begins_anew_where_there_is_room);
	tcase_add_test(c, what_follows_moves_up_where_there_is_none);
	tcase_add_test(c, what_counts_is_how_long_it_was_off);
	tcase_add_test(c, a_slot_that_may_not_be_joined_says_so);
	tcase_add_test(c, a_rule_that_drops_what_is_broken_off_holds);
	tcase_add_test(c, what_breaks_the_program_twice_gives_way);
	tcase_add_test(c, what_was_about_to_begin_begins);
	suite_add_tcase(s, c);
	return s;
}
