/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/survey.h"
#include "support/notary_case.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct survey s;
static struct err e;

START_TEST(it_sees_what_is_there)
{
	struct disk_sim *sim = verify_case_make(700);

	ck_assert_msg(survey_make(&s, disk_sim_disk(sim), "log", &e), "%s", e.text);
	ck_assert_int_eq(s.count, 700);
	ck_assert(s.entries.full == 2 && s.entries.width == 188 && s.entries.missing == -1);
	ck_assert(s.levels[0].full == 2 && s.levels[0].width == 188);
	ck_assert(s.levels[1].full == 0 && s.levels[1].width == 2);
	ck_assert(s.levels[2].full == 0 && s.levels[2].width == 0);
	ck_assert(s.vkey.len > 0 && s.checkpoint.len > 0);
	survey_finish(&s);
	disk_sim_destroy(sim);
}
END_TEST

static bool count_one(int64_t index, const char *text, size_t len, void *arg)
{
	int64_t *next = arg;
	char want[300];

	ck_assert_int_eq(index, *next);
	ck_assert_int_eq(verify_case_text(index, want), (int)len);
	ck_assert(memcmp(text, want, len) == 0);
	++*next;
	return index != 600;
}

START_TEST(entries_come_in_order_and_can_be_stopped)
{
	struct disk_sim *sim = verify_case_make(700);
	int64_t next = 250;

	ck_assert(survey_make(&s, disk_sim_disk(sim), "log", &e));
	ck_assert(survey_read(&s, 250, 520, count_one, &next));
	ck_assert_int_eq(next, 520);
	ck_assert(survey_read(&s, 520, 700, count_one, &next));
	ck_assert_int_eq(next, 601);
	survey_finish(&s);
	disk_sim_destroy(sim);
}
END_TEST

START_TEST(a_missing_bundle_is_known_and_ends_the_reading)
{
	struct disk_sim *sim = verify_case_make(1000);
	int64_t next = 0;

	verify_case_put(disk_sim_disk(sim), "log/tile/entries/001", NULL, 0);
	ck_assert(survey_make(&s, disk_sim_disk(sim), "log", &e));
	ck_assert_int_eq(s.entries.missing, 1);
	ck_assert_int_eq(s.count, 1000);
	ck_assert(!survey_read(&s, 0, 1000, count_one, &next));
	ck_assert_int_eq(next, 256);
	survey_finish(&s);
	disk_sim_destroy(sim);
}
END_TEST

START_TEST(a_torn_entry_is_not_counted)
{
	struct disk_sim *sim = verify_case_make(10);
	struct buf b = {0};

	verify_case_read(disk_sim_disk(sim), "log/tile/entries/000.p/10", &b);
	verify_case_put(disk_sim_disk(sim), "log/tile/entries/000.p/10", b.data, b.len - 5);
	ck_assert(survey_make(&s, disk_sim_disk(sim), "log", &e));
	ck_assert_int_eq(s.count, 9);
	ck_assert_int_eq(s.entries.width, 10);
	ck_assert_uint_lt(s.whole, s.entries.bytes.len);
	survey_finish(&s);
	buf_finish(&b);
	disk_sim_destroy(sim);
}
END_TEST

/* What somebody left beside the right files is not taken for them. */
START_TEST(a_file_that_no_writer_keeps_is_passed_by_and_named)
{
	struct disk_sim *sim = verify_case_make(300);

	verify_case_put(disk_sim_disk(sim), "log/tile/entries/001.p/200", "junk", 4);
	ck_assert(disk_make_dir(disk_sim_disk(sim), "log/tile/0/000.p", &e));
	verify_case_put(disk_sim_disk(sim), "log/tile/0/000.p/7", "junk", 4);
	ck_assert(survey_make(&s, disk_sim_disk(sim), "log", &e));
	ck_assert_int_eq(s.count, 300);
	ck_assert_int_eq(s.entries.width, 44);
	ck_assert_str_eq(s.entries.stray, "log/tile/entries/001.p/200");
	ck_assert_str_eq(s.levels[0].stray, "log/tile/0/000.p");
	ck_assert_str_eq(s.levels[1].stray, "");
	survey_finish(&s);
	disk_sim_destroy(sim);
}
END_TEST

/* One text alone names a file (C2SP tlog-tiles). */
START_TEST(other_names_are_nobodys)
{
	static const char *const names[] = {"x000/002", "0001", "001x", "1", "000.GZ", "001.p/044"};
	char path[TILE_PATH_BYTES];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct disk_sim *sim = verify_case_make(300);

		ck_assert(disk_make_dir(disk_sim_disk(sim), "log/tile/entries/x000", &e));
		snprintf(path, sizeof(path), "log/tile/entries/%s", names[i]);
		verify_case_put(disk_sim_disk(sim), path, "junk", 4);
		ck_assert(survey_make(&s, disk_sim_disk(sim), "log", &e));
		ck_assert_int_eq(s.count, 300);
		ck_assert_int_eq(s.entries.full, 1);
		ck_assert_str_ne(s.entries.odd, "");
		survey_finish(&s);
		disk_sim_destroy(sim);
	}
}
END_TEST

/* With nothing better, what is promised is held against the log. */
START_TEST(of_files_that_are_all_torn_the_widest_counts)
{
	struct disk_sim *sim = verify_case_make(10);

	verify_case_put(disk_sim_disk(sim), "log/tile/entries/000.p/10", "junk", 4);
	verify_case_put(disk_sim_disk(sim), "log/tile/entries/000.p/9", "junk", 4);
	ck_assert(survey_make(&s, disk_sim_disk(sim), "log", &e));
	ck_assert_int_eq(s.entries.width, 10);
	ck_assert_int_eq(s.count, 0);
	ck_assert_str_eq(s.entries.stray, "log/tile/entries/000.p/9");
	survey_finish(&s);
	disk_sim_destroy(sim);
}
END_TEST

START_TEST(no_log_is_told_as_such)
{
	struct disk_sim *sim = disk_sim_create();

	ck_assert(!survey_make(&s, disk_sim_disk(sim), "log", &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	disk_sim_destroy(sim);
}
END_TEST

/* At every moment of a writer's work, entries are there for all that tiles and head tell of. */
START_TEST(what_is_read_later_is_never_behind)
{
	case_setup();
	for (int i = 1; i < 300; i++) {
		case_add(1);
		ck_assert(survey_make(&s, case_disk(), "log", &e));
		ck_assert_int_eq(s.count, i);
		ck_assert_int_eq(s.levels[0].full * TILE_WIDTH + s.levels[0].width, i);
		survey_finish(&s);
	}
	case_teardown();
}
END_TEST

Suite *suite_survey(void)
{
	Suite *suite = suite_create("survey");
	TCase *t = tcase_create("files");

	tcase_add_test(t, it_sees_what_is_there);
	tcase_add_test(t, entries_come_in_order_and_can_be_stopped);
	tcase_add_test(t, a_missing_bundle_is_known_and_ends_the_reading);
	tcase_add_test(t, a_torn_entry_is_not_counted);
	tcase_add_test(t, a_file_that_no_writer_keeps_is_passed_by_and_named);
	tcase_add_test(t, other_names_are_nobodys);
	tcase_add_test(t, of_files_that_are_all_torn_the_widest_counts);
	tcase_add_test(t, no_log_is_told_as_such);
	tcase_add_test(t, what_is_read_later_is_never_behind);
	suite_add_tcase(suite, t);
	return suite;
}
