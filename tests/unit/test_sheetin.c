/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sheetin.h"

#include "base/json.h"
#include "support/deskcase.h"
#include "support/xlsxcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
	deskcase_people(&c);
	c.as = "user:1";
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *import(bool apply)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/a.csv", c.dir);
	return json_pack("{s:s, s:s, s:s, s:b}", "do", "register.import", "register", "products",
			 "path", path, "apply", apply);
}

/* "added changed same bad applying". */
static const char *imported(const char *text, bool apply)
{
	static char said[100];

	deskcase_write(&c, "a.csv", text);
	json_t *answer = deskcase_told(&c, import(apply));
	snprintf(said, sizeof(said), "%d %d %d %d %d",
		 (int)json_get_integer(answer, "added", -1),
		 (int)json_get_integer(answer, "changed", -1),
		 (int)json_get_integer(answer, "same", -1),
		 (int)json_get_integer(answer, "bad", -1),
		 json_get_bool(answer, "applying", false));
	json_decref(answer);
	return said;
}

static int64_t rows_there(void)
{
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "register.list",
						     "register", "products"));
	int64_t count = json_get_integer(answer, "count", -1);

	json_decref(answer);
	return count;
}

START_TEST(a_look_writes_nothing)
{
	ck_assert_str_eq(imported("title,kind\na,video\nb,video\n", false), "2 0 0 0 0");
	ck_assert_int_eq(rows_there(), 0);
}
END_TEST

/* TCVN3 and UTF-16; the first with a cell that is wrong, so that nothing of it would be written. */
START_TEST(the_first_rows_are_shown_as_they_were_read)
{
	static const char utf16[] = "\xff\xfet\0i\0t\0l\0e\0,\0k\0i\0n\0d\0\n\0"
				    "T\0i\0\xea\0m\0,\0x\0\n";
	static const char *const files[] = {"title,kind,x\nTi\xaam ch\xf1ng,x,y\nb,x\nc,x\nd,x\n",
					    utf16};
	static const size_t bytes[] = {0, sizeof(utf16)}; /* with its last zero */
	static const char *const sets[] = {"TCVN3", "UTF-16 LE"}, *const read[] = {
		"Tiêm chủng", "Tiêm"};
	char path[128];

	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/a.csv", c.dir);
		FILE *f = fopen(path, "we");
		size_t len = bytes[i] > 0 ? bytes[i] : strlen(files[i]);
		ck_assert(f != NULL && fwrite(files[i], 1, len, f) == len && fclose(f) == 0);
		json_t *answer = deskcase_told(&c, import(false));
		const json_t *first = json_object_get(answer, "first");
		const json_t *row = json_array_get(first, 0);
		const json_t *cells = json_object_get(row, "cells");

		ck_assert_str_eq(json_get_text(answer, "encoding", ""), sets[i]);
		ck_assert_int_eq(json_get_integer(answer, "bad", 0), i == 0); /* "y" */
		ck_assert_uint_eq(json_array_size(first), i == 0 ? 3 : 1);
		ck_assert_int_eq(json_get_integer(row, "row", 0), 2);
		ck_assert_uint_eq(json_array_size(cells), 2);
		ck_assert_str_eq(json_get_text(json_array_get(cells, 0), "name", ""), "title");
		ck_assert_str_eq(json_get_text(json_array_get(cells, 0), "value", ""), read[i]);
		json_decref(answer);
	}
}
END_TEST

START_TEST(the_same_sheet_twice_changes_nothing)
{
	ck_assert_str_eq(imported("title,kind\na,video\nb,video\n", true), "2 0 0 0 1");
	ck_assert_int_eq(rows_there(), 2);
	ck_assert_str_eq(imported("Tên sản phẩm;Loại\nb;video\n\"a \";video\n", true),
			 "0 0 2 0 0");
	ck_assert_int_eq(rows_there(), 2);
}
END_TEST

START_TEST(a_row_with_an_id_is_that_row)
{
	ck_assert_str_eq(imported("title,kind\na,video\nb,video\n", true), "2 0 0 0 1");
	ck_assert_str_eq(imported("id,title,kind\nSP1,A,video\nSP2,b,video\n,c,video\n", true),
			 "1 1 1 0 1");
	ck_assert_int_eq(rows_there(), 3);
	ck_assert_str_eq(imported("id,title,kind\nSP9,A,video\n", true), "0 0 0 1 0");
	ck_assert_str_eq(imported("id,title,kind\nHD1,A,video\n", true), "0 0 0 1 0");
}
END_TEST

