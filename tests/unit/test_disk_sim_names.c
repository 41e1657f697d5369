/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/disk_sim_inside.h"

#include <check.h>
#include <stdio.h>

static struct disk_sim *d;

static void setup(void)
{
	d = disk_sim_create();
}

static void teardown(void)
{
	disk_sim_destroy(d);
}

START_TEST(table_sets_finds_and_drops)
{
	struct names n = {0}, copy;
	char name[32];

	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "log/%d", i);
		names_set(&n, name, i);
	}
	names_set(&n, "log/7", 70);
	names_drop(&n, "log/8");
	names_drop(&n, "log/8");
	names_copy(&copy, &n);
	names_finish(&n);
	ck_assert_int_eq(names_find(&copy, "log/7"), 70);
	ck_assert_int_eq(names_find(&copy, "log/8"), -1);
	ck_assert_int_eq(names_find(&copy, "log/999"), 999);
	ck_assert(names_has_children(&copy, "log"));
	ck_assert(!names_has_children(&copy, "lo"));
	names_finish(&copy);
}
END_TEST

START_TEST(changes_build_on_one_another)
{
	change_add(d, NULL, "a", 0, -1);	 /* 0 folder */
	change_add(d, NULL, "a/x", 1, -1);	 /* 1 in it */
	change_add(d, "a/x", "b", 1, -1);	 /* 2 moved out */
	change_add(d, NULL, "c", 2, -1);	 /* 3 of no concern to them */
	change_add(d, "a", NULL, 0, -1);	 /* 4 folder removed */
	ck_assert(change_needs(&d->changes[1], &d->changes[0]));
	ck_assert(change_needs(&d->changes[2], &d->changes[1]));
	ck_assert(!change_needs(&d->changes[3], &d->changes[0]));
	ck_assert(!change_needs(&d->changes[3], &d->changes[2]));
	ck_assert(change_needs(&d->changes[4], &d->changes[2])); /* only when it is empty */
	ck_assert(!change_needs(&d->changes[4], &d->changes[3]));
}
END_TEST

START_TEST(sync_takes_what_it_builds_on_and_no_more)
{
	change_add(d, NULL, "a", 0, -1);
	change_add(d, NULL, "a/x", 1, -1);
	change_add(d, NULL, "c", 2, -1);
	change_sync(d, "a");
	ck_assert_int_eq(names_find(&d->kept, "a/x"), 1);
	ck_assert_int_eq(names_find(&d->kept, "a"), 0);
	ck_assert_int_eq(names_find(&d->kept, "c"), -1);
	ck_assert_int_eq(d->change_count, 1);
	change_sync(d, ".");
	ck_assert_int_eq(names_find(&d->kept, "c"), 2);
}
END_TEST

Suite *suite_disk_sim_names(void);
Suite *suite_disk_sim_names(void)
{
	Suite *s = suite_create("disk_sim_names");
	TCase *t = tcase_create("disk_sim_names");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, table_sets_finds_and_drops);
	tcase_add_test(t, changes_build_on_one_another);
	tcase_add_test(t, sync_takes_what_it_builds_on_and_no_more);
	suite_add_tcase(s, t);
	return s;
}
