/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/register.h"

#include "base/json.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char why[REASON_BYTES];
static char told[4096];

static const char *told_of(bool ok, json_t *value)
{
	char *line = value != NULL ? json_dumps(value, JSON_LINE | JSON_ENCODE_ANY) : NULL;

	ck_assert(ok == (why[0] == '\0'));
	ck_assert(ok || value == NULL);
	snprintf(told, sizeof(told), "%s", !ok ? "bad" : line != NULL ? line : "");
	free(line);
	json_decref(value);
	return told;
}

static const struct register_field *field(const char *name, const char *key)
{
	const struct register_field *f = register_field(register_find(name), key);

	ck_assert_ptr_nonnull(f);
	return f;
}

static const char *reads(const char *name, const char *key, const char *text)
{
	json_t *value = NULL;
	bool ok = register_read(field(name, key), NULL, text, &value, why);

	return told_of(ok, value);
}

static const char *takes(const char *name, const char *key, json_t *given)
{
	json_t *value = NULL;
	bool ok = register_take(field(name, key), NULL, given, &value, why);

	json_decref(given);
	return told_of(ok, value);
}

START_TEST(words_lose_what_no_line_has)
{
	ck_assert_str_eq(reads("products", "title", "  Tiêm\r\nchủng \t mở rộng "),
			 "\"Tiêm chủng mở rộng\"");
	ck_assert_str_eq(reads("products", "title", " \n "), "");
	ck_assert_str_eq(reads("products", "title", "a\x01b"), "bad");
	ck_assert_str_eq(reads("products", "title", "\xff"), "bad");
}
END_TEST

START_TEST(words_that_are_too_long_are_refused_and_not_cut)
{
	char text[3000];

	memset(text, 'a', sizeof(text));
	text[TITLE_BYTES - 1] = '\0';
	ck_assert_str_ne(reads("products", "title", text), "bad");
	text[TITLE_BYTES - 1] = 'a';
	text[TITLE_BYTES] = '\0';
	ck_assert_str_eq(reads("products", "title", text), "bad");
	ck_assert_str_ne(reads("products", "note", text), "bad");
	text[TITLE_BYTES] = 'a';
	text[sizeof(text) - 1] = '\0';
	ck_assert_str_eq(reads("products", "note", text), "bad");
}
END_TEST

START_TEST(a_day_is_written_in_either_way)
{
	ck_assert_str_eq(reads("products", "made", "2023-07-04"), "\"2023-07-04\"");
	ck_assert_str_eq(reads("products", "made", "4/7/2023"), "\"2023-07-04\"");
	ck_assert_str_eq(reads("products", "made", "04.07.2023"), "\"2023-07-04\"");
	ck_assert_str_eq(reads("products", "made", "30/2/2023"), "bad");
	ck_assert_str_eq(reads("products", "made", "7/23/2023"), "bad");
	ck_assert_str_eq(reads("products", "made", "4/7/23"), "bad");
	ck_assert_str_eq(reads("products", "made", "4/7-2023"), "bad");
	ck_assert_str_eq(reads("products", "made", "hôm qua"), "bad");
	ck_assert_str_eq(takes("products", "made", json_integer(45111)), "bad");
}
END_TEST

START_TEST(a_month_is_written_in_either_way)
{
	ck_assert_str_eq(reads("inspections", "month", "2023-11"), "\"2023-11\"");
	ck_assert_str_eq(reads("inspections", "month", "11/2023"), "\"2023-11\"");
	ck_assert_str_eq(reads("inspections", "month", "13/2023"), "bad");
	ck_assert_str_eq(reads("inspections", "month", "11"), "bad");
}
END_TEST

START_TEST(money_is_whole_dong)
{
	ck_assert_str_eq(reads("products", "amount", "957000000"), "957000000");
	ck_assert_str_eq(reads("products", "amount", "957.000.000 đồng"), "957000000");
	ck_assert_str_eq(reads("products", "amount", "957,000,000"), "957000000");
	ck_assert_str_eq(reads("products", "amount", "957.000,000"), "bad");
	ck_assert_str_eq(reads("products", "amount", "957.00"), "bad");
	ck_assert_str_eq(reads("products", "amount", "1.5"), "bad");
	ck_assert_str_eq(reads("products", "amount", "-5"), "bad");
	ck_assert_str_eq(reads("products", "amount", "957 triệu"), "bad");
	ck_assert_str_eq(reads("products", "amount", "1000000000000001"), "bad");
	ck_assert_str_eq(takes("products", "amount", json_real(1.125)), "bad");
	ck_assert_str_eq(takes("products", "amount", json_real(957e6)), "957000000");
}
END_TEST

START_TEST(a_quantity_has_two_decimals_at_most)
{
	ck_assert_str_eq(reads("works", "pages", "1,5"), "1.5");
	ck_assert_str_eq(reads("works", "pages", "1.25"), "1.25");
	ck_assert_str_eq(reads("works", "pages", "2,00"), "2");
	ck_assert_str_eq(reads("works", "pages", "12"), "12");
	ck_assert_str_eq(reads("works", "pages", "1.250"), "bad");
	ck_assert_str_eq(reads("works", "pages", "1e3"), "bad");
	ck_assert_str_eq(takes("works", "pages", json_real(0.1 + 0.2)), "0.3");
	ck_assert_str_eq(takes("works", "pages", json_real(0.001)), "bad");
}
END_TEST

