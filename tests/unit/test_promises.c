/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/promises.h"

#include <check.h>
#include <string.h>

static struct promises p;
static struct promise one;

static void setup(void)
{
	p = (struct promises){0};
}

static void teardown(void)
{
	promises_finish(&p);
}

static struct wall at(int64_t s)
{
	return (struct wall){s * NS_PER_S};
}

START_TEST(what_is_told_is_owed_no_more)
{
	promises_owe(&p, "sáng", at(100));
	promises_owe(&p, "chiều", at(100));
	promises_owe(&p, "sáng", at(50));
	promises_made(&p, at(200));
	promises_tell(&p, "sáng", at(100));
	promises_tell(&p, "sáng", at(100)); /* each item is a line */
	ck_assert(promises_broken(&p, at(1000), &one) && one.start.ns == at(50).ns);
	ck_assert(promises_broken(&p, at(1000), &one));
	ck_assert_str_eq(one.slot, "chiều");
	ck_assert(!promises_broken(&p, at(1000), &one));
}
END_TEST

START_TEST(what_was_told_before_it_was_promised_counts)
{
	promises_tell(&p, "sáng", at(100));
	promises_tell(&p, "sáng", at(300));
	promises_owe(&p, "sáng", at(100));
	promises_made(&p, at(200));
	ck_assert_int_eq(p.count, 1);
	ck_assert(!promises_broken(&p, at(1000), &one));
	promises_owe(&p, "sáng", at(300));
	ck_assert(!promises_broken(&p, at(1000), &one));
}
END_TEST

START_TEST(only_what_is_over_is_broken)
{
	promises_owe(&p, "sáng", at(100));
	ck_assert(!promises_broken(&p, at(100), &one));
	ck_assert(promises_broken(&p, at(101), &one));
}
END_TEST

START_TEST(nothing_is_kept_of_what_can_no_longer_be_owed)
{
	promises_made(&p, at(200));
	for (int i = 0; i < 100; i++)
		promises_tell(&p, "sáng", at(i));
	ck_assert_int_eq(p.count, 0);
	for (int i = 200; i < 300; i++)
		promises_tell(&p, "sáng", at(i));
	promises_made(&p, at(250));
	ck_assert_int_eq(p.count, 50);
	promises_made(&p, at(100)); /* never back */
	ck_assert_int_eq((int)(p.made_to.ns / NS_PER_S), 250);
}
END_TEST

Suite *suite_promises(void);
Suite *suite_promises(void)
{
	Suite *s = suite_create("promises");
	TCase *t = tcase_create("promises");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_told_is_owed_no_more);
	tcase_add_test(t, what_was_told_before_it_was_promised_counts);
	tcase_add_test(t, only_what_is_over_is_broken);
	tcase_add_test(t, nothing_is_kept_of_what_can_no_longer_be_owed);
	suite_add_tcase(s, t);
	return s;
}
