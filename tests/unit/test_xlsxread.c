/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxread.h"

#include "support/xlsxcase.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct buf seen;

static bool put(void *arg, const char *data, size_t len)
{
	(void)arg;
	buf_add(&seen, data, len);
	return true;
}

static enum sheet_verdict read_it(int fd, const char *wanted)
{
	buf_reset(&seen);
	enum sheet_verdict verdict = xlsxread(fd, wanted, &(struct xlsxrows_out){put, NULL});

	close(fd);
	return verdict;
}

static void setup(void)
{
	xlsxread_prepare();
}

static void teardown(void)
{
	buf_finish(&seen);
}

START_TEST(its_sheets_are_told_before_the_rows)
{
	int fd = xlsxcase_sheet(XLSXCASE_SHEET("<row><c t='s'><v>0</v></c></row>"));

	ck_assert_int_eq(read_it(fd, NULL), SHEET_WHOLE);
	ck_assert_str_eq(buf_str(&seen), "{\"sheet\":\"Một & hai\",\"sheets\":[\"Ẩn\","
					 "\"Một & hai\"]}\n\"một\"\n");
	fd = xlsxcase_sheet(XLSXCASE_SHEET(""));
	ck_assert_int_eq(read_it(fd, "ẩn"), SHEET_WHOLE);
	ck_assert_ptr_nonnull(strstr(buf_str(&seen), "]}\n\"2\"\n"));
}
END_TEST

START_TEST(so_they_are_when_the_one_that_is_wanted_is_not_there)
{
	ck_assert_int_eq(read_it(xlsxcase_sheet(XLSXCASE_SHEET("")), "ba"), SHEET_NO_SHEET);
	ck_assert_str_eq(buf_str(&seen),
			 "{\"sheet\":null,\"sheets\":[\"Ẩn\",\"Một & hai\"]}\n");
}
END_TEST

START_TEST(of_no_spreadsheet_nothing_is_told)
{
	ck_assert_int_eq(read_it(open("/dev/null", O_RDONLY | O_CLOEXEC), NULL), SHEET_DAMAGED);
	ck_assert_str_eq(buf_str(&seen), "");
}
END_TEST

/* The same rows from programs that differ in all that they may. */
START_TEST(files_of_other_programs_are_read_right)
{
	static const char *const files[] = {"openpyxl.xlsx", "libreoffice.xlsx", "xlsxwriter.xlsx"};
	static const char rows[] =
		"\"SỔ SẢN PHẨM NĂM 2023\"\n\n"
		"\"STT\",\"Tên sản phẩm\",\"Loại\",\"Kinh phí (đồng)\",\"Ngày làm ra\","
		"\"Đã dùng lại\"\n"
		"\"1\",\"Video \"\"1\"\", phần a\",\"video\",\"957000000\",\"2023-07-04\","
		"\"TRUE\"\n"
		"\"2\",\"=1+1\",\"video\",\"1.5\",\"1900-03-01\",\"FALSE\"\n"
		"\n\"3\",\"hai\ndòng\",\"video\",\"3\"\n";
	char path[128];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "tests/fuzz/sheet/%s", files[i]);
		ck_assert_int_eq(read_it(open(path, O_RDONLY | O_CLOEXEC), NULL), SHEET_WHOLE);
		const char *first = strchr(buf_str(&seen), '\n');
		ck_assert_ptr_nonnull(first);
		ck_assert_str_eq(first + 1, rows);
	}
}
END_TEST

Suite *suite_xlsxread(void);
Suite *suite_xlsxread(void)
{
	Suite *s = suite_create("xlsxread");
	TCase *t = tcase_create("xlsxread");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, its_sheets_are_told_before_the_rows);
	tcase_add_test(t, so_they_are_when_the_one_that_is_wanted_is_not_there);
	tcase_add_test(t, of_no_spreadsheet_nothing_is_told);
	tcase_add_test(t, files_of_other_programs_are_read_right);
	suite_add_tcase(s, t);
	return s;
}
