/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* Boundaries of each length (RFC 3629), and Vietnamese composed and decomposed. */
START_TEST(test_valid)
{
	static const char *const texts[] = {
		"", "a", "Bù Gia Mập", "e\u0302\u0301", "\x7F", "\xC2\x80", "\xDF\xBF",
		"\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
		"\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "\U0001F4E2",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ck_assert_msg(utf8_valid(texts[i], strlen(texts[i])), "%zu: %s", i, texts[i]);
	ck_assert(utf8_valid("a\0b", 3));
}
END_TEST

/* From Markus Kuhn's stress classes: lonely continuations, cut sequences, overlong forms,
 * surrogates, beyond U+10FFFF, impossible bytes. */
static const char *const malformed[] = {
	"\x80", "\xBF", "a\x80", "\xC2", "\xE1\x80", "\xF1\x80\x80", "\xC2 ", "\xE1\x80 ",
	"\xC0\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80",
	"\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
	"\xF8\x88\x80\x80\x80", "\xFC\x84\x80\x80\x80\x80", "\xFE", "\xFF", "\xC2\xC2\x80",
};

START_TEST(test_malformed)
{
	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
		ck_assert_msg(!utf8_valid(malformed[i], strlen(malformed[i])), "%zu", i);
		ck_assert_msg(!utf8_printable(malformed[i], strlen(malformed[i])), "%zu", i);
	}
}
END_TEST

/* Texts are looked at several bytes at a time: each byte counts wherever it stands. */
START_TEST(test_every_place)
{
	static const char plain[] = "{\"a\":\"0123456789\",\"b\":[1,2,3]}";
	char text[sizeof(plain)];

	for (size_t at = 0; at < sizeof(plain) - 1; at++)
		for (int byte = 0; byte < 256; byte++) {
			memcpy(text, plain, sizeof(text));
			text[at] = (char)byte;
			ck_assert_int_eq(utf8_valid(text, sizeof(plain) - 1), byte < 0x80);
			ck_assert_int_eq(utf8_line(text, sizeof(plain) - 1),
					 byte < 0x80 && byte >= 0x20);
		}
}
END_TEST

/* A letter of three bytes in every place, whole, cut, and with a control behind it. */
START_TEST(test_every_place_of_a_letter)
{
	for (size_t at = 0; at + 4 <= 32; at++) {
		char text[32];

		memset(text, 'a', sizeof(text));
		memcpy(text + at, "ế", 3);
		ck_assert(utf8_line(text, sizeof(text)));
		ck_assert(!utf8_line(text, at + 2));
		text[at + 3] = '\n';
		ck_assert(!utf8_line(text, sizeof(text)) && utf8_valid(text, sizeof(text)));
		text[at + 2] = 'a';
		ck_assert(!utf8_valid(text, sizeof(text)));
	}
}
END_TEST

START_TEST(test_length_counts_characters)
{
	ck_assert_uint_eq(utf8_length(""), 0);
	ck_assert_uint_eq(utf8_length("Bản tin"), 7);
	ck_assert_uint_eq(utf8_length("\U0001F4E2é"), 2);
}
END_TEST

START_TEST(test_cut)
{
	char text[16];

	for (size_t max = 0; max <= 12; max++) {
		snprintf(text, sizeof(text), "aế\U0001F4E2b"); /* 1 + 3 + 4 + 1 bytes */
		utf8_cut(text, max);
		size_t want = max >= 9 ? 9 : max >= 8 ? 8 : max >= 4 ? 4 : max >= 1 ? 1 : 0;
		ck_assert_uint_eq(strlen(text), want);
		ck_assert(utf8_valid(text, want));
	}
}
END_TEST

/* Text that was never valid is only shortened, and nothing outside it is touched. */
START_TEST(test_cut_of_rubbish)
{
	char text[] = "\x80\x80\x80\x80";

	utf8_cut(text, 2);
	ck_assert_uint_eq(strlen(text), 2);
	utf8_cut(text, 0);
	ck_assert_uint_eq(strlen(text), 0);
}
END_TEST

START_TEST(test_not_printable)
{
	static const char *const texts[] = {
		"a\nb", "\t", "\x1B[2J", "\x7F", "\xC2\x80", "\xC2\x9F", "a\u2028b", "\u2029",
		"\u202A", "\u202E", "\u2066", "\u2069",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		ck_assert_msg(!utf8_printable(texts[i], strlen(texts[i])), "%zu", i);
		ck_assert(utf8_valid(texts[i], strlen(texts[i])));
	}
	ck_assert(!utf8_printable("a\0b", 3));
}
END_TEST

START_TEST(test_printable)
{
	static const char *const texts[] = {
		"", " ", "Nước sạch – số 5", "\u00A0", "\u2027", "\u202F", "\u2065", "\u206A",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		ck_assert_msg(utf8_printable(texts[i], strlen(texts[i])), "%zu", i);
}
END_TEST

START_TEST(test_blank)
{
	ck_assert(utf8_blank(""));
	ck_assert(utf8_blank(" \t \n"));
	ck_assert(utf8_blank("\u200b\u00a0 \u3000\ufeff\u2800"));
	ck_assert(!utf8_blank(" . "));
	ck_assert(!utf8_blank("\u200bữ"));
	ck_assert(!utf8_blank("0"));
	ck_assert(!utf8_blank(" \xff"));
}
END_TEST

START_TEST(test_bare)
{
	static const char *const pairs[][2] = {
		{"Đài Bù Gia Mập 2!", "daibugiamap2"},
		{"ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặĂăÂâÀÁÃàáã", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
		{"ẸẹỂểÊêÈÉèé ỈịĨĩÌÍ ỌợƠơỐộÔôÒÓÕ", "eeeeeeeeee" "iiiiii" "ooooooooooo"},
		{"ỤựƯưŨũÙÚ ỲỹÝý đĐ", "uuuuuuuu" "yyyy" "dd"},
		{"e\u0302\u0301", "e"}, /* decomposed */
		{"привет 東京", ""}, {"", ""}, {"a\xff z", "a"}};
	char out[64];

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		utf8_bare(pairs[i][0], out, sizeof(out));
		ck_assert_str_eq(out, pairs[i][1]);
	}
	utf8_bare("abcdef", out, 4);
	ck_assert_str_eq(out, "abc");
}
END_TEST

Suite *suite_utf8(void);
Suite *suite_utf8(void)
{
	Suite *s = suite_create("utf8");
	TCase *c = tcase_create("utf8");

	tcase_add_test(c, test_valid);
	tcase_add_test(c, test_malformed);
	tcase_add_test(c, test_every_place);
	tcase_add_test(c, test_every_place_of_a_letter);
	tcase_add_test(c, test_length_counts_characters);
	tcase_add_test(c, test_cut);
	tcase_add_test(c, test_cut_of_rubbish);
	tcase_add_test(c, test_not_printable);
	tcase_add_test(c, test_printable);
	tcase_add_test(c, test_blank);
	tcase_add_test(c, test_bare);
	suite_add_tcase(s, c);
	return s;
}
