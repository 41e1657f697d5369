/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/targets.h"

#include "support/seedtext.h"

#include <check.h>

static struct targets targets;
static struct faults faults;

static void teardown(void)
{
	targets_finish(&targets);
	faults_finish(&faults);
}

static void parse(const char *text)
{
	ck_assert(targets_parse(&targets, text, strlen(text), &faults));
}

START_TEST(one_number_and_two)
{
	parse("chi_tieu:\n"
	      "  - {ma: v, viec: Video, muc: da-lam, do: san-pham, loai: video, so: 7,\n"
	      "     nguon: 37/KH, chuong_trinh: P.1,\n"
	      "     dia_ban: [a, b], ai: Sở, from: 2023-01-01, to: 2023-12-31}\n"
	      "  - {ma: d, viec: Điểm, muc: du-kien, do: diem-ho-tro, tu_so: 3, den_so: 4,"
	      " nguon: 92/KH}\n");
	ck_assert_int_eq(faults.count, 0);
	const struct target *v = targets_find(&targets, "v"), *d = targets_find(&targets, "d");
	ck_assert_double_eq(v->low, 7);
	ck_assert_double_eq(v->high, 7);
	ck_assert_int_eq(v->grade, TARGET_DONE);
	ck_assert_str_eq(v->kind, "video");
	ck_assert_int_eq(v->place_count, 2);
	ck_assert_str_eq(v->places[1], "b");
	ck_assert_double_eq(d->low, 3);
	ck_assert_double_eq(d->high, 4);
	ck_assert_ptr_null(targets_find(&targets, "x"));
	ck_assert(target_touches(v, (struct date){2023, 12, 31}, (struct date){2024, 1, 31}));
	ck_assert(!target_touches(v, (struct date){2024, 1, 1}, (struct date){2024, 1, 31}));
	ck_assert(target_touches(d, (struct date){2024, 1, 1}, (struct date){2024, 1, 31}));
}
END_TEST

START_TEST(faulty_ones_are_told)
{
	parse("chi_tieu:\n  - {ma: a, viec: A, muc: kế hoạch, do: san-pham, so: 1, nguon: x}\n"
	      "  - {ma: b, viec: B, muc: ke-hoach, do: san-pham, tu_so: 4, den_so: 3, nguon: x}\n"
	      "  - {ma: c, viec: C, muc: ke-hoach, do: san-pham, so: -1, nguon: x}\n"
	      "  - {ma: d, muc: ke-hoach, do: san-pham, so: 1}\n");
	ck_assert(seedtext_told(&faults, "\"muc: kế hoạch\"", 2));
	ck_assert(seedtext_told(&faults, "cần \"so\"", 3));
	ck_assert(seedtext_told(&faults, "\"so: -1\"", 4));
	ck_assert(seedtext_told(&faults, "thiếu \"viec\"", 5));
	ck_assert(seedtext_told(&faults, "thiếu \"nguon\"", 5));
}
END_TEST

START_TEST(every_code_has_its_words)
{
	for (int i = 0; i < TARGET_MEASURES; i++)
		ck_assert_uint_gt(strlen(target_unit((enum target_measure)i)), 0);
	for (int i = 0; i < TARGET_GRADES; i++)
		ck_assert_uint_gt(strlen(target_grade_name((enum target_grade)i)), 0);
	ck_assert_str_eq(target_grade_code(TARGET_SCOPE), "pham-vi");
	ck_assert_str_eq(target_measure_code(TARGET_MONEY), "kinh-phi");
}
END_TEST

Suite *suite_targets(void);
Suite *suite_targets(void)
{
	Suite *s = suite_create("targets");
	TCase *t = tcase_create("targets");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, one_number_and_two);
	tcase_add_test(t, faulty_ones_are_told);
	tcase_add_test(t, every_code_has_its_words);
	suite_add_tcase(s, t);
	return s;
}
