/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/ear.h"

#include <check.h>
#include <stdlib.h>

#define CALL 240 /* samples a callback */

static struct ear_line line;

/* Callbacks come up to 8 ms late; what is drawn through them is steadier than that. */
START_TEST(jitter_is_smoothed)
{
	line = (struct ear_line){0};
	for (int64_t i = 0; i < 4000; i++)
		ear_line_see(&line, i * CALL, 7 * NS_PER_S + i * 5 * NS_PER_MS +
						      i * 37 % 9 * NS_PER_MS);
	int64_t error = ear_line_hop(&line, 500) -
			(7 * NS_PER_S + 500 * 20 * NS_PER_MS + 10 * NS_PER_MS);
	ck_assert_int_ge(error, 3 * NS_PER_MS);
	ck_assert_int_le(error, 5 * NS_PER_MS);
}
END_TEST

START_TEST(a_crystal_is_followed)
{
	line = (struct ear_line){0};
	for (int64_t i = 0; i < 200000; i++) /* 1,000 s, 200 ppm slow */
		ear_line_see(&line, i * CALL, i * 5001000);
	int64_t hop = 199999 * CALL / 960;
	ck_assert_int_le(llabs(ear_line_hop(&line, hop) - INT64_C(199999) * 5001000),
			 15 * NS_PER_MS);
}
END_TEST

START_TEST(lost_samples_are_a_jump)
{
	line = (struct ear_line){0};
	ear_line_see(&line, 0, NS_PER_S);
	ear_line_see(&line, 48000, 2 * NS_PER_S);
	ck_assert_int_eq(ear_line_hop(&line, 50), 2 * NS_PER_S + 10 * NS_PER_MS);
	ear_line_see(&line, 48240, 5 * NS_PER_S); /* three seconds were not taken */
	ck_assert_int_ge(ear_line_hop(&line, 50), 5 * NS_PER_S);
}
END_TEST

Suite *suite_ear_line(void);
Suite *suite_ear_line(void)
{
	Suite *s = suite_create("ear_line");
	TCase *c = tcase_create("ear_line");

	tcase_add_test(c, jitter_is_smoothed);
	tcase_add_test(c, a_crystal_is_followed);
	tcase_add_test(c, lost_samples_are_a_jump);
	suite_add_tcase(s, c);
	return s;
}