START_TEST(flags_and_choices_are_words_in_both_languages)
{
	ck_assert_str_eq(reads("products", "lasting", "Có"), "true");
	ck_assert_str_eq(reads("products", "lasting", "x"), "true");
	ck_assert_str_eq(reads("products", "lasting", "KHÔNG"), "false");
	ck_assert_str_eq(reads("products", "lasting", "chắc"), "bad");
	ck_assert_str_eq(takes("products", "lasting", json_true()), "true");
	ck_assert_str_eq(reads("products", "level", "Tỉnh"), "\"tinh\"");
	ck_assert_str_eq(reads("products", "level", "trung-uong"), "\"trung-uong\"");
	ck_assert_str_eq(reads("products", "level", "bộ"), "bad");
	ck_assert_ptr_nonnull(strstr(why, "trung ương"));
	ck_assert_str_eq(reads("works", "role", "viết"), "bad"); /* one choice has a comma */
	ck_assert_ptr_nonnull(strstr(why, "; viết, biên tập"));
}
END_TEST

START_TEST(ids_and_hashes_keep_their_form)
{
	ck_assert_str_eq(reads("works", "bulletin", "b17"), "\"B17\"");
	ck_assert_str_eq(reads("works", "bulletin", "17"), "bad");
	ck_assert_str_eq(reads("works", "bulletin", "B017"), "bad");
	ck_assert_str_eq(reads("works", "product", "SP2"), "\"SP2\"");
	ck_assert_str_eq(reads("works", "product", "HD2"), "bad");
	ck_assert_str_eq(reads("products", "sha256", "00ff"), "bad");
	ck_assert_str_eq(reads("products", "sha256", "AA"
			       "00000000000000000000000000000000000000000000000000000000000000"),
			 "\"aa00000000000000000000000000000000000000000000000000000000000000\"");
}
END_TEST

static struct codes lists[CODES_LISTS];

static void add(enum codes_list which, const char *code, const char *name)
{
	struct code *c = codes_add(&lists[which]);

	snprintf(c->code, sizeof(c->code), "%s", code);
	snprintf(c->name, sizeof(c->name), "%s", name);
}

static const char *listed(const char *key, const char *text)
{
	json_t *value = NULL;
	bool ok = register_read(field("products", key), lists, text, &value, why);

	return told_of(ok, value);
}

START_TEST(codes_are_known_by_their_names_too)
{
	add(CODES_KINDS, "video", "Video");
	add(CODES_KINDS, "tin-bai", "Tin, bài viết");
	add(CODES_PROGRAMMES, "NTM.TT", "Nông thôn mới");
	add(CODES_PROGRAMMES, "KHAC", "Khác");
	ck_assert_str_eq(listed("kind", "tin, bài viết"), "\"tin-bai\"");
	ck_assert_str_eq(listed("kind", "vidéo"), "\"video\"");
	ck_assert_str_eq(listed("kind", "phim"), "bad");
	ck_assert_str_eq(listed("programmes", "ntm.tt; Khác,KHAC"), "[\"NTM.TT\",\"KHAC\"]");
	ck_assert_str_eq(listed("programmes", "NTM.TT, X"), "bad");
	/* A list that the station does not keep takes any code. */
	ck_assert_str_eq(listed("fund", "X"), "\"X\"");
	for (int i = 0; i < CODES_LISTS; i++)
		codes_finish(&lists[i]);
}
END_TEST

START_TEST(values_of_programs_have_types)
{
	ck_assert_str_eq(takes("products", "programmes", json_pack("[s, s]", "A", "B")),
			 "[\"A\",\"B\"]");
	ck_assert_str_eq(takes("products", "programmes", json_pack("[i]", 7)), "bad");
	ck_assert_str_eq(takes("products", "programmes", json_array()), "");
	ck_assert_str_eq(takes("products", "title", json_pack("[s]", "A")), "bad");
	ck_assert_str_eq(takes("products", "title", json_object()), "bad");
	ck_assert_str_eq(takes("products", "title", json_null()), "");
	ck_assert_str_eq(takes("products", "title", json_true()), "bad");
	ck_assert_str_eq(takes("products", "number", json_real(12.5)), "\"12.5\"");
	ck_assert_str_eq(takes("products", "title", json_stringn_nocheck("a\0b", 3)), "bad");
}
END_TEST

Suite *suite_register_take(void);
Suite *suite_register_take(void)
{
	Suite *s = suite_create("register_take");
	TCase *t = tcase_create("values");

	tcase_add_test(t, words_lose_what_no_line_has);
	tcase_add_test(t, words_that_are_too_long_are_refused_and_not_cut);
	tcase_add_test(t, a_day_is_written_in_either_way);
	tcase_add_test(t, a_month_is_written_in_either_way);
	tcase_add_test(t, money_is_whole_dong);
	tcase_add_test(t, a_quantity_has_two_decimals_at_most);
	tcase_add_test(t, flags_and_choices_are_words_in_both_languages);
	tcase_add_test(t, ids_and_hashes_keep_their_form);
	tcase_add_test(t, codes_are_known_by_their_names_too);
	tcase_add_test(t, values_of_programs_have_types);
	suite_add_tcase(s, t);
	return s;
}