/* Taken out of the file by hand: the row that has the code comes back as it is, and no new one. */
START_TEST(a_code_that_is_gone_stays_in_its_row)
{
	char seeds[96];

	snprintf(seeds, sizeof(seeds), "%s/seeds", c.dir);
	ck_assert_int_eq(mkdir(seeds, 0700), 0);
	deskcase_write(&c, "seeds/loai.yaml", "loai:\n  - {ma: video, ten: V}\n"
					      "  - {ma: anh, ten: A}\n");
	ck_assert_str_eq(imported("title,kind\na,video\nb,anh\n", true), "2 0 0 0 1");
	deskcase_write(&c, "seeds/loai.yaml", "loai:\n  - {ma: anh, ten: A}\n");
	ck_assert_str_eq(imported("id,title,kind\nSP1,a,video\nSP2,b,anh\n", true),
			 "0 0 2 0 0");
	ck_assert_str_eq(imported("id,title,kind\nSP1,c,video\n", false), "0 1 0 0 0");
	ck_assert_str_eq(imported("id,title,kind\nSP2,b,video\n,d,video\n", true), "0 0 0 2 0");
}
END_TEST

START_TEST(what_the_sheet_has_no_column_for_stays)
{
	ck_assert_str_eq(imported("title,kind,note,number\na,video,x,7\n", true), "1 0 0 0 1");
	ck_assert_str_eq(imported("id,title,kind,number\nSP1,b,video,\n", true), "0 1 0 0 1");
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "register.list",
						     "register", "products"));
	const json_t *row = json_array_get(json_object_get(answer, "rows"), 0);
	const json_t *fields = json_object_get(row, "fields");
	ck_assert_str_eq(json_get_text(fields, "title", ""), "b");
	ck_assert_str_eq(json_get_text(fields, "note", ""), "x");
	ck_assert_ptr_null(json_object_get(fields, "number"));
	json_decref(answer);
}
END_TEST

START_TEST(every_bad_cell_is_named_and_nothing_written)
{
	deskcase_write(&c, "a.csv", "Sổ năm 2023\n\nTên sản phẩm,Loại,Kinh phí (đồng),Màu\n"
				    "a,video,1.000,\nb,video,nhiều,đỏ\n,video,,\n");
	json_t *answer = deskcase_told(&c, import(true));
	const json_t *faults = json_object_get(answer, "faults");
	const json_t *one = json_array_get(faults, 1);

	ck_assert_int_eq((int)json_array_size(faults), 3);
	ck_assert_int_eq(json_get_integer(one, "row", 0), 5);
	ck_assert_str_eq(json_get_text(one, "column", ""), "C");
	ck_assert_str_eq(json_get_text(one, "name", ""), "Kinh phí (đồng)");
	ck_assert_str_eq(json_get_text(one, "value", ""), "nhiều");
	one = json_array_get(faults, 2);
	ck_assert_int_eq(json_get_integer(one, "row", 0), 6);
	ck_assert_str_eq(json_get_text(one, "column", ""), "A");
	ck_assert_int_eq(json_get_integer(answer, "bad_rows", 0), 2);
	ck_assert_int_eq(json_get_integer(answer, "added", 0), 1);
	json_decref(answer);
	ck_assert_int_eq(rows_there(), 0);
}
END_TEST

/* As a spreadsheet would run it: here it is a text like any other, and the export keeps it one. */
START_TEST(a_formula_is_never_computed)
{
	ck_assert_str_eq(imported("title,kind,amount\na,video,=1+1\n", false), "0 0 0 1 0");
	ck_assert_str_eq(imported("title,kind\n=1+1,video\n", true), "1 0 0 0 1");
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "register.list",
						     "register", "products"));
	const json_t *row = json_array_get(json_object_get(answer, "rows"), 0);
	ck_assert_str_eq(json_get_text(json_object_get(row, "fields"), "title", ""), "=1+1");
	json_decref(answer);
}
END_TEST

