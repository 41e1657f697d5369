/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/parcel_inside.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct parcel p = {.first = {2026, 11, 1}, .last = {2026, 11, 30}};
static struct parcel_log log_one = {.dir = "log", .c = {.size = 1234}};
static struct buf out;

static void setup(void)
{
	buf_text(&log_one.vkey, "vangxa/thu+01234567+AAAA\n");
}

static void teardown(void)
{
	buf_finish(&out);
	buf_finish(&log_one.vkey);
}

START_TEST(both_languages_tell_the_same_figures)
{
	parcel_readme_vi(&p, &log_one, 1, &out);
	for (int i = 0; i < 2; i++) {
		ck_assert(strstr(out.data, "2026-11-01 – 2026-11-30\nlog: 1234, root AAAA") !=
			  NULL);
		ck_assert(strstr(out.data, "vangxa/thu+01234567+AAAA\n") != NULL);
		ck_assert(strstr(out.data, "python3 verify.py .") != NULL);
		buf_reset(&out);
		parcel_readme_en(&p, &log_one, 1, &out);
	}
}
END_TEST

/* So that it can be read to its end by whoever doubts it. */
START_TEST(the_verifier_is_python_of_sixty_lines)
{
	int lines = 0;

	ck_assert_int_eq(strncmp(parcel_verifier, "#!/usr/bin/env python3\n", 23), 0);
	for (const char *c = parcel_verifier; *c != 0; c++)
		lines += *c == '\n';
	ck_assert_int_le(lines, 60);
}
END_TEST

Suite *suite_parcel_words(void);
Suite *suite_parcel_words(void)
{
	Suite *s = suite_create("parcel_words");
	TCase *t = tcase_create("parcel_words");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, both_languages_tell_the_same_figures);
	tcase_add_test(t, the_verifier_is_python_of_sixty_lines);
	suite_add_tcase(s, t);
	return s;
}
