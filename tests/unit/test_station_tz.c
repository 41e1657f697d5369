/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/station_tz.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char root[64];
static struct tz tz;
static struct err e;

static void setup(void)
{
	tmpdir_make(root);
}

static void teardown(void)
{
	tmpdir_remove(root);
}

static void write_settings(const char *text)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/station.yaml", root);
	FILE *f = fopen(path, "w");
	ck_assert(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

START_TEST(takes_the_zone_of_the_settings)
{
	write_settings("station: Đài thử\nid: thu\ntimezone: Asia/Tokyo\n");
	ck_assert(station_tz(&tz, root, &e));
	ck_assert_str_eq(tz.name, "Asia/Tokyo");
	struct settings *s = station_settings(root);
	ck_assert_ptr_nonnull(s);
	ck_assert_str_eq(s->name, "Đài thử");
	free(s);
}
END_TEST

START_TEST(falls_back_to_vietnam)
{
	char none[96];

	ck_assert_ptr_null(station_settings(root));
	ck_assert(station_tz(&tz, root, &e));
	ck_assert_str_eq(tz.name, "Asia/Ho_Chi_Minh");
	write_settings("station: [broken\n");
	ck_assert(station_tz(&tz, root, &e));
	ck_assert_str_eq(tz.name, "Asia/Ho_Chi_Minh");
	snprintf(none, sizeof(none), "%s/none", root);
	ck_assert(station_tz(&tz, none, &e));
	ck_assert_int_ne(access(none, F_OK), 0); /* looking must not make it */
}
END_TEST

Suite *suite_station_tz(void);
Suite *suite_station_tz(void)
{
	Suite *s = suite_create("station_tz");
	TCase *t = tcase_create("station_tz");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, takes_the_zone_of_the_settings);
	tcase_add_test(t, falls_back_to_vietnam);
	suite_add_tcase(s, t);
	return s;
}
