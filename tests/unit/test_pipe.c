/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/pipe.h"

#include "base/must.h"

#include <check.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define MANY (1 << 20) /* more than a pipe holds */

static char sent[MANY], got[MANY];

static void *read_all(void *arg)
{
	size_t have = 0;
	ssize_t n;

	while ((n = read(*(int *)arg, got + have, MANY - have)) > 0)
		have += (size_t)n;
	return NULL;
}

START_TEST(more_than_a_pipe_holds_comes_whole)
{
	int fds[2];
	pthread_t reader;

	for (int i = 0; i < MANY; i++)
		sent[i] = (char)(i * 7);
	must(pipe2(fds, O_CLOEXEC) == 0);
	must(pthread_create(&reader, NULL, read_all, &fds[0]) == 0);
	ck_assert(pipe_send(fds[1], sent, MANY));
	close(fds[1]);
	pthread_join(reader, NULL);
	close(fds[0]);
	ck_assert_mem_eq(sent, got, MANY);
}
END_TEST

START_TEST(nobody_who_reads_is_told)
{
	int fds[2];

	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	must(pipe2(fds, O_CLOEXEC) == 0);
	close(fds[0]);
	ck_assert(!pipe_send(fds[1], "x", 1));
	ck_assert(pipe_send(fds[1], "", 0));
	close(fds[1]);
}
END_TEST

Suite *suite_pipe(void);
Suite *suite_pipe(void)
{
	Suite *s = suite_create("pipe");
	TCase *t = tcase_create("all");

	tcase_add_test(t, more_than_a_pipe_holds_comes_whole);
	tcase_add_test(t, nobody_who_reads_is_told);
	suite_add_tcase(s, t);
	return s;
}
