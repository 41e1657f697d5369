/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/days.h"

#include <check.h>

static const struct {
	const char *word;
	int mask;
} good[] = {
	{"mon", 0x01}, {"Sun", 0x40}, {"saturday", 0x20}, {"t2", 0x01}, {"T7", 0x20}, {"cn", 0x40},
	{"mon-sat", 0x3f}, {"t2-t6", 0x1f}, {"t7-cn", 0x60}, {"sat-mon", 0x61}, {"wed-wed", 0x04},
	{"daily", 0x7f}, {"hằng ngày", 0x7f}, {"weekdays", 0x1f}, {"weekend", 0x60},
};

START_TEST(reads)
{
	uint8_t mask = 0;

	ck_assert(days_parse(good[_i].word, &mask));
	ck_assert_int_eq(mask, good[_i].mask);
}
END_TEST

static const char *const bad[] = {"", "mo", "mon-", "-mon", "mon-sat-sun", "t1", "t9", "mon..sat",
				  "-"};

START_TEST(refuses)
{
	uint8_t mask = 0x10;

	ck_assert(!days_parse(bad[_i], &mask));
	ck_assert_int_eq(mask, 0x10);
}
END_TEST

Suite *suite_days(void);
Suite *suite_days(void)
{
	Suite *s = suite_create("days");
	TCase *t = tcase_create("all");

	tcase_add_loop_test(t, reads, 0, sizeof(good) / sizeof(good[0]));
	tcase_add_loop_test(t, refuses, 0, sizeof(bad) / sizeof(bad[0]));
	suite_add_tcase(s, t);
	return s;
}
