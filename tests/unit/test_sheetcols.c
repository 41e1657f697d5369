/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sheetcols.h"

#include "base/json.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct sheetcols s;
static char strange[400];

static void note(void *arg, int column, const char *value, const char *why)
{
	size_t used = strlen(strange);

	(void)arg;
	(void)why;
	snprintf(strange + used, sizeof(strange) - used, "%d=%s ", column, value);
}

static void setup(void)
{
	s = (struct sheetcols){.shape = register_find("products")};
	strange[0] = '\0';
}

START_TEST(columns_are_known_by_key_and_in_both_languages)
{
	static const char *const title[] = {"BÁO CÁO", "", "", "", ""};
	static const char *const head[] = {"STT", "tên  SẢN\nphẩm", "kind", "Amount (đồng)", "ID"};

	ck_assert(!sheetcols_head(&s, 1, title, 5));
	ck_assert(sheetcols_head(&s, 2, head, 5));
	ck_assert_int_eq(s.head, 2);
	ck_assert_int_eq(sheetcols_of(&s, "title"), 1);
	ck_assert_int_eq(sheetcols_of(&s, "amount"), 3);
	ck_assert_int_eq(sheetcols_of(&s, "made"), -1);
}
END_TEST

START_TEST(a_row_has_its_values_and_its_id)
{
	static const char *const head[] = {"STT", "title", "kind", "id", "Mục nhật ký", "Log"};
	static const char *const row[] = {"1", "Video 1", " ", "SP7", "12", "5:R+ot="};
	static const char *const empty[] = {"2", "", " ", "", "\n"};
	char id[ID_BYTES];

	ck_assert(sheetcols_head(&s, 1, head, 6));
	json_t *given = sheetcols_row(&s, row, 6, id, note, NULL);
	ck_assert_str_eq(json_get_text(given, "title", ""), "Video 1");
	ck_assert_int_eq((int)json_object_size(given), 1);
	ck_assert_str_eq(id, "SP7");
	json_decref(given);
	ck_assert_ptr_null(sheetcols_row(&s, empty, 5, id, note, NULL));
	ck_assert_str_eq(strange, "");
}
END_TEST

START_TEST(what_stands_in_no_known_column_is_named)
{
	static const char *const head[] = {"title", "kind", "Màu"};
	static const char *const row[] = {"a", "video", "đỏ", "thừa"};
	char id[ID_BYTES];

	ck_assert(sheetcols_head(&s, 1, head, 3));
	json_decref(sheetcols_row(&s, row, 4, id, note, NULL));
	ck_assert_str_eq(strange, "2=đỏ 3=thừa ");
}
END_TEST

START_TEST(two_columns_of_one_field_are_told)
{
	static const char *const head[] = {"Màu", "Tên sản phẩm", "kind", "TITLE", "Loại"};
	static const char *const ids[] = {"id", "title", "kind", "Mã dòng"};
	static const char *const good[] = {"Màu", "Màu", "", "", "title", "kind"};

	ck_assert(sheetcols_head(&s, 3, head, 5));
	ck_assert_int_eq(s.first, 1);
	ck_assert_int_eq(s.second, 3);
	ck_assert(sheetcols_head(&s, 3, ids, 4));
	ck_assert_int_eq(s.first, 0);
	ck_assert_int_eq(s.second, 3);
	ck_assert(sheetcols_head(&s, 3, good, 6));
	ck_assert_int_eq(s.second, 0);
}
END_TEST

START_TEST(the_names_once_more_are_no_row)
{
	static const char *const head[] = {"STT", "Tên sản phẩm", "kind", ""};
	static const char *const again[] = {"", " tên  sản phẩm", "Kind", " "};
	static const char *const row[] = {"STT", "Tên sản phẩm", "video", ""};
	static const char *const one[] = {"STT", "", "", ""};

	ck_assert(sheetcols_head(&s, 1, head, 4));
	ck_assert(sheetcols_again(&s, head, 4) && sheetcols_again(&s, again, 4));
	ck_assert(!sheetcols_again(&s, row, 4) && !sheetcols_again(&s, one, 4));
}
END_TEST

START_TEST(columns_have_letters)
{
	char letters[8];

	sheetcols_letters(0, letters);
	ck_assert_str_eq(letters, "A");
	sheetcols_letters(25, letters);
	ck_assert_str_eq(letters, "Z");
	sheetcols_letters(26, letters);
	ck_assert_str_eq(letters, "AA");
	sheetcols_letters(255, letters);
	ck_assert_str_eq(letters, "IV");
}
END_TEST

Suite *suite_sheetcols(void);
Suite *suite_sheetcols(void)
{
	Suite *suite = suite_create("sheetcols");
	TCase *t = tcase_create("columns");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, columns_are_known_by_key_and_in_both_languages);
	tcase_add_test(t, a_row_has_its_values_and_its_id);
	tcase_add_test(t, what_stands_in_no_known_column_is_named);
	tcase_add_test(t, two_columns_of_one_field_are_told);
	tcase_add_test(t, the_names_once_more_are_no_row);
	tcase_add_test(t, columns_have_letters);
	suite_add_tcase(suite, t);
	return suite;
}
