/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/lastgood.h"

#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <unistd.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

START_TEST(nothing_is_known_before_the_log_has_named_anything)
{
	ck_assert_ptr_null(lastgood_load("/khong/co"));
	ck_assert_ptr_null(lastgood_load(c.dir));
}
END_TEST

START_TEST(what_was_in_force_is_read_whatever_stands_in_the_files)
{
	struct err e = {0};

	ck_assert_msg(desk_note_timetables(&c.desk, "", &e), "%s", e.text);
	deskcase_write(&c, "station.yaml", "zonnes");
	struct world_files *files = lastgood_load(c.dir);
	ck_assert_ptr_nonnull(files);
	ck_assert_str_eq(files->settings.name, c.desk.world.files->settings.name);
	ck_assert_int_eq(files->schedule.table_count, 1);
	world_files_free(files);
}
END_TEST

/* Somebody removed what was kept. */
START_TEST(what_was_kept_and_is_gone_is_not_guessed)
{
	struct err e = {0};
	char path[PATH_BYTES + 80];

	ck_assert_msg(desk_note_timetables(&c.desk, "", &e), "%s", e.text);
	snprintf(path, sizeof(path), "%s/timetables/%s.yaml", c.dir,
		 c.desk.world.files->settings_sha256);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_ptr_null(lastgood_load(c.dir));
}
END_TEST

Suite *suite_lastgood(void);
Suite *suite_lastgood(void)
{
	Suite *s = suite_create("lastgood");
	TCase *t = tcase_create("lastgood");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, nothing_is_known_before_the_log_has_named_anything);
	tcase_add_test(t, what_was_in_force_is_read_whatever_stands_in_the_files);
	tcase_add_test(t, what_was_kept_and_is_gone_is_not_guessed);
	suite_add_tcase(s, t);
	return s;
}
