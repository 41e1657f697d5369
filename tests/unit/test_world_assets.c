/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound files that a folder's settings and timetables name: there or not. */
#include "station/world.h"
#include "support/deskcase.h"
#include "support/plan_case.h"

#include <check.h>

static struct deskcase c;
static struct world_files *w;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	world_files_free(w);
	w = NULL;
	deskcase_close(&c);
}

static void load(void)
{
	struct err e = {0};

	w = world_files_load(c.dir, NULL, &e);
	ck_assert_msg(w != NULL, "%s", e.text);
}

START_TEST(a_sound_file_gets_a_master_and_a_missing_one_a_warning_where_it_is_named)
{
	deskcase_sound(&c, "nhac.wav", 1);
	deskcase_write(&c, "schedules/a.yaml",
		       "timetable: A\nslots:\n"
		       "  - {name: X, start: \"06:00\", length: 10m, play: {file: nhac.wav}}\n"
		       "  - {name: Y, start: \"07:00\", length: 10m, play: {file: mat.wav}}\n"
		       "  - {name: Z, start: \"08:00\", length: 10m, play: {file: nhac.wav}}\n");
	load();
	ck_assert_int_eq(w->asset_count, 1);
	ck_assert_str_eq(w->assets[0].path, "nhac.wav");
	ck_assert_int_eq(w->assets[0].frames, 48000);
	ck_assert_int_eq(w->faults.errors, 0);
	ck_assert_int_eq(w->faults.count, 1);
	ck_assert_int_eq(w->faults.list[0].line, 4);
	ck_assert_str_eq(w->faults.list[0].file, "schedules/a.yaml");
}
END_TEST

START_TEST(a_fault_hides_no_missing_file)
{
	deskcase_write(&c, "schedules/thu.yaml",
		       "timetable: A\nslots:\n"
		       "  - {name: X, start: \"25:00\", length: 10m, play: {file: mat.wav}}\n"
		       "  - {name: Y, start: \"07:00\", length: 10m, play: {file: mat2.wav}}\n");
	load();
	ck_assert_int_eq(w->faults.count, 3);
	ck_assert_int_eq(w->schedule.slot_count, 0);
	ck_assert_ptr_nonnull(case_fault(&w->faults, 3, "25:00"));
	ck_assert_ptr_nonnull(case_fault(&w->faults, 3, "mat.wav"));
	ck_assert_ptr_nonnull(case_fault(&w->faults, 4, "mat2.wav"));
}
END_TEST

START_TEST(each_place_that_names_a_missing_file_is_told_once)
{
	deskcase_write(&c, "station.yaml", "station: A\nid: a\nident: mat.wav\n");
	deskcase_write(&c, "schedules/thu.yaml",
		       "timetable: A\nslots:\n"
		       "  - name: X\n    start: \"06:00\"\n    length: 10m\n"
		       "    play: {file: mat.wav}\n"
		       "  - name: Y\n    start: \"07:00\"\n    length: 10m\n"
		       "    play:\n      file: mat.wav\n    fallback: {file: mat.wav}\n");
	load();
	ck_assert_int_eq(w->faults.count, 4);
	ck_assert_str_eq(case_fault(&w->faults, 3, "mat.wav")->file, "station.yaml");
	ck_assert_ptr_nonnull(case_fault(&w->faults, 6, "mat.wav"));
	ck_assert_ptr_nonnull(case_fault(&w->faults, 11, "mat.wav"));
	ck_assert_ptr_nonnull(case_fault(&w->faults, 12, "mat.wav"));
}
END_TEST

Suite *suite_world_assets(void)
{
	Suite *s = suite_create("world_assets");
	TCase *t = tcase_create("world_assets");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_sound_file_gets_a_master_and_a_missing_one_a_warning_where_it_is_named);
	tcase_add_test(t, a_fault_hides_no_missing_file);
	tcase_add_test(t, each_place_that_names_a_missing_file_is_told_once);
	suite_add_tcase(s, t);
	return s;
}
