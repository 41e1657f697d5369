/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/answer.h"

#include "base/json.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a process that answers says on its standard output, and how it ends. */
static int answered(const char *id, const char *file, char *said, size_t size)
{
	int ends[2], status;
	size_t len = 0;
	ssize_t n;

	ck_assert_int_eq(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct err e = {0};

		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		FILE *out = answer_begin(&e);
		if (out != NULL && file != NULL)
			fputs(file, out);
		err_set(&e, ERR_DIFFERS, "the view differs");
		_exit(answer_give(id, out, file != NULL, "a.csv", "text/csv", &e));
	}
	close(ends[1]);
	while ((n = read(ends[0], said + len, size - 1 - len)) > 0)
		len += (size_t)n;
	said[len] = '\0';
	close(ends[0]);
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

START_TEST(a_line_and_then_the_file)
{
	char said[400];
	struct err e;

	ck_assert_int_eq(answered("17", "một,hai\n", said, sizeof(said)), 0);
	char *end = strchr(said, '\n');
	ck_assert_ptr_nonnull(end);
	ck_assert_str_eq(end + 1, "một,hai\n");
	json_t *line = json_read(said, (size_t)(end - said), &e);
	ck_assert_int_eq(json_get_integer(line, "id", -1), 17);
	ck_assert_int_eq(json_get_integer(line, "bytes", -1), (int)strlen("một,hai\n"));
	ck_assert_str_eq(json_get_text(line, "file", ""), "a.csv");
	ck_assert_str_eq(json_get_text(line, "type", ""), "text/csv");
	ck_assert(json_is_true(json_object_get(line, "ok")));
	json_decref(line);
}
END_TEST

START_TEST(what_went_wrong_is_an_answer_and_no_file)
{
	char said[400];
	struct err e;

	ck_assert_int_eq(answered("\"x\"", NULL, said, sizeof(said)), 0);
	json_t *line = json_read(said, strlen(said), &e);
	ck_assert_str_eq(json_get_text(line, "id", ""), "x");
	ck_assert_str_eq(json_get_text(json_object_get(line, "error"), "code", ""), "differs");
	json_decref(line);
	ck_assert_int_eq(answered("{broken", NULL, said, sizeof(said)), 0);
	ck_assert_ptr_nonnull(strstr(said, "\"id\":null"));
}
END_TEST

/* More than a pipe holds, so that it is under way when the signal comes. */
#define LONG_BYTES (1 << 20)

static void send_long(int to)
{
	struct err e = {0};

	dup2(to, STDOUT_FILENO);
	FILE *out = answer_begin(&e);
	for (int i = 0; out != NULL && i < LONG_BYTES; i++)
		fputc('x', out);
	_exit(answer_give("1", out, true, "a.csv", "text/csv", &e));
}

static int taken(bool whole)
{
	static char piece[65536];
	int ends[2], status;

	ck_assert_int_eq(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
		send_long(ends[1]);
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], piece, 1), 1); /* it is at it */
	kill(pid, SIGTERM);
	while (whole && read(ends[0], piece, sizeof(piece)) > 0)
		;
	close(ends[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

/* The station ends it when whoever asked is gone, which is so as well when all is taken. */
START_TEST(what_goes_out_is_ended_by_nobody_but_its_reader)
{
	ck_assert_int_eq(taken(true), 0);
	ck_assert_int_ne(taken(false), 0);
}
END_TEST

Suite *suite_answer(void);
Suite *suite_answer(void)
{
	Suite *s = suite_create("answer");
	TCase *t = tcase_create("answer");

	tcase_add_test(t, a_line_and_then_the_file);
	tcase_add_test(t, what_went_wrong_is_an_answer_and_no_file);
	tcase_add_test(t, what_goes_out_is_ended_by_nobody_but_its_reader);
	suite_add_tcase(s, t);
	return s;
}
