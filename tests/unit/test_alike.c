/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hundreds of pairs: bench/same_sound.sh. */
#include "library/alike.h"

#include "base/limits.h"
#include "support/spoken.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char dir[64];
static struct print field;

static struct print spoken(const char *text, const char *const args[])
{
	char path[128];

	snprintf(path, sizeof(path), "%s/spoken", dir);
	spoken_save(text, path, args);
	return spoken_print(path);
}

static const char *const as_is[] = {"-ar", "48000", "-f", "wav", NULL};

static void setup(void)
{
	tmpdir_make(dir);
	field = spoken(SPOKEN_FIELD, as_is);
}

static void teardown(void)
{
	print_free(&field);
	tmpdir_remove(dir);
}

/* Either way round. */
static double share_with(struct print other)
{
	double share = alike(&field, &other), back = alike(&other, &field);

	ck_assert_double_eq_tol(share, back, 0.03);
	print_free(&other);
	return share;
}

START_TEST(what_was_sent_on_is_known_again)
{
	static const char *const begun_late[] = {"-ss", "0.613", "-ar", "48000", "-f", "wav", NULL};

	ck_assert_double_eq(alike(&field, &field), 1);
	ck_assert_double_ge(share_with(spoken(SPOKEN_FIELD, spoken_sent_on)), 0.85);
	ck_assert_double_ge(share_with(spoken(SPOKEN_FIELD, begun_late)), 0.85);
}
END_TEST

START_TEST(another_text_speed_or_word_is_not)
{
	static const char *const faster[] = {"-af", "atempo=1.06", "-ar", "48000",
					     "-f",  "wav",	   NULL};
	char text[] = SPOKEN_FIELD, *word = strstr(text, "hai. Bà");

	ck_assert_double_eq(share_with(spoken(SPOKEN_POWER, as_is)), 0);
	ck_assert_double_eq(share_with(spoken(SPOKEN_FIELD, faster)), 0);
	memcpy(word, "sau", 3);
	ck_assert_double_eq(share_with(spoken(text, as_is)), 0);
}
END_TEST

START_TEST(a_part_of_it_is_another_bulletin)
{
	struct print half = {field.words, field.count / 2};

	ck_assert_double_eq(alike(&field, &half), 0);
	ck_assert_double_eq(alike(&half, &field), 0);
	half.count = field.count - 20; /* a second */
	ck_assert_double_eq(alike(&field, &half), 1);
}
END_TEST

START_TEST(what_is_too_short_is_not_judged)
{
	struct print p = {field.words, 60}, none = {0};

	ck_assert_double_eq(alike(&p, &p), 0);
	ck_assert_double_eq(alike(&none, &field), 0);
	ck_assert_double_eq(alike(&field, &none), 0);
}
END_TEST

Suite *suite_alike(void);
Suite *suite_alike(void)
{
	Suite *s = suite_create("alike");
	TCase *t = tcase_create("alike");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, what_was_sent_on_is_known_again);
	tcase_add_test(t, another_text_speed_or_word_is_not);
	tcase_add_test(t, a_part_of_it_is_another_bulletin);
	tcase_add_test(t, what_is_too_short_is_not_judged);
	suite_add_tcase(s, t);
	return s;
}
