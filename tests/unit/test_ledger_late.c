/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that hangs, as the ledger's callers see it. */
#include "proof/ledger.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/ledger_inside.h"
#include "support/stalling.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct clock_sim clk;
static struct disk_sim *disk;
static struct stall stall;
static struct ledger *l;
static struct tz tz;
static struct err e;
static int64_t n;

static void setup(void)
{
	struct notary_setup how = {.name = "vangxa/thu", .boot = "boot-1", .seed = {1}};

	clock_sim_init(&clk, (struct wall){1700000000 * NS_PER_S});
	disk = disk_sim_create();
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	stall = (struct stall){0};
	struct signer *s = stalling_signer(signer_here(disk_sim_disk(disk), &how), &stall);
	ck_assert_msg(ledger_open(&l, disk_sim_disk(disk), s, ":memory:", &clk.clock, &tz, &e),
		      "%s", e.text);
}

static void teardown(void)
{
	ledger_close(l);
	disk_sim_destroy(disk);
}

static json_t *note(int i)
{
	return json_pack("{s:s, s:i}", "kind", "note.added", "i", i);
}

static bool append(json_t *entry)
{
	return ledger_append(l, json_incref(entry), &n, &e);
}

static bool look(int64_t at, const char *text, size_t len, void *arg)
{
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);

	ck_assert_int_eq(json_get_integer(o, "n", -1), at);
	*(int64_t *)arg = *(int64_t *)arg * 10 + json_get_integer(o, "i", 0);
	json_decref(o);
	return true;
}

/* The log must hold these, a digit each, in this order, and the view all of them. */
static void ck_log(int64_t digits)
{
	int64_t found = 0;

	ck_assert_msg(ledger_read(l, 0, ledger_next(l), look, &found, &e), "%s", e.text);
	ck_assert_int_eq(found, digits);
	ck_assert_int_eq(ledger_view_count(l), ledger_next(l));
}

static void stalled_with(json_t *one, bool before)
{
	struct wall since;
	int64_t ns;

	ck_assert(!ledger_stalled(l, &since, &ns));
	stall.hangs = true;
	stall.before = before;
	ck_assert(!append(one));
	ck_assert_int_eq(e.kind, ERR_STALLED);
	ck_assert(ledger_stalled(l, &since, &ns));
	ck_assert_int_eq(since.ns, clk.now_wall.ns);
	ck_assert(ledger_fate(l, one) == LEDGER_ON_ITS_WAY);
}

/* Asked again while it hangs and afterwards, it gets in once. */
START_TEST(an_entry_on_which_the_disk_hung_gets_in_once)
{
	json_t *one = note(1), *two = note(2);

	stalled_with(one, _i == 1);
	ck_assert(!append(one));
	ck_assert(!append(two));
	ck_assert_int_eq(e.kind, ERR_STALLED);
	ck_assert(ledger_fate(l, two) == LEDGER_NOT);
	ck_assert_int_eq(stall.asked, 1); /* nothing is sent behind it */
	ledger_look(l);
	ck_assert(ledger_fate(l, one) == LEDGER_ON_ITS_WAY);
	stall.hangs = false;
	ledger_look(l);
	ck_assert(ledger_fate(l, one) == LEDGER_IN);
	ck_assert_uint_eq(ledger_landed(l), 1);
	ck_assert(append(two));
	ck_assert_int_eq(n, 1);
	ck_assert(append(one));
	ck_assert_int_eq(n, 0);
	ck_assert(ledger_fate(l, one) == LEDGER_NOT);
	ck_log(12);
	json_decref(one);
	json_decref(two);
}
END_TEST

START_TEST(an_append_itself_hears_that_the_disk_works_again)
{
	json_t *one = note(1), *two = note(2);

	stalled_with(one, _i == 1);
	stall.hangs = false;
	ck_assert_msg(append(two), "%s", e.text);
	ck_assert_int_eq(n, 1);
	ck_log(12);
	json_decref(one);
	json_decref(two);
}
END_TEST

/* Its time is when it was given, whenever it gets in; and for how long is told by the counter. */
START_TEST(it_bears_the_time_at_which_it_was_given)
{
	json_t *one = note(1);
	struct wall since, at, given = clk.now_wall;
	int64_t ns;

	stalled_with(one, false);
	clock_sim_advance(&clk, 40 * NS_PER_S);
	ck_assert(ledger_stalled(l, &since, &ns));
	ck_assert_int_eq(ns, 40 * NS_PER_S);
	stall.hangs = false;
	ledger_look(l);
	ck_assert(!ledger_stalled(l, &since, &ns));
	ck_assert(ledger_last_time(l, &at));
	ck_assert_int_eq(at.ns, given.ns);
	json_decref(one);
}
END_TEST

