/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/places.h"

#include "support/seedtext.h"

#include <check.h>

static struct places places;
static struct codes documents;
static struct faults faults;

static void teardown(void)
{
	places_finish(&places);
	codes_finish(&documents);
	faults_finish(&faults);
}

static void check(const char *text)
{
	ck_assert(places_parse(&places, text, strlen(text), &faults));
	ck_assert_int_eq(faults.count, 0);
	places_check(&places, &documents, &faults);
}

START_TEST(sound_ones_have_no_fault)
{
	check("dia_ban:\n  - {ma: qn, ten: Q, cap: tinh, to: 2025-06-30, nhap_vao: dn}\n"
	      "  - {ma: dn, ten: Đ, cap: tinh}\n"
	      "  - {ma: x, ten: X, cap: xa, thuoc: qn, to: 2025-06-30}\n"
	      "  - {ma: x, ten: X, cap: xa, thuoc: dn, from: 2025-07-01}\n");
	ck_assert_int_eq(faults.count, 0);
}
END_TEST

START_TEST(a_place_that_is_used_after_its_end)
{
	check("dia_ban:\n  - {ma: qn, ten: Q, cap: tinh, to: 2025-06-30, nhap_vao: dn}\n"
	      "  - {ma: dn, ten: Đ, cap: tinh}\n"
	      "  - {ma: x, ten: X, cap: xa, thuoc: qn}\n"
	      "  - {ma: y, ten: Y, cap: xa, to: 2025-12-31, nhap_vao: qn}\n");
	ck_assert_int_eq(faults.count, 2);
	ck_assert(seedtext_told(&faults, "x: vẫn thuộc \"qn\" khi nơi ấy không còn", 4));
	ck_assert(seedtext_told(&faults, "y: nhập vào \"qn\" lúc nơi ấy không có", 5));
}
END_TEST

START_TEST(dead_references_and_doubles)
{
	memcpy(codes_add(&documents)->code, "1/QĐ", 6);
	check("dia_ban:\n  - {ma: a, ten: A, cap: tinh, nguon: 2/QĐ}\n"
	      "  - {ma: a, ten: A, cap: tinh, from: 2025-01-01}\n"
	      "  - {ma: b, ten: B, cap: xa, thuoc: zz}\n"
	      "  - {ma: c, ten: C, cap: tinh, nhap_vao: a}\n"
	      "  - {ma: d, ten: D, cap: xa, to: 2025-01-01, nhap_vao: zz}\n"
	      "  - {ma: e, ten: E, cap: tinh, thuoc: b}\n"
	      "  - {ma: f, ten: F, cap: xa, to: 2025-01-01, nhap_vao: f}\n"
	      "  - {ma: g, ten: G, cap: xa, lop: [{dien: bien-gioi, can_cu: 3/QĐ}]}\n");
	ck_assert(seedtext_told(&faults, "\"nguon: 2/QĐ\"", 2));
	ck_assert(seedtext_told(&faults, "ở dòng 2", 3));
	ck_assert(seedtext_told(&faults, "không có nơi \"zz\" (thuoc)", 4));
	ck_assert(seedtext_told(&faults, "cần ngày hết", 5));
	ck_assert(seedtext_told(&faults, "không có nơi \"zz\" (nhap_vao)", 6));
	ck_assert(seedtext_told(&faults, "không phải cấp trên", 7));
	ck_assert(seedtext_told(&faults, "lúc nơi ấy không có", 8));
	ck_assert(seedtext_told(&faults, "\"can_cu: 3/QĐ\"", 9));
	ck_assert_int_eq(faults.count, 8);
}
END_TEST

Suite *suite_places_check(void);
Suite *suite_places_check(void)
{
	Suite *s = suite_create("places_check");
	TCase *t = tcase_create("places_check");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, sound_ones_have_no_fault);
	tcase_add_test(t, a_place_that_is_used_after_its_end);
	tcase_add_test(t, dead_references_and_doubles);
	suite_add_tcase(s, t);
	return s;
}
