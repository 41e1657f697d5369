/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What `vangxa help` prints. */
static void help(char *said, size_t size)
{
	char program[] = "vangxa", word[] = "help";
	char *argv[] = {program, word, NULL};
	FILE *f = tmpfile();
	int kept = dup(STDOUT_FILENO);

	ck_assert_ptr_nonnull(f);
	fflush(stdout);
	dup2(fileno(f), STDOUT_FILENO);
	ck_assert_int_eq(cli_main(2, argv, cli_light, cli_station), 0);
	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	rewind(f);
	said[fread(said, 1, size - 1, f)] = '\0';
	fclose(f);
}

static int times_in(const struct cli_command *table, const char *name)
{
	int count = 0;

	for (; table->name != NULL; table++)
		count += strcmp(table->name, name) == 0 && table->run != NULL;
	return count;
}

/* Reports are a program of their own. */
static bool is_there(const char *name)
{
	return strcmp(name, "report") == 0 ||
	       times_in(cli_light, name) + times_in(cli_station, name) == 1;
}

/* What it had not, it would become itself for, without end. */
START_TEST(what_help_names_is_there)
{
	char said[8192], *rest = NULL;
	int count = 0;

	help(said, sizeof(said));
	for (char *line = strtok_r(said, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (strncmp(line, "  vangxa ", 9) != 0)
			continue;
		line[9 + strcspn(line + 9, " ")] = '\0';
		ck_assert_msg(is_there(line + 9), "%s", line + 9);
		count++;
	}
	ck_assert_int_gt(count, 30);
}
END_TEST

START_TEST(the_station_s_own_children_are_there)
{
	static const char *const names[] = {"sink", "ear", "line", "worker", "signer", "witness",
					    "fetch", "voice"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ck_assert_msg(is_there(names[i]), "%s", names[i]);
}
END_TEST

Suite *suite_cli_station(void);
Suite *suite_cli_station(void)
{
	Suite *s = suite_create("cli_station");
	TCase *c = tcase_create("cli_station");

	tcase_add_test(c, what_help_names_is_there);
	tcase_add_test(c, the_station_s_own_children_are_there);
	suite_add_tcase(s, c);
	return s;
}
