/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timetable that is saved when the start of one of its slots has passed. */
#include "station/newcomers.h"

#include "proof/entry.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>

#define ELSEWHERE "  - {name: Chiều, start: \"17:00\", length: 10m, play: {bulletins: {}}}\n"

static struct playing g;

/* 90 s into a slot of ten minutes that nobody knew of. */
static void setup(void)
{
	playing_open(&g, "2026-11-23T05:31:25");
	playing_bulletin(&g, "B1", 11, 10);
	ck_assert(case_slots(g.c, ELSEWHERE));
	playing_begin(&g);
	playing_run(&g, 5);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static void save(const char *start, const char *rule)
{
	char slots[600];

	snprintf(slots, sizeof(slots),
		 ELSEWHERE "  - {name: Muộn, start: \"%s\", length: 10m, ident: false%s, "
			   "play: {bulletins: {}}}\n", start, rule);
	/* As desk_adopt: the files before live until the playout has the new ones. */
	struct schedule old = g.c->schedule;
	g.c->schedule = (struct schedule){0};
	ck_assert(case_slots(g.c, slots));
	playout_set_world(&g.p, &g.c->in);
	schedule_finish(&old);
}

/* What the day's list, the tone and the rest go by. */
static bool over(void)
{
	for (int i = g.p.plan.count - 1; i >= 0; i--) /* not yesterday's */
		if (g.p.plan.list[i].start.ns <= playout_now(&g.p).ns &&
		    g.p.plan.list[i].slot->name[0] == 'M')
			return newcomers_over(&g.p, &g.p.plan.list[i]);
	ck_abort_msg("no such start");
	return false;
}

START_TEST(it_is_joined_where_its_rule_covers_that)
{
	save("05:30", ", late: {join_within: 10m}");
	ck_assert(!over());
	playing_run(&g, 1);
	ck_assert(!over());
	playing_run(&g, 20);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 10 * FRAMES_PER_S);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_assert(over());
}
END_TEST

START_TEST(else_it_was_missed_because_it_was_saved_late)
{
	save("05:30", "");
	playing_run(&g, 20);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "saved-late");
	ck_assert(over());
}
END_TEST

/* A busy machine reads the files half a second after the start: that is on time. */
START_TEST(a_start_that_has_just_passed_is_on_time)
{
	playing_run(&g, 0.5);
	save("05:31:30", "");
	playing_run(&g, 20);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 10 * FRAMES_PER_S);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

/* Under way, and somebody corrects its start: nothing sounds twice, and nothing was missed. */
START_TEST(a_slot_that_is_under_way_is_no_newcomer)
{
	save("05:30", ", late: {join_within: 10m}");
	playing_run(&g, 5);
	save("05:29", ", late: {join_within: 10m}");
	playing_run(&g, 40);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

START_TEST(what_was_over_when_it_was_saved_owes_nothing)
{
	save("05:10", ", late: {join_within: 10m}");
	playing_run(&g, 20);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

Suite *suite_newcomers(void);
Suite *suite_newcomers(void)
{
	Suite *s = suite_create("newcomers");
	TCase *c = tcase_create("newcomers");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, it_is_joined_where_its_rule_covers_that);
	tcase_add_test(c, else_it_was_missed_because_it_was_saved_late);
	tcase_add_test(c, a_start_that_has_just_passed_is_on_time);
	tcase_add_test(c, a_slot_that_is_under_way_is_no_newcomer);
	tcase_add_test(c, what_was_over_when_it_was_saved_owes_nothing);
	suite_add_tcase(s, c);
	return s;
}
