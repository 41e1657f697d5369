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
	promises_owe(&p, "sáng", at(100), "");
	promises_owe(&p, "chiều", at(100), "");
	promises_owe(&p, "sáng", at(50), "");
	promises_made(&p, at(200));
	promises_tell(&p, "sáng", at(100), "");
	promises_tell(&p, "sáng", at(100), ""); /* each item is a line */
	ck_assert(promises_broken(&p, at(1000), at(2000), &one) && one.start.ns == at(50).ns);
	ck_assert(promises_broken(&p, at(1000), at(2000), &one));
	ck_assert_str_eq(one.slot, "chiều");
	ck_assert(!promises_broken(&p, at(1000), at(2000), &one));
}
END_TEST

START_TEST(what_was_told_before_it_was_promised_counts)
{
	promises_tell(&p, "sáng", at(100), "");
	promises_tell(&p, "sáng", at(300), "");
	promises_owe(&p, "sáng", at(100), "");
	promises_made(&p, at(200));
	ck_assert_int_eq(p.count, 1);
	ck_assert(!promises_broken(&p, at(1000), at(2000), &one));
	promises_owe(&p, "sáng", at(300), "");
	ck_assert(!promises_broken(&p, at(1000), at(2000), &one));
}
END_TEST

START_TEST(only_what_is_over_is_broken)
{
	promises_owe(&p, "sáng", at(100), "");
	ck_assert(!promises_broken(&p, at(100), at(2000), &one));
	ck_assert(promises_broken(&p, at(101), at(2000), &one));
}
END_TEST

START_TEST(nothing_is_kept_of_what_can_no_longer_be_owed)
{
	promises_made(&p, at(200));
	for (int i = 0; i < 100; i++)
		promises_tell(&p, "sáng", at(i), "");
	ck_assert_int_eq(p.count, 0);
	for (int i = 200; i < 300; i++)
		promises_tell(&p, "sáng", at(i), "");
	promises_made(&p, at(250));
	ck_assert_int_eq(p.count, 50);
	promises_made(&p, at(100)); /* never back */
	ck_assert_int_eq((int)(p.made_to.ns / NS_PER_S), 250);
}
END_TEST

START_TEST(a_bulletin_of_a_start_is_owed_by_itself)
{
	promises_owe(&p, "sáng", at(100), "");
	promises_owe(&p, "sáng", at(100), "B1")->due = at(500);
	ck_assert_ptr_nonnull(promises_owe(&p, "sáng", at(100), "B2"));
	ck_assert_ptr_null(promises_owe(&p, "sáng", at(100), "B2"));
	promises_tell(&p, "sáng", at(100), "");
	promises_tell(&p, "sáng", at(100), "B2");
	ck_assert(!promises_broken(&p, at(1000), at(500), &one));
	ck_assert(promises_broken(&p, at(1000), at(501), &one));
	ck_assert_str_eq(one.bulletin, "B1");
	ck_assert(!promises_broken(&p, at(1000), at(2000), &one));
}
END_TEST

START_TEST(all_of_one_start_stand_together)
{
	int count;

	promises_owe(&p, "a", at(100), "B1")->n = 7;
	promises_owe(&p, "a", at(50), "B1");
	promises_owe(&p, "b", at(100), "B2")->n = 8;
	const struct promise *list = promises_at(&p, at(100), &count);
	ck_assert_int_eq(count, 2);
	ck_assert_int_eq(list[0].n + list[1].n, 15);
	ck_assert_ptr_null(promises_at(&p, at(70), &count));
	ck_assert_int_eq(count, 0);
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
	tcase_add_test(t, a_bulletin_of_a_start_is_owed_by_itself);
	tcase_add_test(t, all_of_one_start_stand_together);
	suite_add_tcase(s, t);
	return s;
}
