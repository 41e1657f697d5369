/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rates.h"

#include "support/seedtext.h"

#include <check.h>

static struct rates rates;
static struct faults faults;

static void teardown(void)
{
	rates_finish(&rates);
	faults_finish(&faults);
}

static void parse(const char *text)
{
	ck_assert(rates_parse(&rates, text, strlen(text), &faults));
}

static const char paid[] =
	"thu_lao:\n"
	"  - {ma: a, ten: Đọc, vai: doc, tinh_theo: luot-doc, dong: 15000, toi_da_ngay: 100000,\n"
	"     from: 2014-01-01, to: 2026-06-30}\n"
	"  - {ma: b, ten: Đọc, vai: doc, thieu_so: true, tinh_theo: luot-doc, dong: 20000,\n"
	"     from: 2014-01-01, to: 2025-12-31}\n"
	"  - {ma: c, ten: Viết, vai: viet, tinh_theo: trang, chu_moi_trang: 350, dong: 75000}\n"
	"  - {ma: d, ten: Đọc, vai: doc, tinh_theo: luot-doc, dong: 30000, from: 2026-07-01}\n";

static int64_t dong(enum rate_role role, bool minority, int year, int month, int day)
{
	return rates_at(&rates, role, minority, (struct date){year, month, day})->dong;
}

START_TEST(rates_of_a_day)
{
	parse(paid);
	rates_check(&rates, &faults);
	ck_assert_int_eq(faults.count, 0);
	ck_assert_ptr_null(rates_at(&rates, RATE_READS, false, (struct date){2013, 12, 31}));
	ck_assert_int_eq(dong(RATE_READS, false, 2014, 1, 1), 15000);
	ck_assert_int_eq(dong(RATE_READS, true, 2025, 12, 31), 20000);
	/* Without a rate of their own minorities' languages are paid as others. */
	ck_assert_int_eq(dong(RATE_READS, true, 2026, 1, 1), 15000);
	ck_assert_int_eq(dong(RATE_READS, false, 2026, 7, 1), 30000);
	ck_assert_int_eq(rates.list[0].day_cap_dong, 100000);
	ck_assert_int_eq(rates.list[3].day_cap_dong, 0);
	ck_assert_str_eq(rate_role_code(RATE_WRITES), "viet");
}
END_TEST

START_TEST(sums_of_readings_and_pages)
{
	parse(paid);
	ck_assert_int_eq(rate_sum(&rates.list[1], 3), 60000);
	ck_assert_int_eq(rate_sum(&rates.list[2], 350), 75000);
	ck_assert_int_eq(rate_sum(&rates.list[2], 525), 112500);
	ck_assert_int_eq(rate_sum(&rates.list[2], 0), 0);
}
END_TEST

START_TEST(faulty_ones_are_told)
{
	parse("thu_lao:\n  - {ma: a, ten: A, vai: hat, tinh_theo: luot-doc, dong: 1}\n"
	      "  - {ma: b, ten: B, vai: viet, tinh_theo: trang, dong: 1}\n"
	      "  - {ma: c, ten: C, vai: doc, tinh_theo: luot-doc}\n"
	      "  - {ma: d, ten: D, vai: doc, tinh_theo: luot-doc, dong: 9, toi_da_ngay: 8}\n");
	ck_assert(seedtext_told(&faults, "\"vai: hat\"", 2));
	ck_assert(seedtext_told(&faults, "chu_moi_trang", 3));
	ck_assert(seedtext_told(&faults, "thiếu \"dong\"", 4));
	ck_assert(seedtext_told(&faults, "thấp hơn", 5));
}
END_TEST

START_TEST(two_rates_on_one_day)
{
	parse("thu_lao:\n  - {ma: a, ten: A, vai: doc, tinh_theo: luot-doc, dong: 1,"
	      " to: 2026-01-01}\n"
	      "  - {ma: b, ten: B, vai: doc, tinh_theo: luot-doc, dong: 2, from: 2026-01-01}\n"
	      "  - {ma: c, ten: C, vai: doc, thieu_so: true, tinh_theo: luot-doc, dong: 3}\n");
	rates_check(&rates, &faults);
	ck_assert(seedtext_told(&faults, "b: trùng ngày với mức ở dòng 2", 3));
	ck_assert_int_eq(faults.count, 1);
}
END_TEST

Suite *suite_rates(void);
Suite *suite_rates(void)
{
	Suite *s = suite_create("rates");
	TCase *t = tcase_create("rates");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, rates_of_a_day);
	tcase_add_test(t, sums_of_readings_and_pages);
	tcase_add_test(t, faulty_ones_are_told);
	tcase_add_test(t, two_rates_on_one_day);
	suite_add_tcase(s, t);
	return s;
}
