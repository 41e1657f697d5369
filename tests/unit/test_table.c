/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include "base/text.h"

#include <check.h>
#include <string.h>

static const struct {
	enum table_type type;
	int64_t number;
	const char *vi, *en, *plain;
} numbers[] = {
	{TABLE_COUNT, 0, "0", "0", "0"},
	{TABLE_COUNT, 999, "999", "999", "999"},
	{TABLE_COUNT, 1000, "1.000", "1,000", "1000"},
	{TABLE_COUNT, -1234567, "-1.234.567", "-1,234,567", "-1234567"},
	{TABLE_COUNT, -100, "-100", "-100", "-100"},
	{TABLE_MONEY, INT64_C(3220000000), "3.220.000.000", "3,220,000,000", "3220000000"},
	{TABLE_DATE, 20415, "23/11/2025", "23/11/2025", "2025-11-23"},
	{TABLE_TIME, 0, "00:00:00", "00:00:00", "00:00:00"},
	{TABLE_TIME, 86399, "23:59:59", "23:59:59", "23:59:59"},
	{TABLE_FRAMES, 0, "0:00:00", "0:00:00", "0:00:00"},
	{TABLE_FRAMES, FRAMES_PER_S / 2 - 1, "0:00:00", "0:00:00", "0:00:00"},
	{TABLE_FRAMES, FRAMES_PER_S / 2, "0:00:01", "0:00:01", "0:00:01"},
	{TABLE_FRAMES, 360000 * FRAMES_PER_S, "100:00:00", "100:00:00", "100:00:00"},
	{TABLE_PERCENT, 985, "98,5 %", "98.5 %", "98.5"},
	{TABLE_PERCENT, 1000, "100,0 %", "100.0 %", "100.0"},
	{TABLE_HUNDREDTHS, 1200, "12", "12", "12"},
	{TABLE_HUNDREDTHS, 150, "1,5", "1.5", "1.5"},
	{TABLE_HUNDREDTHS, 105, "1,05", "1.05", "1.05"},
};

START_TEST(numbers_for_people_and_for_spreadsheets)
{
	char text[TABLE_CELL_BYTES];

	table_tell(numbers[_i].type, numbers[_i].number, text);
	ck_assert_str_eq(text, numbers[_i].vi);
	table_plain(numbers[_i].type, numbers[_i].number, text);
	ck_assert_str_eq(text, numbers[_i].plain);
	text_speak(TEXT_EN);
	table_tell(numbers[_i].type, numbers[_i].number, text);
	text_speak(TEXT_OWN);
	ck_assert_str_eq(text, numbers[_i].en);
}
END_TEST

START_TEST(formats_by_name)
{
	ck_assert_ptr_eq(table_format("csv"), &table_csv);
	ck_assert_ptr_eq(table_format("json"), &table_json);
	ck_assert_ptr_eq(table_format("html"), &table_html);
	ck_assert_ptr_null(table_format("CSV"));
	ck_assert_ptr_null(table_format(""));
}
END_TEST

START_TEST(a_full_disk_is_told)
{
	struct table_column column = {"a", "A", TABLE_TEXT, .width = 8};
	struct table_head head = {.title = "", .station = "", .period = "", .log = "", .mark = "",
				  .columns = &column, .column_count = 1};
	struct table_writer w = {.out = fopen("/dev/full", "w"), .format = &table_csv};
	struct err e = {0};

	ck_assert_ptr_nonnull(w.out);
	setvbuf(w.out, NULL, _IONBF, 0);
	ck_assert(table_begin(&w, &head, &e));
	ck_assert(!table_end(&w, &e));
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	table_finish(&w);
	fclose(w.out);
}
END_TEST

Suite *suite_table(void);
Suite *suite_table(void)
{
	Suite *s = suite_create("table");
	TCase *t = tcase_create("table");

	tcase_add_loop_test(t, numbers_for_people_and_for_spreadsheets, 0,
			    (int)(sizeof(numbers) / sizeof(numbers[0])));
	tcase_add_test(t, formats_by_name);
	tcase_add_test(t, a_full_disk_is_told);
	suite_add_tcase(s, t);
	return s;
}
