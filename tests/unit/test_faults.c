/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "base/utf8.h"
#include "plan/faults.h"

#include <check.h>
#include <string.h>

START_TEST(adds_and_counts)
{
	struct faults f = {0};

	faults_add(&f, FAULT_ERROR, "a.yaml", 3, "sai %d", 7);
	faults_add(&f, FAULT_WARNING, "b.yaml", 0, "hai\ndòng");
	ck_assert_int_eq(f.count, 2);
	ck_assert_int_eq(f.errors, 1);
	ck_assert_str_eq(f.list[0].file, "a.yaml");
	ck_assert_int_eq(f.list[0].line, 3);
	ck_assert_str_eq(fault_text(&f.list[0]), "sai 7");
	ck_assert_str_eq(fault_text(&f.list[1]), "hai dòng");
	char place[PATH_BYTES + 16];
	fault_place(&f.list[0], place);
	ck_assert_str_eq(place, "a.yaml:3");
	fault_place(&f.list[1], place);
	ck_assert_str_eq(place, "b.yaml"); /* the file as a whole: no line 0 */
	faults_finish(&f);
	ck_assert_ptr_null(f.list);
}
END_TEST

START_TEST(cuts_long_text_at_a_character)
{
	struct faults f = {0};
	char text[1200];

	for (int i = 0; i < 1199; i += 3)
		memcpy(text + i, "ạ", 3);
	text[1197] = '\0';
	faults_add(&f, FAULT_ERROR, "a", 1, "%s", text);
	size_t len = strlen(fault_text(&f.list[0]));
	ck_assert_uint_lt(len, REASON_BYTES);
	ck_assert_uint_gt(len, REASON_BYTES - 5);
	ck_assert(utf8_valid(fault_text(&f.list[0]), len));
	faults_finish(&f);
}
END_TEST

START_TEST(what_was_read_in_both_languages_is_told_in_both)
{
	struct faults f = {0}, again = {0}, all = {0};

	faults_add(&f, FAULT_WARNING, "a.yaml", 1, "trước");
	faults_add(&f, FAULT_ERROR, "b.yaml", 2, T("sai", "wrong"));
	faults_add(&f, FAULT_ERROR, "b.yaml", 9, T("thiếu", "missing"));
	text_speak(TEXT_EN);
	faults_add(&again, FAULT_ERROR, "b.yaml", 2, T("sai", "wrong"));
	faults_add(&again, FAULT_ERROR, "b.yaml", 7, "of another place");
	faults_pair(&f, 1, &again);
	faults_copy(&all, &f.list[1]);
	ck_assert_int_eq(all.errors, 1);
	ck_assert_str_eq(fault_text(&all.list[0]), "wrong");
	ck_assert_str_eq(fault_text(&f.list[0]), "trước"); /* there is nothing else */
	ck_assert_str_eq(fault_text(&f.list[2]), "thiếu");
	text_speak(TEXT_OWN);
	ck_assert_str_eq(fault_text(&all.list[0]), "sai");
	faults_finish(&f);
	faults_finish(&again);
	faults_finish(&all);
}
END_TEST

START_TEST(lists_so_many_and_says_so)
{
	struct faults f = {0};

	for (int i = 0; i < FAULTS_MAX + 50; i++)
		faults_add(&f, FAULT_ERROR, "a", i + 1, "lỗi");
	ck_assert_int_eq(f.count, FAULTS_MAX + 1);
	ck_assert_int_eq(f.errors, FAULTS_MAX + 50);
	ck_assert_ptr_nonnull(strstr(fault_text(&f.list[FAULTS_MAX]), "còn nhiều lỗi nữa"));
	faults_finish(&f);
}
END_TEST

Suite *suite_faults(void);
Suite *suite_faults(void)
{
	Suite *s = suite_create("faults");
	TCase *t = tcase_create("all");

	tcase_add_test(t, what_was_read_in_both_languages_is_told_in_both);
	tcase_add_test(t, adds_and_counts);
	tcase_add_test(t, cuts_long_text_at_a_character);
	tcase_add_test(t, lists_so_many_and_says_so);
	suite_add_tcase(s, t);
	return s;
}
