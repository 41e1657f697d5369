/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/faulty.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct faults faults;
static char *text;
static size_t len;

static int tell(void)
{
	FILE *to = open_memstream(&text, &len);
	int count = faulty_tell(&faults, "/du/lieu", to);

	fclose(to);
	return count;
}

static void finish(void)
{
	free(text);
	faults_finish(&faults);
}

START_TEST(says_nothing_of_whole_timetables)
{
	ck_assert_int_eq(tell(), 0);
	free(text);
	faults_add(&faults, FAULT_WARNING, "schedules/a.yaml", 3, "thiếu tệp");
	ck_assert_int_eq(tell(), 0);
	ck_assert_int_eq((int)len, 0);
}
END_TEST

START_TEST(names_each_file_once_in_one_line)
{
	faults_add(&faults, FAULT_ERROR, "schedules/a.yaml", 3, "sai");
	faults_add(&faults, FAULT_ERROR, "schedules/b.yaml", 3, "sai");
	faults_add(&faults, FAULT_WARNING, "schedules/c.yaml", 3, "thiếu tệp");
	faults_add(&faults, FAULT_ERROR, "schedules/a.yaml", 9, "sai nữa");
	ck_assert_int_eq(tell(), 2);
	ck_assert_ptr_nonnull(strstr(text, "vangxa: schedules/a.yaml, schedules/b.yaml: "));
	ck_assert_ptr_nonnull(strstr(text, "vangxa check --data /du/lieu\n"));
	ck_assert_ptr_null(strstr(text, "c.yaml"));
	ck_assert_ptr_eq(strchr(text, '\n'), text + len - 1);
}
END_TEST

Suite *suite_faulty(void);
Suite *suite_faulty(void)
{
	Suite *s = suite_create("faulty");
	TCase *t = tcase_create("faulty");

	tcase_add_checked_fixture(t, NULL, finish);
	tcase_add_test(t, says_nothing_of_whole_timetables);
	tcase_add_test(t, names_each_file_once_in_one_line);
	suite_add_tcase(s, t);
	return s;
}
