/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mulaw.h"

#include <check.h>

static float one(uint8_t byte)
{
	float x;

	mulaw_decode(&byte, 1, &x);
	return x;
}

/* Values of G.711, table 2a: 8031 is the largest, on a scale of 8192. */
START_TEST(values_of_the_standard)
{
	ck_assert_float_eq(one(0x80), 8031 / 8192.0f);
	ck_assert_float_eq(one(0x00), -8031 / 8192.0f);
	ck_assert_float_eq(one(0x8f), 4191 / 8192.0f);
	ck_assert_float_eq(one(0xfe), 2 / 8192.0f);
	ck_assert_float_eq(one(0xff), 0);
	ck_assert_float_eq(one(0x7f), 0);
}
END_TEST

START_TEST(every_byte_is_a_sample)
{
	for (int i = 0; i < 256; i++) {
		ck_assert_float_eq(one((uint8_t)i), -one((uint8_t)(i ^ 0x80)));
		ck_assert_float_le(one((uint8_t)i), 1);
		ck_assert(i < 0x81 || i == 0xff || one((uint8_t)i) < one((uint8_t)(i - 1)));
	}
}
END_TEST

Suite *suite_mulaw(void);
Suite *suite_mulaw(void)
{
	Suite *s = suite_create("mulaw");
	TCase *c = tcase_create("bytes");

	tcase_add_test(c, values_of_the_standard);
	tcase_add_test(c, every_byte_is_a_sample);
	suite_add_tcase(s, c);
	return s;
}
