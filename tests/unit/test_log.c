/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/log.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int pipe_fd[2];
static char said[8192];

static void setup(void)
{
	ck_assert_int_eq(pipe2(pipe_fd, O_NONBLOCK), 0);
	dup2(pipe_fd[1], STDERR_FILENO);
	unsetenv("JOURNAL_STREAM");
}

static const char *heard(void)
{
	ssize_t n = read(pipe_fd[0], said, sizeof(said) - 1);

	said[n > 0 ? n : 0] = '\0';
	return said;
}

START_TEST(test_one_line)
{
	log_info("%s: %d", "lich", 3);
	ck_assert_str_eq(heard(), "vangxa: lich: 3\n");
	log_warn("một\nhai");
	ck_assert_str_eq(heard(), "vangxa: một hai\n");
}
END_TEST

START_TEST(test_priority_under_systemd)
{
	setenv("JOURNAL_STREAM", "8:1", 1);
	log_info("a");
	ck_assert_str_eq(heard(), "<6>vangxa: a\n");
	log_warn("b");
	ck_assert_str_eq(heard(), "<4>vangxa: b\n");
}
END_TEST

START_TEST(test_long_line_is_cut_but_ends)
{
	char text[4000];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	log_warn("%s", text);
	size_t len = strlen(heard());
	ck_assert_uint_gt(len, 1000);
	ck_assert_uint_le(len, 1200);
	ck_assert_int_eq(said[len - 1], '\n');
	ck_assert_ptr_eq(strchr(said, '\n'), said + len - 1);
}
END_TEST

/* Nobody reads and the pipe is full: the lines are lost and we go on. */
START_TEST(test_full_pipe_stops_nothing)
{
	for (int i = 0; i < 20000; i++)
		log_info("line %d of many that nobody reads", i);
	ck_assert_ptr_nonnull(strstr(heard(), "vangxa: line 0 of many"));
}
END_TEST

Suite *suite_log(void);
Suite *suite_log(void)
{
	Suite *s = suite_create("log");
	TCase *c = tcase_create("log");

	tcase_add_checked_fixture(c, setup, NULL);
	tcase_add_test(c, test_one_line);
	tcase_add_test(c, test_priority_under_systemd);
	tcase_add_test(c, test_long_line_is_cut_but_ends);
	tcase_add_test(c, test_full_pipe_stops_nothing);
	suite_add_tcase(s, c);
	return s;
}
