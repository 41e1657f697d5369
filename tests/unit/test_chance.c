/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/chance.h"

#include <check.h>
#include <signal.h>
#include <string.h>

/* The reference sequence of splitmix64 for seed 1234567 (Vigna's test values). */
START_TEST(test_known_sequence)
{
	static const uint64_t want[] = {
		UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
		UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
		UINT64_C(16408922859458223821),
	};
	struct chance c = {1234567};

	for (int i = 0; i < 5; i++)
		ck_assert_uint_eq(chance_next(&c), want[i]);
}
END_TEST

START_TEST(test_below)
{
	struct chance c = {42};
	int seen[7] = {0};

	for (int i = 0; i < 7000; i++) {
		uint64_t n = chance_below(&c, 7);
		ck_assert_uint_lt(n, 7);
		seen[n]++;
	}
	for (int i = 0; i < 7; i++)
		ck_assert_int_gt(seen[i], 800);
	ck_assert_uint_eq(chance_below(&c, 1), 0);
}
END_TEST

START_TEST(test_below_nothing_is_our_mistake)
{
	struct chance c = {1};

	chance_below(&c, 0);
}
END_TEST

/* Two draws of 256 bits that agree would mean that nothing was drawn. */
START_TEST(test_bytes)
{
	char a[256] = {0}, b[256] = {0};

	chance_bytes(a, sizeof(a));
	chance_bytes(b, sizeof(b));
	ck_assert_mem_ne(a, b, 32);
	ck_assert_mem_ne(a + 224, b + 224, 32);
	memset(a, 7, sizeof(a));
	chance_bytes(a, 0);
	ck_assert_int_eq(a[0], 7);
}
END_TEST

Suite *suite_chance(void);
Suite *suite_chance(void)
{
	Suite *s = suite_create("chance");
	TCase *c = tcase_create("chance");

	tcase_add_test(c, test_known_sequence);
	tcase_add_test(c, test_below);
	tcase_add_test_raise_signal(c, test_below_nothing_is_our_mistake, SIGABRT);
	tcase_add_test(c, test_bytes);
	suite_add_tcase(s, c);
	return s;
}
