/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/deadlines.h"

#include "support/seedtext.h"

#include <check.h>

static struct deadlines deadlines;
static struct faults faults;

static void teardown(void)
{
	deadlines_finish(&deadlines);
	faults_finish(&faults);
}

static void parse(const char *text)
{
	ck_assert(deadlines_parse(&deadlines, text, strlen(text), &faults));
}

START_TEST(every_way_to_say_when)
{
	parse("thoi_han:\n"
	      "  - {ma: a, viec: A, ai: xã, gui: tỉnh, truoc: 2023-03-01, nguon: 1/KH}\n"
	      "  - {ma: b, viec: B, chua_qua: 2023-03-01, nhac: false}\n"
	      "  - {ma: c, viec: C, hang_nam: \"29/2\", from: 2026-01-01}\n"
	      "  - {ma: d, viec: D, sau_ky: quy, sau_ngay: 5}\n"
	      "  - {ma: e, viec: E, khi: ngay-khi-co}\n  - {ma: f, viec: F, khi: dinh-ky}\n"
	      "ky_bao_cao: {thang_tu_ngay: 15, nam_tu_thang: 12, nam_tu_ngay: 15, nguon: 09}\n");
	ck_assert_int_eq(faults.count, 0);
	const struct deadline *d = deadlines.list;
	/* "Before 1 March" is in time on the last of February. */
	ck_assert_int_eq(date_compare(d[0].last, (struct date){2023, 2, 28}), 0);
	ck_assert(d[0].remind && !d[1].remind);
	ck_assert_str_eq(d[0].to_whom, "tỉnh");
	ck_assert_int_eq(date_compare(d[1].last, (struct date){2023, 3, 1}), 0);
	ck_assert(d[2].kind == DEADLINE_YEARLY && d[2].day == 29 && d[2].month == 2);
	ck_assert(d[3].kind == DEADLINE_PERIOD && d[3].span == DEADLINE_QUARTERS);
	ck_assert_int_eq(d[3].days_after, 5);
	ck_assert_int_eq(d[4].kind, DEADLINE_AT_ONCE);
	ck_assert_int_eq(d[5].kind, DEADLINE_NOW_AND_THEN);
	ck_assert_int_eq(deadlines.month_from, 15);
	ck_assert_ptr_eq(deadlines_find(&deadlines, "c"), &d[2]);
	ck_assert_ptr_null(deadlines_find(&deadlines, "x"));
}
END_TEST

START_TEST(faulty_ones_are_told)
{
	parse("thoi_han:\n  - {ma: a, viec: A}\n"
	      "  - {ma: b, viec: B, truoc: 2023-09-10, khi: dinh-ky}\n"
	      "  - {ma: c, viec: C, hang_nam: \"31/4\"}\n  - {ma: d, viec: D, sau_ky: tuan}\n"
	      "  - {ma: e, truoc: 2023-02-30}\n  - {ma: f, viec: F, khi: mai}\n"
	      "ky_bao_cao: {thang_tu_ngay: 15, nam_tu_thang: 1, nam_tu_ngay: 1}\n");
	ck_assert(seedtext_told(&faults, "a: ghi một trong", 2));
	ck_assert(seedtext_told(&faults, "b: ghi một trong", 3));
	ck_assert(seedtext_told(&faults, "31/4", 4));
	ck_assert(seedtext_told(&faults, "\"sau_ky: tuan\"", 5));
	ck_assert(seedtext_told(&faults, "sau_ngay", 5));
	ck_assert(seedtext_told(&faults, "2023-02-30", 6));
	ck_assert(seedtext_told(&faults, "thiếu \"viec\"", 6));
	ck_assert(seedtext_told(&faults, "\"khi: mai\"", 7));
	ck_assert(seedtext_told(&faults, "ky_bao_cao", 8));
	ck_assert_int_eq(deadlines.count, 6);
}
END_TEST

START_TEST(doubles_and_documents)
{
	struct codes documents = {0};

	parse("thoi_han:\n  - {ma: a, viec: A, khi: dinh-ky, nguon: 1/KH}\n"
	      "  - {ma: a, viec: A, khi: dinh-ky, nguon: thầy bảo}\n");
	memcpy(codes_add(&documents)->code, "2/KH", 5);
	deadlines_check(&deadlines, &documents, &faults);
	ck_assert(seedtext_told(&faults, "\"nguon: 1/KH\"", 2));
	ck_assert(seedtext_told(&faults, "đã có ở dòng 2", 3));
	ck_assert_int_eq(faults.count, 2);
	codes_finish(&documents);
}
END_TEST

Suite *suite_deadlines(void);
Suite *suite_deadlines(void)
{
	Suite *s = suite_create("deadlines");
	TCase *t = tcase_create("deadlines");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, every_way_to_say_when);
	tcase_add_test(t, faulty_ones_are_told);
	tcase_add_test(t, doubles_and_documents);
	suite_add_tcase(s, t);
	return s;
}
