/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/targets.h"

#include "support/seedtext.h"

#include <check.h>

static struct targets targets;
static struct places places;
static struct codes lists[CODES_LISTS];
static struct faults faults;

static void teardown(void)
{
	targets_finish(&targets);
	places_finish(&places);
	for (int i = 0; i < CODES_LISTS; i++)
		codes_finish(&lists[i]);
	faults_finish(&faults);
}

static void check(const char *text)
{
	ck_assert(targets_parse(&targets, text, strlen(text), &faults));
	ck_assert_int_eq(faults.count, 0);
	targets_check(&targets, lists, &places, &faults);
}

/* Seed 000: 3,220 = 957 + 2,263 million. */
START_TEST(sums_add_up)
{
	check("chi_tieu:\n"
	      "  - {ma: s, viec: S, muc: de-xuat, do: kinh-phi, so: 3220, gom: [h, t], nguon: x}\n"
	      "  - {ma: h, viec: H, muc: de-xuat, do: kinh-phi, so: 957, nguon: x}\n"
	      "  - {ma: t, viec: T, muc: de-xuat, do: kinh-phi, so: 2263, nguon: x}\n");
	ck_assert_int_eq(faults.count, 0);
}
END_TEST

START_TEST(sums_that_do_not)
{
	check("chi_tieu:\n"
	      "  - {ma: s, viec: S, muc: de-xuat, do: kinh-phi, so: 3221, gom: [h, t], nguon: x}\n"
	      "  - {ma: h, viec: H, muc: de-xuat, do: kinh-phi, so: 957, nguon: x}\n"
	      "  - {ma: t, viec: T, muc: de-xuat, do: kinh-phi, so: 2263, nguon: x}\n"
	      "  - {ma: u, viec: U, muc: de-xuat, do: kinh-phi, so: 1, gom: [u], nguon: x}\n"
	      "  - {ma: v, viec: V, muc: de-xuat, do: phut, so: 957, gom: [h], nguon: x}\n"
	      "  - {ma: h, viec: V, muc: de-xuat, do: phut, so: 957, nguon: x}\n");
	ck_assert(seedtext_told(&faults, "ghi 3221, các phần cộng lại được 3220", 2));
	ck_assert(seedtext_told(&faults, "\"gom: u\"", 5));
	ck_assert(seedtext_told(&faults, "\"gom: h\"", 6));
	ck_assert(seedtext_told(&faults, "đã có ở dòng 3", 7));
	ck_assert_int_eq(faults.count, 4);
}
END_TEST

START_TEST(codes_and_places_that_are_not_there)
{
	static const char there[] = "dia_ban:\n  - {ma: qn, ten: Q, cap: tinh, to: 2025-06-30}\n";

	ck_assert(places_parse(&places, there, strlen(there), &faults));
	memcpy(codes_add(&lists[CODES_KINDS])->code, "video", 6);
	memcpy(codes_add(&lists[CODES_PROGRAMMES])->code, "P", 2);
	memcpy(codes_add(&lists[CODES_DOCUMENTS])->code, "1/QĐ", 6);
	check("chi_tieu:\n"
	      "  - {ma: a, viec: A, muc: ke-hoach, do: san-pham, loai: phim, chuong_trinh: R,"
	      " so: 1, nguon: 2/QĐ}\n"
	      "  - {ma: b, viec: B, muc: ke-hoach, do: phut, so: 1, nguon: 1/QĐ,"
	      " dia_ban: [qn, zz], to: 2025-12-31}\n"
	      "  - {ma: c, viec: C, muc: ke-hoach, do: phut, so: 1, nguon: 1/QĐ, dia_ban: [qn]}\n");
	ck_assert(seedtext_told(&faults, "\"loai: phim\"", 2));
	ck_assert(seedtext_told(&faults, "\"chuong_trinh: R\"", 2));
	ck_assert(seedtext_told(&faults, "\"nguon: 2/QĐ\"", 2));
	ck_assert(seedtext_told(&faults, "\"qn\" không còn khi hết hạn", 3));
	ck_assert(seedtext_told(&faults, "không có nơi \"zz\"", 3));
	ck_assert_int_eq(faults.count, 5);
}
END_TEST

Suite *suite_targets_check(void);
Suite *suite_targets_check(void)
{
	Suite *s = suite_create("targets_check");
	TCase *t = tcase_create("targets_check");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, sums_add_up);
	tcase_add_test(t, sums_that_do_not);
	tcase_add_test(t, codes_and_places_that_are_not_there);
	suite_add_tcase(s, t);
	return s;
}
