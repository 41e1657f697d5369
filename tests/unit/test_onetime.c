/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/onetime.h"

#include <check.h>
#include <string.h>

START_TEST(three_groups_of_what_cannot_be_mistaken)
{
	char text[ONETIME_TEXT_BYTES];
	bool seen[256] = {false};

	for (int n = 0; n < 500; n++) {
		onetime_make(text);
		ck_assert_uint_eq(strlen(text), 14);
		for (int i = 0; i < 14; i++) {
			ck_assert((text[i] == '-') == (i == 4 || i == 9));
			ck_assert_ptr_null(strchr("01oil", text[i]));
			seen[(unsigned char)text[i]] = true;
		}
	}
	int count = 0;
	for (int i = 0; i < 256; i++)
		count += seen[i] && i != '-';
	ck_assert_int_eq(count, 31); /* all of them are drawn */
}
END_TEST

START_TEST(no_two_are_the_same)
{
	char text[50][ONETIME_TEXT_BYTES];

	for (int i = 0; i < 50; i++) {
		onetime_make(text[i]);
		for (int j = 0; j < i; j++)
			ck_assert_str_ne(text[i], text[j]);
	}
}
END_TEST

START_TEST(typed_as_people_type)
{
	unsigned char hash[ONETIME_HASH_BYTES];

	onetime_hash("k7pm-3xq9-t2hv", hash);
	ck_assert(onetime_same("k7pm-3xq9-t2hv", hash));
	ck_assert(onetime_same(" K7PM 3XQ9 T2HV ", hash));
	ck_assert(onetime_same("k7pm3xq9t2hv", hash));
	ck_assert(!onetime_same("k7pm-3xq9-t2hw", hash));
	ck_assert(!onetime_same("k7pm-3xq9-t2hvv", hash));
	ck_assert(!onetime_same("k7pm-3xq9", hash));
	ck_assert(!onetime_same("", hash));
	ck_assert(!onetime_same("\xff", hash));
}
END_TEST

Suite *suite_onetime(void);
Suite *suite_onetime(void)
{
	Suite *s = suite_create("onetime");
	TCase *t = tcase_create("onetime");

	tcase_add_test(t, three_groups_of_what_cannot_be_mistaken);
	tcase_add_test(t, no_two_are_the_same);
	tcase_add_test(t, typed_as_people_type);
	suite_add_tcase(s, t);
	return s;
}
