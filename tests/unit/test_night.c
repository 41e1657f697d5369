/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/night.h"

#include <check.h>

#define H 3600

static struct settings at(int from_h, int to_h)
{
	return (struct settings){.has_night = true, .night_from_s = from_h * H,
				 .night_to_s = to_h * H, .night_db = -10};
}

START_TEST(it_passes_midnight)
{
	const struct settings s = at(21, 6);

	ck_assert(night_db(&s, 21 * H - 1) == 0);
	ck_assert(night_db(&s, 21 * H) == -10);
	ck_assert(night_db(&s, 0) == -10);
	ck_assert(night_db(&s, 6 * H - 1) == -10);
	ck_assert(night_db(&s, 6 * H) == 0);
}
END_TEST

START_TEST(it_may_be_noon)
{
	const struct settings s = at(12, 13);

	ck_assert(night_db(&s, 12 * H - 1) == 0);
	ck_assert(night_db(&s, 12 * H) == -10);
	ck_assert(night_db(&s, 13 * H) == 0);
	ck_assert(night_db(&s, 0) == 0);
}
END_TEST

START_TEST(without_one_nothing_is_lower)
{
	const struct settings s = {.night_from_s = 21 * H, .night_to_s = 6 * H, .night_db = -10};

	ck_assert(night_db(&s, 0) == 0);
}
END_TEST

Suite *suite_night(void);
Suite *suite_night(void)
{
	Suite *s = suite_create("night");
	TCase *t = tcase_create("night");

	tcase_add_test(t, it_passes_midnight);
	tcase_add_test(t, it_may_be_noon);
	tcase_add_test(t, without_one_nothing_is_lower);
	suite_add_tcase(s, t);
	return s;
}
