/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/pack.h"

#include <check.h>

START_TEST(headers_are_understood)
{
	ck_assert(pack_taken("gzip, deflate, br"));
	ck_assert(pack_taken("br;q=1.0, gzip;q=0.5"));
	ck_assert(!pack_taken("gzip;q=0"));
	ck_assert(!pack_taken("gzip; q=0.0, br"));
	ck_assert(!pack_taken("identity"));
	ck_assert(!pack_taken(NULL));
}
END_TEST

Suite *suite_pack(void);
Suite *suite_pack(void)
{
	Suite *s = suite_create("pack");
	TCase *t = tcase_create("pack");

	tcase_add_test(t, headers_are_understood);
	suite_add_tcase(s, t);
	return s;
}
