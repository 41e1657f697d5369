/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/owed.h"

#include "base/json.h"
#include "proof/entry.h"
#include "station/desk.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <errno.h>

static struct playing g;

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:00");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s,"
				  " play: {bulletins: {}}, ident: false}\n"));
	playing_begin(&g);
	playing_run(&g, 5);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static struct wall at(int64_t s)
{
	return (struct wall){s * NS_PER_S};
}

START_TEST(the_newest_gaps_are_kept_and_empty_ones_are_none)
{
	struct gaps gaps = {0};

	gaps_add(&gaps, at(5), at(5), REASON_LATE);
	gaps_add(&gaps, at(6), at(5), REASON_LATE);
	ck_assert_int_eq(gaps.count, 0);
	for (int i = 0; i <= GAPS_MAX; i++)
		gaps_add(&gaps, at(i), at(i + 1), REASON_MACHINE_SLEPT);
	ck_assert_int_eq(gaps.count, GAPS_MAX);
	ck_assert(gaps.list[0].from.ns == at(1).ns);
}
END_TEST

/* The power fails between the step of the clock and the rows of what was missed until then. */
START_TEST(the_next_start_finds_what_a_clock_that_was_not_believed_left_owed)
{
	struct desk desk = {.ledger = g.ledger};
	struct wall since = g.clock.now_wall, from = {INT64_MAX};
	struct gaps gaps = {0};
	struct err e = {0};

	clock_sim_unsync(&g.clock);
	clock_sim_set_wall(&g.clock, at(0));
	playing_run(&g, 600);
	clock_sim_sync(&g.clock, 5, "chronyd");
	playing_run(&g, 2);
	/* Before the first row: wherever the power fails between, it is there. */
	json_t *owed = playing_entry(&g, KIND_OWED, 1), *missed = playing_entry(&g, KIND_MISSED, 0);
	ck_assert_int_lt(json_get_integer(owed, "n", -1), json_get_integer(missed, "n", -1));
	json_decref(owed);
	json_decref(missed);
	ck_assert_msg(owed_find(&desk, -1, &from, &gaps, &e), "%s", e.text);
	ck_assert(from.ns <= since.ns);
	ck_assert_int_ge(gaps.count, 1);
	ck_assert_int_eq(gaps.list[0].why, REASON_CLOCK_UNTRUSTED);
	/* And behind the word that all is told there is nothing. */
	from = at(INT32_MAX);
	ck_assert(owed_find(&desk, ledger_next(g.ledger), &from, &gaps, &e));
	ck_assert(from.ns == at(INT32_MAX).ns);
}
END_TEST

START_TEST(what_the_disk_takes_late_begins_with_the_word_that_it_is)
{
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000, ENOSPC);
	playing_run(&g, 60);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	playing_run(&g, 2);
	json_t *owed = playing_entry(&g, KIND_OWED, 0), *missed = playing_entry(&g, KIND_MISSED, 0);
	ck_assert_str_eq(json_get_text(owed, "reason", ""), "log-unwritable");
	ck_assert_int_lt(json_get_integer(owed, "n", -1), json_get_integer(missed, "n", -1));
	json_decref(owed);
	json_decref(missed);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "disk-full");
	ck_assert_int_eq(playing_count(&g, KIND_ACCOUNTED), 1);
}
END_TEST

/* A clock of 1970 must not have the next start look for what was missed since 1970. */
START_TEST(a_clock_that_is_not_believed_says_not_since_when_the_disk_was_full)
{
	struct wall since = g.clock.now_wall, from;

	clock_sim_unsync(&g.clock);
	clock_sim_set_wall(&g.clock, at(0));
	playing_run(&g, 1);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000, ENOSPC);
	playout_trust_clock(&g.p, "uid:7");
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	clock_sim_sync(&g.clock, 5, "chronyd");
	playing_run(&g, 3);
	json_t *late = playing_entry(&g, KIND_OWED, 1);
	ck_assert_str_eq(json_get_text(late, "reason", ""), "log-unwritable");
	ck_assert(json_get_time(late, "from", &from));
	ck_assert_int_le(since.ns / NS_PER_S - from.ns / NS_PER_S, 1);
	json_decref(late);
}
END_TEST

START_TEST(what_could_not_even_wait_to_be_written_is_looked_for_again)
{
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 1, 1000, ENOSPC);
	playing_run(&g, 60);
	ck_assert_int_eq((int)json_array_size(g.p.unwritten), 2);
	json_array_remove(g.p.unwritten, 1);
	g.p.unwritten_lost = true; /* as if there had been ten thousand */
	playing_run(&g, 60);
	disk_sim_fail(g.disk, DISK_SIM_WRITE, 0, 0, 0);
	playing_run(&g, 2);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "log-unwritable");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_ACCOUNTED), 1);
}
END_TEST

Suite *suite_owed(void);
Suite *suite_owed(void)
{
	Suite *s = suite_create("owed");
	TCase *c = tcase_create("owed");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_newest_gaps_are_kept_and_empty_ones_are_none);
	tcase_add_test(c, the_next_start_finds_what_a_clock_that_was_not_believed_left_owed);
	tcase_add_test(c, what_the_disk_takes_late_begins_with_the_word_that_it_is);
	tcase_add_test(c, a_clock_that_is_not_believed_says_not_since_when_the_disk_was_full);
	tcase_add_test(c, what_could_not_even_wait_to_be_written_is_looked_for_again);
	suite_add_tcase(s, c);
	return s;
}