START_TEST(a_sheet_that_is_none_is_told)
{
	deskcase_write(&c, "a.csv", "");
	deskcase_fails(&c, import(false), "rỗng");
	deskcase_write(&c, "a.csv", "một\nhai\n");
	deskcase_fails(&c, import(false), "cột");
	deskcase_write(&c, "a.csv", "title,kind,Tên sản phẩm\na,video,b\n");
	deskcase_fails(&c, import(true), "cột A \"title\" và cột C");
	deskcase_write(&c, "a.csv", "x\ntitle,kind\na,video\ntitle,kind\nb,video\n");
	deskcase_fails(&c, import(true), "dòng 4 lại là tên cột, như dòng 2");
	ck_assert_int_eq(rows_there(), 0);
	deskcase_write(&c, "a.csv", "title,kind\n\"a,video\n");
	deskcase_fails(&c, import(false), "dấu");
}
END_TEST

static void save_xlsx(const char *rows)
{
	char path[128], sheet[4000];

	snprintf(path, sizeof(path), "%s/a.csv", c.dir); /* whatever it is called */
	snprintf(sheet, sizeof(sheet), XLSXCASE_SHEET("%s"), rows);
	xlsxcase_save(xlsxcase_sheet(sheet), path);
}

#define TEXT(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"

START_TEST(an_xlsx_is_taken_as_csv_is)
{
	save_xlsx("<row>" TEXT("Sổ năm 2023") "</row><row r='3'>" TEXT("STT") TEXT("Tên sản phẩm")
		  TEXT("Loại") TEXT("Kinh phí (đồng)") TEXT("Ngày sản xuất") "</row>"
		  "<row><c><v>1</v></c>" TEXT("=1+1") TEXT("video") "<c><v>1000000</v></c>"
		  "<c s='1'><v>45111</v></c></row>"
		  "<row r='17'>" TEXT("2") TEXT("b") TEXT("video")
		  "<c><f>1/0</f></c><c><v>0.957</v></c></row>");
	json_t *answer = deskcase_told(&c, import(true));
	const json_t *faults = json_object_get(answer, "faults");
	ck_assert_str_eq(json_get_text(answer, "encoding", ""), "XLSX");
	ck_assert_str_eq(json_get_text(answer, "separator", "?"), "");
	ck_assert_str_eq(json_get_text(answer, "sheet", ""), "Một & hai");
	ck_assert_int_eq(json_get_integer(answer, "bad", 0), 2);
	ck_assert_int_eq(json_get_integer(json_array_get(faults, 0), "row", 0), 17);
	ck_assert_str_eq(json_get_text(json_array_get(faults, 0), "column", ""), "D");
	ck_assert_str_eq(json_get_text(json_array_get(faults, 0), "value", ""), "=1/0");
	ck_assert_str_eq(json_get_text(json_array_get(faults, 1), "value", ""), "0.9570");
	const json_t *fields = json_object_get(
		json_array_get(json_object_get(answer, "examples"), 0), "fields");
	ck_assert_str_eq(json_get_text(fields, "title", ""), "=1+1");
	ck_assert_str_eq(json_get_text(fields, "made", ""), "2023-07-04");
	ck_assert_int_eq(json_get_integer(fields, "amount", 0), 1000000);
	json_decref(answer);
	ck_assert_int_eq(rows_there(), 0);
}
END_TEST

START_TEST(another_sheet_of_it_can_be_chosen)
{
	json_t *request = import(true);

	save_xlsx("<row>" TEXT("title") TEXT("kind") "</row>"
		  "<row>" TEXT("a") TEXT("video") "</row>");
	json_object_set_new(request, "sheet", json_string("Ẩn"));
	deskcase_fails(&c, json_incref(request), "tên các cột");
	json_object_set_new(request, "sheet", json_string("Ba"));
	deskcase_fails(&c, json_incref(request), "không có trang tính \"Ba\"; có: \"Ẩn\"");
	json_object_set_new(request, "sheet", json_string("một & hai"));
	json_t *answer = deskcase_told(&c, request);
	ck_assert_int_eq(json_get_integer(answer, "added", 0), 1);
	json_decref(answer);
	ck_assert_int_eq(rows_there(), 1);
}
END_TEST

/* A cover in front of the sheet: nothing is written, and the answer says what can be chosen. */
START_TEST(a_cover_of_several_sheets_tells_the_others)
{
	save_xlsx("<row>" TEXT("Bìa") "</row>");
	json_t *answer = deskcase_told(&c, import(true));
	const json_t *fault = json_array_get(json_object_get(answer, "faults"), 0);
	ck_assert_int_eq(json_get_integer(answer, "bad", 0), 1);
	ck_assert(!json_get_bool(answer, "applying", true));
	ck_assert_ptr_nonnull(strstr(json_get_text(fault, "why", ""), "tên các cột"));
	ck_assert_int_eq(json_array_size(json_object_get(answer, "sheets")), 2);
	json_decref(answer);
	ck_assert_int_eq(rows_there(), 0);
}
END_TEST

