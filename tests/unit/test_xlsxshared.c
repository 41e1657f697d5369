/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxshared.h"

#include "library/xlsxnumber.h"
#include "support/xlsxcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct xlsx x;
static struct xlsxbook b;
static struct xlsxshared s;

static void teardown(void)
{
	close(x.zip.fd);
	xlsxshared_finish(&s);
}

static bool read_it(const char *strings)
{
	const struct xlsxcase_part parts[] = {{strings != NULL ? "xl/sharedStrings.xml" : "x",
					       strings != NULL ? strings : ""}, {NULL, NULL}};

	b = (struct xlsxbook){0};
	s = (struct xlsxshared){0};
	xlsxpart_init(&x, xlsxcase_open(parts));
	ck_assert(xlsxbook_open(&b, &x, NULL));
	return xlsxshared_read(&s, &x, &b);
}

START_TEST(texts_are_known_by_their_numbers)
{
	ck_assert(read_it(NULL));
	ck_assert_str_eq(xlsxshared_text(&s, 0), "một");
	ck_assert_str_eq(xlsxshared_text(&s, 1), "hai");
	ck_assert_ptr_null(xlsxshared_text(&s, 2));
}
END_TEST

START_TEST(a_text_in_several_fonts_is_one)
{
	ck_assert(read_it("<sst " XLSXCASE_MAIN "><si><r><rPr><b/></rPr><t>Bù </t></r><r>"
			  "<t>Gia</t></r><rPh sb='0' eb='1'><t>not said</t></rPh></si>"
			  "<si/><si><t>c</t></si></sst>"));
	ck_assert_str_eq(xlsxshared_text(&s, 0), "Bù Gia");
	ck_assert_str_eq(xlsxshared_text(&s, 1), "");
	ck_assert_str_eq(xlsxshared_text(&s, 2), "c");
}
END_TEST

START_TEST(looks_tell_days_from_numbers)
{
	static const int kinds[] = {XLSXNUMBER_PLAIN, XLSXNUMBER_DATE,	XLSXNUMBER_DATE,
				    XLSXNUMBER_MONTH, XLSXNUMBER_MOMENT, XLSXNUMBER_TIME,
				    XLSXNUMBER_ZEROS + 5, XLSXNUMBER_PLAIN};

	ck_assert(read_it(NULL));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		ck_assert_int_eq(xlsxshared_kind(&s, i), kinds[i]);
}
END_TEST

START_TEST(a_part_that_is_named_and_not_there_is_damage)
{
	ck_assert(!read_it(""));
	ck_assert_int_eq(x.verdict, SHEET_DAMAGED);
}
END_TEST

/* Five bytes a text: no file of ours is so long, and its numbers alone would fill the memory. */
START_TEST(too_many_texts_are_refused)
{
	static const char head[] = "<sst " XLSXCASE_MAIN ">", end[] = "</sst>";
	size_t count = SHEET_STRINGS_MAX + 1, len = sizeof(head) - 1;
	char *xml = malloc(len + count * 5 + sizeof(end));

	memcpy(xml, head, len);
	for (size_t i = 0; i < count; i++, len += 5)
		memcpy(xml + len, "<si/>", 5);
	memcpy(xml + len, end, sizeof(end));
	ck_assert(!read_it(xml));
	ck_assert_int_eq(x.verdict, SHEET_TOO_BIG);
	free(xml);
}
END_TEST

START_TEST(escapes_are_the_character)
{
	static const char *const rows[][2] = {
		{"a_x000D_b", "a\rb"}, {"_x005F_x000D_", "_x000D_"}, {"_x1EA1_", "ạ"},
		{"_x00C1_", "Á"},      {"_xD800_", "_xD800_"},	      {"_x0000_", "_x0000_"},
		{"_x12_", "_x12_"},    {"_x00g0_", "_x00g0_"},	      {"a_b_", "a_b_"},
		{"_x000", "_x000"},    {"", ""}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf text = {0};
		buf_text(&text, "_x0041_");
		buf_text(&text, rows[i][0]);
		xlsxshared_unescape(&text, 7);
		ck_assert_str_eq(buf_str(&text) + 7, rows[i][1]);
		ck_assert_uint_eq(text.len, 7 + strlen(rows[i][1]));
		buf_finish(&text);
	}
}
END_TEST

Suite *suite_xlsxshared(void);
Suite *suite_xlsxshared(void)
{
	Suite *suite = suite_create("xlsxshared");
	TCase *t = tcase_create("xlsxshared"), *pure = tcase_create("escapes");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, texts_are_known_by_their_numbers);
	tcase_add_test(t, a_text_in_several_fonts_is_one);
	tcase_add_test(t, looks_tell_days_from_numbers);
	tcase_add_test(t, a_part_that_is_named_and_not_there_is_damage);
	tcase_add_test(t, too_many_texts_are_refused);
	suite_add_tcase(suite, t);
	tcase_add_test(pure, escapes_are_the_character);
	suite_add_tcase(suite, pure);
	return suite;
}
