/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Exit status of `vangxa WORD`; what it says is thrown away. */
static int status_of(const char *word, const char *option)
{
	char program[] = "vangxa", copy[64], second[64];
	char *argv[] = {program, copy, option != NULL ? second : NULL, NULL};
	int null_fd = open("/dev/null", O_WRONLY);

	dup2(null_fd, STDERR_FILENO);
	dup2(null_fd, STDOUT_FILENO);
	snprintf(copy, sizeof(copy), "%s", word);
	if (option != NULL)
		snprintf(second, sizeof(second), "%s", option);
	return cli_main(option != NULL ? 3 : 2, argv, cli_light, cli_station);
}

START_TEST(test_every_command_has_help)
{
	static const char *const commands[] = {
		"run", "station", "web", "check", "plan", "render", "add", "approve", "refuse",
		"withdraw", "bulletins", "status", "cut", "resume", "play", "log", "prove", "pack",
		"rebuild", "devices", "user"};

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		ck_assert_int_eq(status_of(commands[i], "--help"), 0);
		ck_assert_int_eq(status_of(commands[i], "-h"), 0);
	}
	ck_assert_int_eq(status_of("-h", NULL), 0);
	ck_assert_int_eq(status_of("phat-song", "--help"), 2);
}
END_TEST

START_TEST(test_no_such_command)
{
	ck_assert_int_eq(status_of("phat-song", NULL), 2);
}
END_TEST

START_TEST(test_part_of_a_command_is_none)
{
	ck_assert_int_eq(status_of("device", NULL), 2);
}
END_TEST

START_TEST(test_empty_word)
{
	ck_assert_int_eq(status_of("", NULL), 2);
}
END_TEST

static int from_front(const struct cli_command *own, const char *word)
{
	char program[] = "vangxa", copy[64];
	char *argv[] = {program, copy, NULL};

	snprintf(copy, sizeof(copy), "%s", word);
	return cli_main(2, argv, own, NULL);
}

static int seven(int argc, char **argv)
{
	return argc == 1 && argv[0] != NULL ? 7 : 1;
}

/* Beside the test's own program there is no vangxa-station. */
START_TEST(test_what_is_elsewhere_is_sought_there)
{
	static const struct cli_command own[] = {{"log", seven}, {NULL, NULL}};
	char said[512] = "";
	int ends[2], kept = dup(STDERR_FILENO);

	ck_assert_int_eq(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	int status = from_front(own, "status");
	dup2(kept, STDERR_FILENO);
	close(ends[1]);
	ck_assert_int_gt(read(ends[0], said, sizeof(said) - 1), 0);
	ck_assert_int_eq(status, 1);
	ck_assert_ptr_nonnull(strstr(said, "vangxa-station"));
	ck_assert_int_eq(from_front(own, "log"), 7);
	close(ends[0]);
	close(kept);
}
END_TEST

Suite *suite_cli(void);
Suite *suite_cli(void)
{
	Suite *s = suite_create("cli");
	TCase *c = tcase_create("cli");

	tcase_add_test(c, test_no_such_command);
	tcase_add_test(c, test_every_command_has_help);
	tcase_add_test(c, test_part_of_a_command_is_none);
	tcase_add_test(c, test_empty_word);
	tcase_add_test(c, test_what_is_elsewhere_is_sought_there);
	suite_add_tcase(s, c);
	return s;
}
