/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/throttle.h"

#include <check.h>
#include <stdio.h>

static struct throttle t;

static bool take(const char *name, int64_t second)
{
	int64_t wait_ns;
	bool taken = throttle_take(&t, name, (struct mono){second * NS_PER_S}, &wait_ns);

	ck_assert(taken == (wait_ns == 0));
	return taken;
}

START_TEST(after_the_burst_one_at_a_time)
{
	throttle_init(&t, 3, 60 * NS_PER_S);
	for (int i = 0; i < 3; i++)
		ck_assert(take("lan", 1000));
	ck_assert(!take("lan", 1000));
	ck_assert(!take("lan", 1059));
	ck_assert(take("lan", 1060));
	ck_assert(!take("lan", 1061));
	for (int i = 0; i < 3; i++)
		ck_assert(take("lan", 9000));
	ck_assert(!take("lan", 9000));
}
END_TEST

START_TEST(one_name_does_not_use_up_another)
{
	throttle_init(&t, 1, 60 * NS_PER_S);
	for (int i = 0; i < 16; i++) /* so that a shared bucket cannot fail the test */
		t.key[i] = (unsigned char)i;
	ck_assert(take("lan", 5));
	ck_assert(take("minh", 5));
	ck_assert(!take("lan", 5));
}
END_TEST

START_TEST(many_other_names_do_not_wash_one_out)
{
	char name[32];

	throttle_init(&t, 1, 60 * NS_PER_S);
	ck_assert(take("lan", 5));
	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "khac%d", i);
		take(name, 5);
	}
	ck_assert(!take("lan", 6));
}
END_TEST

START_TEST(what_was_no_guess_is_given_back)
{
	throttle_init(&t, 2, 60 * NS_PER_S);
	ck_assert(take("lan", 5) && take("lan", 5) && !take("lan", 5));
	throttle_return(&t, "lan");
	ck_assert(take("lan", 5) && !take("lan", 5));
	throttle_forget(&t, "lan");
	ck_assert(take("lan", 5) && take("lan", 5) && !take("lan", 5));
	throttle_forget(&t, "lan");
	throttle_return(&t, "lan"); /* no more than there is */
	ck_assert(take("lan", 5) && take("lan", 5) && !take("lan", 5));
}
END_TEST

Suite *suite_throttle(void);
Suite *suite_throttle(void)
{
	Suite *s = suite_create("throttle");
	TCase *c = tcase_create("throttle");

	tcase_add_test(c, after_the_burst_one_at_a_time);
	tcase_add_test(c, one_name_does_not_use_up_another);
	tcase_add_test(c, many_other_names_do_not_wash_one_out);
	tcase_add_test(c, what_was_no_guess_is_given_back);
	suite_add_tcase(s, c);
	return s;
}
