/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

START_TEST(test_true_goes_on)
{
	int evaluated = 0;

	must(++evaluated == 1);
	ck_assert_int_eq(evaluated, 1);
}
END_TEST

/* Lets a child break an invariant; what it wrote and how it ended. */
static int break_one(const char *cond, char *said, size_t size)
{
	int pipe_fd[2], status;

	ck_assert_int_eq(pipe(pipe_fd), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(pipe_fd[1], STDERR_FILENO);
		must_fail("src/mix/x.c", 42, "x_do", cond);
	}
	close(pipe_fd[1]);
	size_t len = 0;
	for (ssize_t n; len < size - 1 && (n = read(pipe_fd[0], said + len, size - 1 - len)) > 0;)
		len += (size_t)n;
	said[len] = '\0';
	close(pipe_fd[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

START_TEST(test_false_dies_and_says_where)
{
	char said[2048];
	int status = break_one("count > 0", said, sizeof(said));

	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	ck_assert_str_eq(said, "vangxa: src/mix/x.c:42: x_do: broken invariant: count > 0\n");
}
END_TEST

START_TEST(test_long_condition_is_cut)
{
	char cond[1500], said[4096];

	memset(cond, 'c', sizeof(cond) - 1);
	cond[sizeof(cond) - 1] = '\0';
	int status = break_one(cond, said, sizeof(said));
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	ck_assert_uint_eq(strlen(said), 511);
}
END_TEST

START_TEST(test_macro_dies)
{
	must(1 == 2);
}
END_TEST

Suite *suite_must(void);
Suite *suite_must(void)
{
	Suite *s = suite_create("must");
	TCase *c = tcase_create("must");

	tcase_add_test(c, test_true_goes_on);
	tcase_add_test(c, test_false_dies_and_says_where);
	tcase_add_test(c, test_long_condition_is_cut);
	tcase_add_test_raise_signal(c, test_macro_dies, SIGABRT);
	suite_add_tcase(s, c);
	return s;
}
