/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/clock.h"

#include <check.h>
#include <signal.h>

static struct clock_sim sim;

static void setup(void)
{
	clock_sim_init(&sim, (struct wall){1000});
}

START_TEST(test_stands_still)
{
	ck_assert_int_eq(clock_mono(&sim.clock).ns, clock_mono(&sim.clock).ns);
	ck_assert_int_eq(clock_wall(&sim.clock).ns, 1000);
	ck_assert(clock_state(&sim.clock).synced);
	ck_assert_int_eq(clock_step_fd(&sim.clock), -1);
	ck_assert(!clock_stepped(&sim.clock));
}
END_TEST

START_TEST(test_both_move_on)
{
	clock_sim_advance(&sim, NS_PER_S);
	clock_sim_advance(&sim, 0);
	ck_assert_int_eq(clock_mono(&sim.clock).ns, NS_PER_S);
	ck_assert_int_eq(clock_wall(&sim.clock).ns, 1000 + NS_PER_S);
}
END_TEST

START_TEST(test_set_is_told_once)
{
	clock_sim_advance(&sim, 5);
	clock_sim_set_wall(&sim, (struct wall){-7});
	ck_assert_int_eq(clock_wall(&sim.clock).ns, -7);
	ck_assert_int_eq(clock_mono(&sim.clock).ns, 5);
	ck_assert(clock_stepped(&sim.clock));
	ck_assert(!clock_stepped(&sim.clock));
	clock_sim_advance(&sim, 8);
	ck_assert_int_eq(clock_wall(&sim.clock).ns, 1);
}
END_TEST

START_TEST(test_state_is_the_testers)
{
	sim.now_state = (struct clock_state){.synced = false, .max_error_ms = 250};
	ck_assert(!clock_state(&sim.clock).synced);
	ck_assert_double_eq(clock_state(&sim.clock).max_error_ms, 250);
}
END_TEST

START_TEST(test_drift_shows_in_the_true_time)
{
	sim.drift_ppb = 100000;
	clock_sim_unsync(&sim);
	clock_sim_advance(&sim, 10000 * NS_PER_S);
	ck_assert_int_eq(clock_wall(&sim.clock).ns, 1000 + 10000 * NS_PER_S);
	ck_assert_int_eq(sim.now_true.ns, 1000 + 10001 * NS_PER_S);
	clock_sim_sync(&sim, 3, "ntpd");
	ck_assert(clock_stepped(&sim.clock));
	ck_assert_int_eq(clock_wall(&sim.clock).ns, sim.now_true.ns);
	ck_assert_str_eq(clock_state(&sim.clock).source, "ntpd");
	clock_sim_advance(&sim, 10000 * NS_PER_S); /* disciplined: it stays right */
	ck_assert_int_eq(clock_wall(&sim.clock).ns, sim.now_true.ns);
	ck_assert(!clock_stepped(&sim.clock));
}
END_TEST

START_TEST(test_sleep_is_counted_by_up_alone)
{
	clock_sim_advance(&sim, NS_PER_S);
	clock_sim_sleep(&sim, 5 * NS_PER_S);
	ck_assert_int_eq(clock_mono(&sim.clock).ns, NS_PER_S);
	ck_assert_int_eq(clock_up_ns(&sim.clock), 6 * NS_PER_S);
	ck_assert_int_eq(clock_wall(&sim.clock).ns, 1000 + 6 * NS_PER_S);
	ck_assert(clock_stepped(&sim.clock));
}
END_TEST

START_TEST(test_back_is_our_mistake)
{
	clock_sim_advance(&sim, -1);
}
END_TEST

Suite *suite_clock_sim(void);
Suite *suite_clock_sim(void)
{
	Suite *s = suite_create("clock_sim");
	TCase *c = tcase_create("clock_sim");

	tcase_add_checked_fixture(c, setup, NULL);
	tcase_add_test(c, test_stands_still);
	tcase_add_test(c, test_both_move_on);
	tcase_add_test(c, test_set_is_told_once);
	tcase_add_test(c, test_state_is_the_testers);
	tcase_add_test(c, test_drift_shows_in_the_true_time);
	tcase_add_test(c, test_sleep_is_counted_by_up_alone);
	tcase_add_test_raise_signal(c, test_back_is_our_mistake, SIGABRT);
	suite_add_tcase(s, c);
	return s;
}
