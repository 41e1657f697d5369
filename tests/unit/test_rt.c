/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/rt.h"

#include <check.h>
#include <pthread.h>
#include <sched.h>

/* With the right to it the thread gets SCHED_FIFO below the kernel's interrupt threads; without,
 * the answer is no and nothing has changed. Which of the two depends on the machine. */
START_TEST(test_priority_is_as_answered)
{
	struct sched_param p;
	int policy;
	bool raised = rt_raise_priority();

	ck_assert_int_eq(pthread_getschedparam(pthread_self(), &policy, &p), 0);
	ck_assert_int_eq(policy, raised ? SCHED_FIFO : SCHED_OTHER);
	ck_assert_int_eq(p.sched_priority, raised ? 40 : 0);
}
END_TEST

Suite *suite_rt(void);
Suite *suite_rt(void)
{
	Suite *s = suite_create("rt");
	TCase *c = tcase_create("rt");

	tcase_add_test(c, test_priority_is_as_answered);
	suite_add_tcase(s, c);
	return s;
}
