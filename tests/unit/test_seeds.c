/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/seeds.h"

#include "support/soundfile.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct codes lists[CODES_LISTS];
static struct faults faults;

static void teardown(void)
{
	for (int i = 0; i < CODES_LISTS; i++)
		codes_finish(&lists[i]);
	faults_finish(&faults);
}

static bool parse(enum codes_list which, const char *text)
{
	return seeds_parse(which, &lists[which], text, strlen(text), &faults);
}

static bool told(const char *words, int line)
{
	for (int i = 0; i < faults.count; i++)
		if (strstr(fault_text(&faults.list[i]), words) != NULL &&
		    faults.list[i].line == line)
			return true;
	return false;
}

START_TEST(entries_with_their_days_and_bases)
{
	ck_assert(parse(CODES_PROGRAMMES,
			"chuong_trinh:\n  - ma: A.1\n    ten: Một\n    nhom: A\n    cap: xa\n"
			"    can_cu: [1/QĐ, 2/QĐ]\n    from: 2021-10-14\n    to: 2025-12-31\n"));
	ck_assert_int_eq(faults.count, 0);
	const struct code *c = &lists[CODES_PROGRAMMES].list[0];
	ck_assert_str_eq(c->code, "A.1");
	ck_assert_str_eq(c->name, "Một");
	ck_assert_str_eq(c->group, "A");
	ck_assert_int_eq(c->base_count, 2);
	ck_assert_str_eq(c->bases[1], "2/QĐ");
	ck_assert_int_eq(date_compare(c->from, (struct date){2021, 10, 14}), 0);
	ck_assert_int_eq(date_compare(c->to, (struct date){2025, 12, 31}), 0);
	ck_assert_int_eq(c->line, 2);
}
END_TEST

START_TEST(what_is_wrong_with_one_is_told_and_the_others_are_there)
{
	ck_assert(parse(CODES_LANGUAGES, "tieng:\n  - {ten: x}\n  - {ma: a}\n  - {ma: b, ten: B,"
					 " to: 31/12/2025}\n  - vi\n"
					 "  - {ma: d, ten: D, màu: đỏ}\n"));
	ck_assert_int_eq(lists[CODES_LANGUAGES].count, 3);
	ck_assert_int_eq(faults.count, 5);
	ck_assert(told("thiếu mã", 2));
	ck_assert(told("a: thiếu tên", 3));
	ck_assert(told("31/12/2025", 4));
	ck_assert(told("màu", 6));
	ck_assert(!parse(CODES_FUNDS, "tieng: []\n"));
	ck_assert(told("kinh_phi", 1));
	ck_assert(!parse(CODES_FUNDS, "[1"));
	int before = faults.count;
	ck_assert(!parse(CODES_GROUPS, "chuong_trinh: []\n"));
	ck_assert_int_eq(faults.count, before);
}
END_TEST

START_TEST(lists_are_held_against_one_another)
{
	ck_assert(parse(CODES_DOCUMENTS, "van_ban:\n  - {so: 1/QĐ, ve: một}\n"));
	ck_assert(parse(CODES_GROUPS, "nhom:\n  - {ma: A, ten: A, can_cu: [1/QĐ]}\n"));
	ck_assert(parse(CODES_PROGRAMMES,
			"chuong_trinh:\n"
			"  - {ma: A.1, ten: Cũ, nhom: A, to: 2025-12-31}\n"
			"  - {ma: A.1, ten: Mới, nhom: A, from: 2026-01-01, to: 2026-06-30}\n"
			"  - {ma: A.1, ten: Trùng, nhom: A, from: 2026-06-30}\n"
			"  - {ma: B.1, ten: B, nhom: B, can_cu: [9/QĐ]}\n"
			"  - {ma: C.1, ten: C, from: 2026-01-02, to: 2026-01-01}\n"));
	ck_assert_int_eq(faults.count, 0);
	seeds_check(lists, &faults);
	ck_assert_int_eq(faults.count, 4);
	ck_assert(told("A.1: trùng ngày với mã ấy ở dòng 3", 4));
	ck_assert(told("B.1: không có nhóm \"B\"", 5));
	ck_assert(told("B.1: không có văn bản \"9/QĐ\"", 5));
	ck_assert(told("C.1: ngày hết hiệu lực", 6));
}
END_TEST

/* What a station starts with has no fault. */
START_TEST(our_own_seeds_are_sound)
{
	for (int i = 0; i < CODES_LISTS; i++) {
		enum codes_list which = (enum codes_list)i;
		size_t len;
		uint8_t *text = file_load(seeds_file(which), &len);
		ck_assert(seeds_parse(which, &lists[i], (char *)text, len, &faults));
		ck_assert_int_gt(lists[i].count, 0);
		free(text);
	}
	seeds_check(lists, &faults);
	for (int i = 0; i < faults.count; i++)
		ck_abort_msg("%s:%d: %s", faults.list[i].file, faults.list[i].line,
			     fault_text(&faults.list[i]));
}
END_TEST

Suite *suite_seeds(void);
Suite *suite_seeds(void)
{
	Suite *s = suite_create("seeds");
	TCase *t = tcase_create("seeds");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, entries_with_their_days_and_bases);
	tcase_add_test(t, what_is_wrong_with_one_is_told_and_the_others_are_there);
	tcase_add_test(t, lists_are_held_against_one_another);
	tcase_add_test(t, our_own_seeds_are_sound);
	suite_add_tcase(s, t);
	return s;
}
