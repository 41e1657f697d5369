/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/args.h"

#include "base/buf.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool json;
static const char *data, *out;
static struct arg_list programmes;
static char **words;
static int count;
static struct err e;

static const struct arg options[] = {
	{.name = "data", .value = &data, .path = true},
	{.name = "json", .flag = &json},
	{.name = "output", .letter = 'o', .value = &out},
	{.name = "programme", .list = &programmes},
	{0},
};

/* Splits at spaces and reads. */
static bool read_line(const char *text, int min_words, int max_words)
{
	static char copy[4 * ARGS_LIST_MAX * 4];
	static char *argv[4 * ARGS_LIST_MAX];
	char *rest = copy, *word;
	int argc = 0;

	json = false;
	data = out = NULL;
	programmes.count = 0;
	snprintf(copy, sizeof(copy), "%s", text);
	while ((word = strsep(&rest, " ")) != NULL)
		argv[argc++] = word;
	argv[argc] = NULL;
	return args_read(argc, argv, options, min_words, max_words, &words, &count, &e);
}

START_TEST(text_is_utf8_and_a_file_name_any_bytes)
{
	ck_assert(read_line("add --data /x\xff b.mp3", 1, 1));
	ck_assert(!read_line("add --programme \xc3\xa9\xff b.mp3", 1, 1));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "--programme: "));
	ck_assert_ptr_nonnull(strstr(e.text, "UTF-8"));
	ck_assert(args_utf8("mã", "B17", &e));
	ck_assert(!args_utf8("mã", "B\x80", &e));
}
END_TEST

START_TEST(reads_options_in_any_place)
{
	ck_assert(read_line("add a.mp3 --data=/x --programme A -o f --json --programme B b.mp3",
			    1, 2));
	ck_assert_str_eq(data, "/x");
	ck_assert_str_eq(out, "f");
	ck_assert(json);
	ck_assert_int_eq(programmes.count, 2);
	ck_assert_str_eq(programmes.items[1], "B");
	ck_assert_int_eq(count, 2);
	ck_assert_str_eq(words[1], "b.mp3");
	ck_assert(read_line("add -- --json", 1, 1));
	ck_assert_str_eq(words[0], "--json");
	ck_assert(!json);
}
END_TEST

START_TEST(refuses_wrong_usage)
{
	static const char *const wrong[] = {"log --nope", "log -z", "log --data", "log -o",
					    "log --json=1", "log one two three", "log"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(!read_line(wrong[i], 1, 2), "%s", wrong[i]);
		ck_assert_int_eq(e.kind, ERR_USAGE);
	}
}
END_TEST

START_TEST(too_many_repeats_are_refused)
{
	struct buf line = {0};

	buf_text(&line, "add");
	for (int i = 0; i < ARGS_LIST_MAX; i++)
		buf_text(&line, " --pr A");
	ck_assert(read_line(buf_str(&line), 0, 0));
	buf_text(&line, " --pr A");
	ck_assert(!read_line(buf_str(&line), 0, 0));
	buf_finish(&line);
}
END_TEST

START_TEST(data_folder_has_a_default)
{
	unsetenv("VANGXA_DATA");
	ck_assert_str_eq(args_data(NULL), "/var/lib/vangxa");
	setenv("VANGXA_DATA", "/srv/radio", 1);
	ck_assert_str_eq(args_data(NULL), "/srv/radio");
	ck_assert_str_eq(args_data("var"), "var");
}
END_TEST

Suite *suite_args(void);
Suite *suite_args(void)
{
	Suite *s = suite_create("args");
	TCase *t = tcase_create("args");

	tcase_add_test(t, reads_options_in_any_place);
	tcase_add_test(t, text_is_utf8_and_a_file_name_any_bytes);
	tcase_add_test(t, refuses_wrong_usage);
	tcase_add_test(t, too_many_repeats_are_refused);
	tcase_add_test(t, data_folder_has_a_default);
	suite_add_tcase(s, t);
	return s;
}