/* The log itself says whether what it was doing is done. */
START_TEST(a_signer_that_dies_while_the_disk_hangs_is_opened_again)
{
	json_t *one = note(1);

	stalled_with(one, _i == 1);
	stall.hangs = false;
	stall.dies = true;
	ledger_look(l);
	ck_assert(append(one));
	ck_assert_int_eq(n, 0);
	ck_assert_int_eq(stall.asked, _i == 1 ? 2 : 1);
	ck_log(1);
	json_decref(one);
}
END_TEST

/* And the new one may hang in opening: nobody waits for that either. */
START_TEST(opening_again_may_hang_too)
{
	json_t *one = note(1), *two = note(2);

	stalled_with(one, _i == 1);
	stall.dies = true;
	ledger_look(l);
	ck_assert(!append(two));
	ck_assert_int_eq(e.kind, ERR_STALLED);
	ck_assert(ledger_fate(l, one) == LEDGER_ON_ITS_WAY);
	ck_assert(!append(one));
	stall.hangs = false;
	ledger_look(l);
	ck_assert(ledger_fate(l, one) == LEDGER_IN);
	ck_assert(append(two));
	ck_log(12);
	json_decref(one);
	json_decref(two);
}
END_TEST

START_TEST(what_the_disk_refuses_in_the_end_is_not_in_the_log)
{
	json_t *one = note(1);

	stalled_with(one, true);
	stall.hangs = false;
	stall.fails = true;
	ledger_look(l);
	ck_assert(ledger_fate(l, one) == LEDGER_NOT);
	ck_assert_uint_eq(ledger_landed(l), 0);
	ck_assert(!append(one));
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	stall.fails = false;
	ck_assert(append(one));
	ck_log(1);
	json_decref(one);
}
END_TEST

/* Those that nobody asks for again are forgotten, the oldest first. */
START_TEST(not_more_is_remembered_than_there_is_room_for)
{
	json_t *list[LEDGER_LATE_MAX + 1];

	for (int i = 0; i <= LEDGER_LATE_MAX; i++) {
		list[i] = note(1);
		stall.hangs = true;
		ck_assert(!append(list[i]));
		stall.hangs = false;
		ledger_look(l);
	}
	ck_assert(ledger_fate(l, list[0]) == LEDGER_NOT);
	ck_assert(ledger_fate(l, list[1]) == LEDGER_IN);
	ck_assert(append(list[LEDGER_LATE_MAX]));
	ck_assert_int_eq(n, LEDGER_LATE_MAX);
	for (int i = 0; i <= LEDGER_LATE_MAX; i++)
		json_decref(list[i]);
}
END_TEST

/* Nothing of a rotation is begun on a disk that hangs, and one that it interrupts goes on. */
START_TEST(a_rotation_waits_for_a_disk_that_hangs)
{
	json_t *one = note(1), *two = note(2);

	ck_assert(append(one));
	stalled_with(two, false);
	ck_assert(!ledger_rotate(l, "thử", "user:1", &e));
	ck_assert_int_eq(e.kind, ERR_STALLED);
	ck_assert_int_eq(ledger_state(l)->log, 1);
	stall.hangs = false;
	ck_assert_msg(ledger_rotate(l, "thử", "user:1", &e), "%s", e.text);
	ck_assert_int_eq(ledger_state(l)->log, 2);
	ck_assert(append(one));
	json_decref(one);
	json_decref(two);
}
END_TEST

START_TEST(a_ledger_closes_while_its_disk_hangs)
{
	json_t *one = note(1);

	stalled_with(one, true);
	json_decref(one);
}
END_TEST

Suite *suite_ledger_late(void);
Suite *suite_ledger_late(void)
{
	Suite *s = suite_create("ledger_late");
	TCase *t = tcase_create("ledger_late");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, an_entry_on_which_the_disk_hung_gets_in_once, 0, 2);
	tcase_add_loop_test(t, an_append_itself_hears_that_the_disk_works_again, 0, 2);
	tcase_add_test(t, it_bears_the_time_at_which_it_was_given);
	tcase_add_loop_test(t, a_signer_that_dies_while_the_disk_hangs_is_opened_again, 0, 2);
	tcase_add_loop_test(t, opening_again_may_hang_too, 0, 2);
	tcase_add_test(t, what_the_disk_refuses_in_the_end_is_not_in_the_log);
	tcase_add_test(t, not_more_is_remembered_than_there_is_room_for);
	tcase_add_test(t, a_rotation_waits_for_a_disk_that_hangs);
	tcase_add_test(t, a_ledger_closes_while_its_disk_hangs);
	suite_add_tcase(s, t);
	return s;
}
