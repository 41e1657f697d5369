/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fold.h"

#include <check.h>
#include <string.h>

static const char *plain(const char *text)
{
	static char out[200];

	fold_plain(text, out, sizeof(out));
	return out;
}

START_TEST(every_vietnamese_letter_loses_its_marks)
{
	static const struct {
		const char *letters, *plain;
	} rows[] = {
		{"aàáảãạăằắẳẵặâầấẩẫậ", "a"}, {"eèéẻẽẹêềếểễệ", "e"}, {"iìíỉĩị", "i"},
		{"oòóỏõọôồốổỗộơờớởỡợ", "o"}, {"uùúủũụưừứửữự", "u"}, {"yỳýỷỹỵ", "y"},
		{"dđ", "d"},		     {"AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "a"}, {"EÈÉẺẼẸÊỀẾỂỄỆ", "e"},
		{"IÌÍỈĨỊ", "i"},	     {"OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", "o"}, {"UÙÚỦŨỤƯỪỨỬỮỰ", "u"},
		{"YỲÝỶỸỴ", "y"},	     {"DĐ", "d"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(strspn(plain(rows[i].letters), rows[i].plain) ==
			      strlen(plain(rows[i].letters)), "%s: %s", rows[i].letters,
			      plain(rows[i].letters));
}
END_TEST

START_TEST(combining_marks_go_and_other_scripts_stay)
{
	ck_assert_str_eq(plain("Tie\xCC\x82\xCC\x81m chủng 2"), "tiem chung 2");
	ck_assert_str_eq(plain("ខ្មែរ ✓"), "ខ្មែរ ✓");
	ck_assert_str_eq(plain("\xFF\xC3"), "\xFF\xC3"); /* no UTF-8: no reading past the end */
	ck_assert_str_eq(plain("\xE1\xBA"), "\xE1\xBA");
	ck_assert_str_eq(plain(""), "");
}
END_TEST

START_TEST(what_is_too_long_is_cut_at_a_letter)
{
	char out[4];

	fold_plain("ab✓", out, sizeof(out));
	ck_assert_str_eq(out, "ab");
	fold_plain("ảbđdd", out, sizeof(out));
	ck_assert_str_eq(out, "abd");
}
END_TEST

START_TEST(each_word_must_be_there)
{
	ck_assert(fold_finds("tiem chung", "lich tiem phong, chung ngua"));
	ck_assert(!fold_finds("tiem trau", "lich tiem phong"));
	ck_assert(fold_finds("", "x") && fold_finds("   ", "") && fold_finds(" b ", "abc"));
	ck_assert(!fold_finds("x", ""));
}
END_TEST

START_TEST(the_same_words_to_a_reader)
{
	char a[600], b[600];

	ck_assert(fold_same("TIÊM chủng", "tiem chung") && fold_same("", ""));
	ck_assert(!fold_same("tiem", "tiem chung"));
	memset(a, 'a', sizeof(a));
	memcpy(b, a, sizeof(b));
	a[599] = b[599] = '\0';
	ck_assert(fold_same(a, b));
	b[598] = 'b';
	ck_assert(!fold_same(a, b)); /* not cut and then taken for the same */
}
END_TEST

START_TEST(spaces_become_one)
{
	char out[8];

	ck_assert(fold_spaces(" a \r\n b\t", out, sizeof(out)));
	ck_assert_str_eq(out, "a b");
	ck_assert(fold_spaces("abc def", out, sizeof(out)));
	ck_assert_str_eq(out, "abc def");
	ck_assert(!fold_spaces("abcd efgh", out, sizeof(out)));
	ck_assert_str_eq(out, "abcd ef");
	ck_assert(!fold_spaces("abcdefg h", out, sizeof(out)));
	ck_assert_str_eq(out, "abcdefg");
	ck_assert(fold_spaces("  \n", out, sizeof(out)));
	ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(small_letters_keep_their_marks)
{
	char text[] = "CHỊ ĐỖ THỊ ƯƠM Ý × 1 Ơ\xff ÀÞ한";

	fold_small(text);
	ck_assert_str_eq(text, "chị đỗ thị ươm ý × 1 ơ\xff àþ한");
}
END_TEST

Suite *suite_fold(void);
Suite *suite_fold(void)
{
	Suite *s = suite_create("fold");
	TCase *t = tcase_create("fold");

	tcase_add_test(t, every_vietnamese_letter_loses_its_marks);
	tcase_add_test(t, combining_marks_go_and_other_scripts_stay);
	tcase_add_test(t, what_is_too_long_is_cut_at_a_letter);
	tcase_add_test(t, each_word_must_be_there);
	tcase_add_test(t, the_same_words_to_a_reader);
	tcase_add_test(t, spaces_become_one);
	tcase_add_test(t, small_letters_keep_their_marks);
	suite_add_tcase(s, t);
	return s;
}
