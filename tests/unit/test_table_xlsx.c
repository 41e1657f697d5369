/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/formats.h"
#include "support/program.h"
#include "support/tablecase.h"
#include "support/tmpdir.h"
#include "support/zipfile.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char dir[64], path[96];
static struct buf sheet;

static void setup(void)
{
	size_t len;
	char *bytes = tablecase_bytes(&table_xlsx, &len);

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/bang.xlsx", dir);
	FILE *f = fopen(path, "w");
	ck_assert(f != NULL && fwrite(bytes, 1, len, f) == len && fclose(f) == 0);
	free(bytes);
	sheet = (struct buf){0};
	ck_assert(zipfile_member(path, "xl/worksheets/sheet1.xml", &sheet));
}

static void teardown(void)
{
	buf_finish(&sheet);
	tmpdir_remove(dir);
}

static void has(const char *part)
{
	ck_assert_msg(strstr(buf_str(&sheet), part) != NULL, "no %s in %s", part, buf_str(&sheet));
}

/* The cells of the first row: head in row 5, rows from 6. */
START_TEST(numbers_are_numbers_and_days_are_days)
{
	has("<c r=\"B6\" s=\"4\"><v>1234</v></c>");
	has("<v>45984</v>");		  /* 23 November 2025 */
	has("<v>0.2291666666666667</v>"); /* 5:30 */
	has("<v>0.00104166");		  /* 90 s */
	has("<v>15000</v>");
	has("<v>0.985");
}
END_TEST

START_TEST(a_sum_is_a_formula_and_a_text_is_none)
{
	const char *first = strstr(buf_str(&sheet), "<f>");

	ck_assert_ptr_nonnull(first);
	ck_assert_int_eq(strncmp(first, "<f>SUM(E6:E8)</f>", 17), 0);
	ck_assert_ptr_null(strstr(first + 1, "<f>")); /* the others' sums count nothing twice */
	has("t=\"inlineStr\"><is><t>=1+1</t></is>");
	has("&lt;b&gt;Xã \"A\" &amp; xã 'B'");
}
END_TEST

START_TEST(a_head_that_stays_and_where_it_comes_from)
{
	struct buf book = {0};

	has("<t>Đài thử</t>");
	has("<t>Bảng &lt;thử&gt;</t>");
	has("<t>tháng 11 năm 2026</t>");
	has("topLeftCell=\"A6\" activePane=\"bottomLeft\" state=\"frozen\"");
	has("<autoFilter ref=\"A5:G8\"/>");
	has("<t>-một</t>");
	has("<t>sổ 1, mục 5</t>");
	has("&amp;8 5:R+ot=&amp;R");
	ck_assert(zipfile_member(path, "xl/workbook.xml", &book));
	ck_assert_ptr_nonnull(strstr(buf_str(&book), "Print_Titles"));
	ck_assert_ptr_nonnull(strstr(buf_str(&book), "name=\"X\""));
	buf_finish(&book);
}
END_TEST

/* By a reader that is not ours. */
START_TEST(openpyxl_reads_the_same)
{
	static const char script[] =
		"import datetime, sys, openpyxl\n"
		"s = openpyxl.load_workbook(sys.argv[1]).active\n"
		"r = [c.value for c in s[6]]\n"
		"assert r[0] == '=1+1' and s['A6'].data_type != 'f', r\n"
		"assert r[1] == 1234 and r[2] == datetime.datetime(2025, 11, 23), r\n"
		"assert r[3] == datetime.time(5, 30) and r[5] == 15000, r\n"
		"assert abs(r[6] - 0.985) < 1e-9, r\n"
		"assert s['E9'].value == '=SUM(E6:E8)', s['E9'].value\n"
		"assert s['A7'].value == '<b>Xã \"A\" & xã \\'B\\'\\n', repr(s['A7'].value)\n";
	/* Debian's, which has Debian's modules, whatever else is called python3. */
	const char *const argv[] = {"/usr/bin/python3", "-c", script, path, NULL};

	run_program(argv);
}
END_TEST

/* Whoever calculates it again would get another figure than the one that was written. */
START_TEST(a_sum_that_its_rows_do_not_add_up_to_is_no_formula)
{
	struct table_column columns[] = {{"a", "A", TABLE_COUNT, .width = 4, .adds = true},
					 {"b", "B", TABLE_COUNT, .width = 4, .adds = true}};
	struct table_head head = {.table = "X", .title = "", .station = "", .period = "",
				  .log = "", .mark = "", .columns = columns, .column_count = 2};
	struct table_writer w = {.out = fopen(path, "w"), .format = &table_xlsx};
	struct table_cell row[] = {table_number(7), table_number(7)};
	struct table_cell sum[] = {table_number(14), table_number(15)};
	struct err e = {0};

	ck_assert(table_begin(&w, &head, &e) && table_row(&w, row, &e) &&
		  table_row(&w, row, &e) && table_sum(&w, sum, &e) && table_end(&w, &e));
	table_finish(&w);
	fclose(w.out);
	buf_reset(&sheet);
	ck_assert(zipfile_member(path, "xl/worksheets/sheet1.xml", &sheet));
	has("<f>SUM(A6:A7)</f><v>14</v>");
	has("<v>15</v>");
	ck_assert_ptr_null(strstr(buf_str(&sheet), "SUM(B"));
}
END_TEST

START_TEST(more_rows_than_a_sheet_has)
{
	struct table_column column = {"a", "A", TABLE_COUNT, .width = 4};
	struct table_head head = {.table = "X", .title = "", .station = "", .period = "",
				  .log = "", .mark = "", .columns = &column, .column_count = 1};
	struct table_writer w = {.out = fopen("/dev/null", "w"), .format = &table_xlsx};
	struct table_cell none = {.set = false};
	struct err e = {0};
	int rows = 0;

	ck_assert(table_begin(&w, &head, &e));
	while (table_row(&w, &none, &e))
		rows++;
	ck_assert_int_eq(rows, 1048576 - 5);
	ck_assert_ptr_nonnull(strstr(e.text, "--format csv"));
	table_finish(&w);
	fclose(w.out);
}
END_TEST

Suite *suite_table_xlsx(void);
Suite *suite_table_xlsx(void)
{
	Suite *s = suite_create("table_xlsx");
	TCase *t = tcase_create("table_xlsx"), *many = tcase_create("many");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, numbers_are_numbers_and_days_are_days);
	tcase_add_test(t, a_sum_is_a_formula_and_a_text_is_none);
	tcase_add_test(t, a_head_that_stays_and_where_it_comes_from);
	tcase_add_test(t, openpyxl_reads_the_same);
	tcase_add_test(t, a_sum_that_its_rows_do_not_add_up_to_is_no_formula);
	suite_add_tcase(s, t);
	tcase_set_timeout(many, 60);
	tcase_add_test(many, more_rows_than_a_sheet_has);
	suite_add_tcase(s, many);
	return s;
}
