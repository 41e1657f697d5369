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
	for (int i = TEXT_README_VI; i <= TEXT_README_EN; i++) {
		parcel_text((enum parcel_text)i, &p, &log_one, 1, 5, &out);
		ck_assert(strstr(out.data, "2026-11-01 – 2026-11-30\nlog: 1234, root AAAA") !=
			  NULL);
		ck_assert(strstr(out.data, "vangxa/thu+01234567+AAAA\n") != NULL);
		ck_assert(strstr(out.data, "python3 verify.py .") != NULL);
		ck_assert(strstr(out.data, "(user:7)") != NULL); /* and whose that is it does not */
		buf_reset(&out);
	}
}
END_TEST

/* So that it can be read to its end by whoever doubts it. */
START_TEST(the_verifier_is_python_of_sixty_lines)
{
	int lines = 0, width = 0;

	parcel_text(TEXT_VERIFIER, &p, NULL, 0, 0, &out);
	ck_assert(strstr(out.data, "\nimport base64, ") != NULL);
	for (const char *c = out.data; *c != 0; c++) {
		lines += *c == '\n';
		width = *c == '\n' ? 0 : width + 1;
		ck_assert_int_le(width, 160);
	}
	ck_assert_int_le(lines, 60);
}
END_TEST

START_TEST(a_program_says_which_texts_are_its_own)
{
	char one[SHA256_HEX_BYTES], two[SHA256_HEX_BYTES];

	parcel_texts_hash(one);
	parcel_texts_hash(two);
	ck_assert_str_eq(one, two);
	ck_assert_uint_eq(strlen(one), SHA256_HEX_BYTES - 1);
	parcel_text(TEXT_ABOUT, &p, NULL, 0, 5, &out);
	ck_assert_ptr_nonnull(strstr(out.data, one));
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
	tcase_add_test(t, a_program_says_which_texts_are_its_own);
	suite_add_tcase(s, t);
	return s;
}
