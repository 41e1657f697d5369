/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/parcel.h"

#include "support/parcelcase.h"

#include <check.h>
#include <string.h>

START_TEST(what_is_there_is_weighed)
{
	struct parcelcase p;
	struct parcel_size size;

	parcelcase_open(&p);
	ck_assert_msg(parcel_size(&p.parcel, &size, &p.e), "%s", p.e.text);
	ck_assert_int_eq(size.recordings, 1);
	ck_assert_int_eq(size.recording_bytes, strlen("tiếng"));
	ck_assert_int_gt(size.other_bytes, 100);
	ck_assert_int_gt(size.lines, 0);
	p.parcel.silent = true;
	ck_assert(parcel_size(&p.parcel, &size, &p.e));
	ck_assert_int_eq(size.recordings, 0);
	p.parcel.first = p.parcel.last = (struct date){2020, 2, 29};
	ck_assert(parcel_size(&p.parcel, &size, &p.e));
	ck_assert_int_eq(size.lines, 0);
	parcelcase_close(&p);
}
END_TEST

Suite *suite_parcel_size(void);
Suite *suite_parcel_size(void)
{
	Suite *s = suite_create("parcel_size");
	TCase *t = tcase_create("parcel_size");

	tcase_add_test(t, what_is_there_is_weighed);
	suite_add_tcase(s, t);
	return s;
}
