/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/clock.h"

#include <check.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

static struct clock_real real;

static void setup(void)
{
	clock_real_open(&real);
}

static void teardown(void)
{
	clock_real_close(&real);
}

START_TEST(test_monotonic_never_goes_back)
{
	struct mono last = clock_mono(&real.clock);

	for (int i = 0; i < 1000; i++) {
		struct mono now = clock_mono(&real.clock);
		ck_assert_int_ge(now.ns, last.ns);
		last = now;
	}
}
END_TEST

/* Between two readings of libc's clock lies ours. */
START_TEST(test_wall_is_the_kernels)
{
	struct timespec before, after;

	clock_gettime(CLOCK_REALTIME, &before);
	struct wall now = clock_wall(&real.clock);
	clock_gettime(CLOCK_REALTIME, &after);
	ck_assert_int_ge(now.ns, before.tv_sec * NS_PER_S + before.tv_nsec);
	ck_assert_int_le(now.ns, after.tv_sec * NS_PER_S + after.tv_nsec);
}
END_TEST

START_TEST(test_state_is_plausible)
{
	struct clock_state state = clock_state(&real.clock);

	ck_assert_double_ge(state.max_error_ms, 0);
	ck_assert_double_le(state.max_error_ms, 16001); /* the kernel's own ceiling is 16 s */
	ck_assert_int_eq(state.source != NULL, state.synced);
	ck_assert_int_ge(clock_up_ns(&real.clock), clock_mono(&real.clock).ns - NS_PER_S);
}
END_TEST

/* Nobody set the clock: nothing to read, no step. Setting it is not for a test on a real machine.
 * */
START_TEST(test_no_step_without_a_step)
{
	struct pollfd step = {.fd = clock_step_fd(&real.clock), .events = POLLIN};

	ck_assert_int_ge(step.fd, 0);
	ck_assert_int_eq(poll(&step, 1, 0), 0);
	ck_assert(!clock_stepped(&real.clock));
}
END_TEST

START_TEST(test_close_gives_the_descriptor_back)
{
	struct clock_real other;

	clock_real_open(&other);
	int fd = other.step_fd;
	clock_real_close(&other);
	ck_assert_int_eq(other.step_fd, -1);
	ck_assert_int_eq(close(fd), -1);
}
END_TEST

Suite *suite_clock(void);
Suite *suite_clock(void)
{
	Suite *s = suite_create("clock");
	TCase *c = tcase_create("clock");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, test_monotonic_never_goes_back);
	tcase_add_test(c, test_wall_is_the_kernels);
	tcase_add_test(c, test_state_is_plausible);
	tcase_add_test(c, test_no_step_without_a_step);
	tcase_add_test(c, test_close_gives_the_descriptor_back);
	suite_add_tcase(s, c);
	return s;
}
