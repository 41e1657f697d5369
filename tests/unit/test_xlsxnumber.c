/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxnumber.h"

#include <check.h>

static const char *text_of(const char *value, unsigned char kind)
{
	static char out[XLSXNUMBER_BYTES];

	xlsxnumber_text(value, kind, false, out);
	return out;
}

START_TEST(formats_say_what_a_number_is)
{
	static const struct {
		const char *format;
		int kind;
	} rows[] = {
		{"General", XLSXNUMBER_PLAIN},
		{"0.00", XLSXNUMBER_PLAIN},
		{"0", XLSXNUMBER_PLAIN},
		{"@", XLSXNUMBER_PLAIN},
		{"#,##0\\ \"đồng mỗi ngày\"", XLSXNUMBER_PLAIN},
		{"#,##0_d;[Red]-#,##0_d", XLSXNUMBER_PLAIN},
		{"0;dd/mm/yyyy", XLSXNUMBER_PLAIN},
		{"\"d", XLSXNUMBER_PLAIN},
		{"\\", XLSXNUMBER_PLAIN},
		{"[", XLSXNUMBER_PLAIN},
		{"0.00E+00", XLSXNUMBER_PLAIN},
		{"dd/mm/yyyy", XLSXNUMBER_DATE},
		{"DD.MM.YY", XLSXNUMBER_DATE},
		{"[$-42A]d mmmm, yyyy;@", XLSXNUMBER_DATE},
		{"\"ngày\" dd \"tháng\" mm", XLSXNUMBER_DATE},
		{"mm/yyyy", XLSXNUMBER_MONTH},
		{"mmm-yy", XLSXNUMBER_MONTH},
		{"yyyy", XLSXNUMBER_YEAR},
		{"dd/mm/yyyy hh:mm", XLSXNUMBER_MOMENT},
		{"h:mm AM/PM", XLSXNUMBER_TIME},
		{"mm:ss", XLSXNUMBER_TIME},
		{"[h]:mm:ss", XLSXNUMBER_ELAPSED},
		{"00000", XLSXNUMBER_ZEROS + 5},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(xlsxnumber_kind(rows[i].format) == rows[i].kind, "%s: %d",
			      rows[i].format, xlsxnumber_kind(rows[i].format));
}
END_TEST

START_TEST(some_are_known_by_their_numbers)
{
	ck_assert_int_eq(xlsxnumber_known(0), XLSXNUMBER_PLAIN);
	ck_assert_int_eq(xlsxnumber_known(13), XLSXNUMBER_PLAIN);
	ck_assert_int_eq(xlsxnumber_known(14), XLSXNUMBER_DATE);
	ck_assert_int_eq(xlsxnumber_known(16), XLSXNUMBER_DATE);
	ck_assert_int_eq(xlsxnumber_known(17), XLSXNUMBER_MONTH);
	ck_assert_int_eq(xlsxnumber_known(20), XLSXNUMBER_TIME);
	ck_assert_int_eq(xlsxnumber_known(22), XLSXNUMBER_MOMENT);
	ck_assert_int_eq(xlsxnumber_known(44), XLSXNUMBER_PLAIN);
	ck_assert_int_eq(xlsxnumber_known(46), XLSXNUMBER_ELAPSED);
	ck_assert_int_eq(xlsxnumber_known(49), XLSXNUMBER_PLAIN);
}
END_TEST

START_TEST(numbers_are_written_out)
{
	ck_assert_str_eq(text_of("957000000", XLSXNUMBER_PLAIN), "957000000");
	ck_assert_str_eq(text_of("9.57E8", XLSXNUMBER_PLAIN), "957000000");
	ck_assert_str_eq(text_of("956999999.99999999", XLSXNUMBER_PLAIN), "957000000");
	ck_assert_str_eq(text_of("0.30000000000000004", XLSXNUMBER_PLAIN), "0.3");
	ck_assert_str_eq(text_of("-0", XLSXNUMBER_PLAIN), "0");
	ck_assert_str_eq(text_of("-1.5", XLSXNUMBER_PLAIN), "-1.5");
	ck_assert_str_eq(text_of("7", XLSXNUMBER_ZEROS + 5), "00007");
	ck_assert_str_eq(text_of("123456", XLSXNUMBER_ZEROS + 5), "123456");
	ck_assert_str_eq(text_of("1E+200", XLSXNUMBER_PLAIN), "1e+200");
}
END_TEST

/* Or 957.125 of a column in millions were 957,125 đồng. */
START_TEST(a_fraction_never_looks_like_thousands)
{
	ck_assert_str_eq(text_of("957.125", XLSXNUMBER_PLAIN), "957.1250");
	ck_assert_str_eq(text_of("0.957", XLSXNUMBER_PLAIN), "0.9570");
	ck_assert_str_eq(text_of("0.95", XLSXNUMBER_PLAIN), "0.95");
}
END_TEST

START_TEST(days_are_counted_from_1900_with_a_day_too_many)
{
	char out[XLSXNUMBER_BYTES];

	ck_assert_str_eq(text_of("1", XLSXNUMBER_DATE), "1900-01-01");
	ck_assert_str_eq(text_of("59", XLSXNUMBER_DATE), "1900-02-28");
	ck_assert_str_eq(text_of("60", XLSXNUMBER_DATE), "1900-02-29"); /* refused further on */
	ck_assert_str_eq(text_of("61", XLSXNUMBER_DATE), "1900-03-01");
	ck_assert_str_eq(text_of("45111", XLSXNUMBER_DATE), "2023-07-04");
	ck_assert_str_eq(text_of("45111.9", XLSXNUMBER_DATE), "2023-07-04");
	ck_assert_str_eq(text_of("2958464", XLSXNUMBER_DATE), "9999-12-30");
	ck_assert_str_eq(text_of("2958466", XLSXNUMBER_DATE), "2958466");
	ck_assert_str_eq(text_of("-1", XLSXNUMBER_DATE), "-1");
	xlsxnumber_text("0", XLSXNUMBER_DATE, true, out);
	ck_assert_str_eq(out, "1904-01-01");
	xlsxnumber_text("43649", XLSXNUMBER_DATE, true, out);
	ck_assert_str_eq(out, "2023-07-04");
}
END_TEST

START_TEST(months_years_and_times_are_what_is_shown)
{
	ck_assert_str_eq(text_of("45111", XLSXNUMBER_MONTH), "2023-07");
	ck_assert_str_eq(text_of("45111", XLSXNUMBER_YEAR), "2023");
	ck_assert_str_eq(text_of("45111", XLSXNUMBER_MOMENT), "2023-07-04");
	ck_assert_str_eq(text_of("45111.229166666664", XLSXNUMBER_MOMENT), "2023-07-04 05:30");
	ck_assert_str_eq(text_of("45111.999999", XLSXNUMBER_MOMENT), "2023-07-05");
	ck_assert_str_eq(text_of("0.22934027777777777", XLSXNUMBER_TIME), "05:30:15");
	ck_assert_str_eq(text_of("1.5", XLSXNUMBER_ELAPSED), "36:00");
}
END_TEST

START_TEST(what_is_no_number_stays)
{
	ck_assert_str_eq(text_of("", XLSXNUMBER_DATE), "");
	ck_assert_str_eq(text_of("nan", XLSXNUMBER_DATE), "nan");
	ck_assert_str_eq(text_of("1e999", XLSXNUMBER_DATE), "1e999");
	ck_assert_str_eq(text_of("0x10", XLSXNUMBER_PLAIN), "0x10");
	ck_assert_str_eq(text_of("1 2", XLSXNUMBER_PLAIN), "1 2");
}
END_TEST

Suite *suite_xlsxnumber(void);
Suite *suite_xlsxnumber(void)
{
	Suite *s = suite_create("xlsxnumber");
	TCase *t = tcase_create("xlsxnumber");

	tcase_add_test(t, formats_say_what_a_number_is);
	tcase_add_test(t, some_are_known_by_their_numbers);
	tcase_add_test(t, numbers_are_written_out);
	tcase_add_test(t, a_fraction_never_looks_like_thousands);
	tcase_add_test(t, days_are_counted_from_1900_with_a_day_too_many);
	tcase_add_test(t, months_years_and_times_are_what_is_shown);
	tcase_add_test(t, what_is_no_number_stays);
	suite_add_tcase(s, t);
	return s;
}