START_TEST(what_was_looked_at_is_what_is_written)
{
	json_t *request;

	deskcase_write(&c, "a.csv", "title,kind\na,video\n");
	json_t *answer = deskcase_told(&c, import(false));
	request = import(true);
	json_object_set(request, "sha256", json_object_get(answer, "sha256"));
	deskcase_write(&c, "a.csv", "title,kind\nb,video\n");
	deskcase_refused(&c, json_deep_copy(request), "conflict", "xem trước");
	deskcase_write(&c, "a.csv", "title,kind\na,video\n");
	json_decref(deskcase_told(&c, request));
	ck_assert_int_eq(rows_there(), 1);
	json_decref(answer);
}
END_TEST

/* The same bytes, and yet not what somebody has seen. */
START_TEST(a_register_that_has_changed_is_looked_at_again)
{
	ck_assert_str_eq(imported("title,kind\na,video\n", true), "1 0 0 0 1");
	deskcase_write(&c, "a.csv", "id,title,kind\nSP1,c,video\n");
	json_t *answer = deskcase_told(&c, import(false)), *request = import(true);
	const json_t *example = json_array_get(json_object_get(answer, "examples"), 0);
	ck_assert_str_eq(json_get_text(json_object_get(example, "was"), "title", ""), "a");
	json_object_set(request, "sha256", json_object_get(answer, "sha256"));
	json_object_set(request, "effect", json_object_get(answer, "effect"));
	json_decref(answer);
	json_decref(deskcase_told(&c, json_pack("{s:s, s:s, s:s, s:{s:s}}", "do", "register.write",
						"register", "products", "row", "SP1", "fields",
						"title", "b")));
	deskcase_refused(&c, json_deep_copy(request), "conflict", "xem trước lại");
	answer = deskcase_told(&c, import(false));
	json_object_set(request, "effect", json_object_get(answer, "effect"));
	json_decref(answer);
	json_decref(deskcase_told(&c, request));
	ck_assert_int_eq(rows_there(), 1);
}
END_TEST

START_TEST(a_long_sheet_is_many_entries_of_one_source)
{
	struct buf text = {0};

	buf_text(&text, "title,kind,note\n");
	for (int i = 0; i < 300; i++)
		buf_print(&text, "Tin số %d,video,%0200d\n", i, i);
	ck_assert_str_eq(imported(buf_str(&text), true), "300 0 0 0 1");
	buf_finish(&text);
	ck_assert_int_eq(rows_there(), 300);
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "register.list",
						     "register", "products", "row", "SP300"));
	const json_t *row = json_array_get(json_object_get(answer, "history"), 0);
	ck_assert_str_eq(json_get_text(json_object_get(row, "fields"), "title", ""), "Tin số 299");
	ck_assert_str_eq(json_get_text(row, "source", ""), "a.csv");
	json_decref(answer);
}
END_TEST

Suite *suite_sheetin(void);
Suite *suite_sheetin(void)
{
	Suite *s = suite_create("sheetin");
	TCase *t = tcase_create("sheets");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_look_writes_nothing);
	tcase_add_test(t, the_first_rows_are_shown_as_they_were_read);
	tcase_add_test(t, the_same_sheet_twice_changes_nothing);
	tcase_add_test(t, a_row_with_an_id_is_that_row);
	tcase_add_test(t, a_code_that_is_gone_stays_in_its_row);
	tcase_add_test(t, what_the_sheet_has_no_column_for_stays);
	tcase_add_test(t, every_bad_cell_is_named_and_nothing_written);
	tcase_add_test(t, a_formula_is_never_computed);
	tcase_add_test(t, a_sheet_that_is_none_is_told);
	tcase_add_test(t, an_xlsx_is_taken_as_csv_is);
	tcase_add_test(t, another_sheet_of_it_can_be_chosen);
	tcase_add_test(t, a_cover_of_several_sheets_tells_the_others);
	tcase_add_test(t, what_was_looked_at_is_what_is_written);
	tcase_add_test(t, a_register_that_has_changed_is_looked_at_again);
	tcase_add_test(t, a_long_sheet_is_many_entries_of_one_source);
	suite_add_tcase(s, t);
	return s;
}
