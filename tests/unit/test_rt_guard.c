/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/rt_guard.h"

#include "sys/rt.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifdef VX_RT_GUARD

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static void *volatile held;

static void do_malloc(void)
{
	held = malloc(10);
}

static void do_free(void)
{
	free(held);
}

static void do_lock(void)
{
	pthread_mutex_lock(&lock);
}

static void do_signal(void)
{
	pthread_cond_signal(&cond);
}

static void do_write(void)
{
	if (write(STDERR_FILENO, "said before it died\n", 20) < 0)
		abort();
}

static void do_open(void)
{
	close(open("/dev/null", O_RDONLY));
}

static void do_poll(void)
{
	poll(NULL, 0, 0);
}

static void do_syscall(void)
{
	syscall(SYS_getpid);
}

static void do_print(void)
{
	printf("%d\n", 1);
}

static void do_puts(void)
{
	puts("a word");
}

static void (*const forbidden[])(void) = {do_malloc, do_free, do_lock,	  do_signal, do_write,
					  do_open,   do_poll, do_syscall, do_print,  do_puts};
#define FORBIDDEN (int)(sizeof(forbidden) / sizeof(forbidden[0]))

START_TEST(test_forbidden_call_inside_aborts)
{
	rt_enter();
	forbidden[_i]();
}
END_TEST

START_TEST(test_everything_is_allowed_outside)
{
	for (int i = 0; i < FORBIDDEN; i++) {
		/* Check itself would write inside. */
		rt_enter();
		bool was_inside = rt_inside();
		rt_leave();
		ck_assert(was_inside && !rt_inside());
		forbidden[i]();
	}
	pthread_mutex_unlock(&lock);
}
END_TEST

static void *allocate(void *arg)
{
	free(malloc(100));
	return arg;
}

START_TEST(test_other_threads_are_free)
{
	pthread_t t;

	ck_assert_int_eq(pthread_create(&t, NULL, allocate, NULL), 0);
	rt_enter();
	rt_leave();
	ck_assert_int_eq(pthread_join(t, NULL), 0);
}
END_TEST

/* The real condition variable is reached, not the one of old programs. */
START_TEST(test_condition_variables_still_time_out)
{
	struct timespec past = {1, 0};

	pthread_mutex_lock(&lock);
	ck_assert_int_ne(pthread_cond_timedwait(&cond, &lock, &past), 0);
	pthread_mutex_unlock(&lock);
}
END_TEST

#endif

Suite *suite_rt_guard(void)
{
	Suite *s = suite_create("rt_guard");
	TCase *t = tcase_create("rt_guard");

#ifdef VX_RT_GUARD
	tcase_add_loop_test_raise_signal(t, test_forbidden_call_inside_aborts, SIGABRT, 0,
					 FORBIDDEN);
	tcase_add_test(t, test_everything_is_allowed_outside);
	tcase_add_test(t, test_other_threads_are_free);
	tcase_add_test(t, test_condition_variables_still_time_out);
#endif
	suite_add_tcase(s, t);
	return s;
}
