/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/places.h"

#include "support/seedtext.h"

#include <check.h>

static struct places places;
static struct faults faults;

static void teardown(void)
{
	places_finish(&places);
	faults_finish(&faults);
}

static void parse(const char *text)
{
	ck_assert(places_parse(&places, text, strlen(text), &faults));
}

static const char country[] =
	"dia_ban:\n"
	"  - {ma: qn, ten: Tỉnh Q, cap: tinh, to: 2025-06-30, nhap_vao: dn}\n"
	"  - {ma: dn, ten: Thành phố Đ, cap: tinh}\n"
	"  - {ma: h, ten: Huyện H, cap: huyen, thuoc: qn, to: 2025-06-30}\n"
	"  - {ma: x, ten: Xã X, cap: xa, thuoc: h, to: 2025-06-30, nhap_vao: y,\n"
	"     lop: [{dien: khu-vuc-3, can_cu: 861/QĐ-TTg, from: 2021-06-04, to: 2024-12-31},\n"
	"           {dien: bien-gioi}]}\n"
	"  - {ma: y, ten: Xã Y, cap: xa, thuoc: dn, from: 2025-07-01}\n";

static const struct date before = {2025, 6, 30}, after = {2025, 7, 1};

START_TEST(places_of_their_days)
{
	parse(country);
	ck_assert_int_eq(faults.count, 0);
	ck_assert_int_eq(places.count, 5);
	ck_assert_int_eq(places.list[2].level, PLACE_DISTRICT);
	ck_assert_str_eq(places_at(&places, "qn", before)->name, "Tỉnh Q");
	ck_assert_ptr_null(places_at(&places, "qn", after));
	ck_assert_ptr_null(places_at(&places, "y", before));
	ck_assert_str_eq(places_named(&places, "qn", after)->name, "Tỉnh Q");
	ck_assert_str_eq(places_named(&places, "y", before)->name, "Xã Y");
	ck_assert_ptr_null(places_named(&places, "z", after));
}
END_TEST

START_TEST(what_merged_is_part_of_its_successor)
{
	parse(country);
	ck_assert_str_eq(places_now(&places, "x", before)->code, "x");
	ck_assert_str_eq(places_now(&places, "x", after)->code, "y");
	ck_assert_ptr_null(places_now(&places, "h", after)); /* districts went without one */
	ck_assert_ptr_null(places_now(&places, "y", before));
	ck_assert(places_within(&places, "x", "qn", before));
	ck_assert(!places_within(&places, "x", "dn", before));
	ck_assert(places_within(&places, "y", "dn", after));
	ck_assert(!places_within(&places, "x", "qn", after));
}
END_TEST

START_TEST(mergers_in_a_ring_end)
{
	parse("dia_ban:\n  - {ma: a, ten: A, cap: xa, to: 2025-01-01, nhap_vao: b}\n"
	      "  - {ma: b, ten: B, cap: xa, to: 2025-01-01, nhap_vao: a}\n");
	ck_assert_ptr_null(places_now(&places, "a", after));
}
END_TEST

START_TEST(classes_have_days)
{
	parse(country);
	const struct place *x = places_at(&places, "x", before);
	ck_assert_int_eq(x->class_count, 2);
	ck_assert_str_eq(x->classes[0].basis, "861/QĐ-TTg");
	ck_assert(!place_is(x, PLACE_REGION_3, (struct date){2021, 6, 3}));
	ck_assert(place_is(x, PLACE_REGION_3, (struct date){2021, 6, 4}));
	ck_assert(place_is(x, PLACE_REGION_3, (struct date){2024, 12, 31}));
	ck_assert(!place_is(x, PLACE_REGION_3, (struct date){2025, 1, 1}));
	ck_assert(place_is(x, PLACE_BORDER, before));
	ck_assert(!place_is(x, PLACE_HARD_VILLAGES, before));
}
END_TEST

START_TEST(faulty_ones_are_told)
{
	enum place_class class;

	parse("dia_ban:\n  - {ma: a, ten: A, cap: thon}\n"
	      "  - {ma: b, cap: xa, lop: [{dien: ngheo}]}\n  - {ma: c, ten: C, cap: xa, lop: 3}\n");
	ck_assert_int_eq(places.count, 3);
	ck_assert(seedtext_told(&faults, "a: \"cap: thon\"", 2));
	ck_assert(seedtext_told(&faults, "b: thiếu tên", 3));
	ck_assert(seedtext_told(&faults, "\"dien: ngheo\"", 3));
	ck_assert(seedtext_told(&faults, "\"lop\"", 4));
	ck_assert(place_class_parse("bien-gioi", &class) && class == PLACE_BORDER);
	ck_assert(!place_class_parse("x", &class));
	ck_assert_str_eq(place_class_code(PLACE_HARD_VILLAGES), "thon-dbkk");
	ck_assert_str_eq(place_level_code(PLACE_COMMUNE), "xa");
}
END_TEST

Suite *suite_places(void);
Suite *suite_places(void)
{
	Suite *s = suite_create("places");
	TCase *t = tcase_create("places");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, places_of_their_days);
	tcase_add_test(t, what_merged_is_part_of_its_successor);
	tcase_add_test(t, mergers_in_a_ring_end);
	tcase_add_test(t, classes_have_days);
	tcase_add_test(t, faulty_ones_are_told);
	suite_add_tcase(s, t);
	return s;
}
