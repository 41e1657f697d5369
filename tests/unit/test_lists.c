/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/lists.h"

#include "plan/duedays.h"
#include "support/seedtext.h"
#include "support/soundfile.h"

#include <check.h>
#include <stdlib.h>

static struct lists lists;
static struct faults faults;

static void teardown(void)
{
	lists_finish(&lists);
	faults_finish(&faults);
}

static bool from_folder(void *arg, const char *file, struct buf *text, struct err *e)
{
	size_t len;
	uint8_t *bytes = file_load(file, &len);

	(void)arg;
	(void)e;
	buf_add(text, (char *)bytes, len);
	free(bytes);
	return true;
}

/* One file only, of this text. */
struct only {
	const char *file, *text;
};

static bool from_text(void *arg, const char *file, struct buf *text, struct err *e)
{
	const struct only *only = arg;

	if (strcmp(only->file, file) != 0)
		return err_set(e, ERR_NOT_FOUND, "%s", file);
	buf_add(text, only->text, strlen(only->text));
	return true;
}

static bool broken(void *arg, const char *file, struct buf *text, struct err *e)
{
	(void)arg;
	(void)text;
	return err_set(e, ERR_FAILED, "%s: đĩa hỏng", file);
}

/* What a station starts with has no fault, and says what the five documents say. */
START_TEST(our_own_seeds_are_sound)
{
	lists_load(&lists, from_folder, NULL, &faults);
	for (int i = 0; i < faults.count; i++)
		ck_abort_msg("%s:%d: %s", faults.list[i].file, faults.list[i].line,
			     fault_text(&faults.list[i]));
	static const struct {
		const char *code;
		double low, high;
	} said[] = {{"bp-2023-video", 7, 7},	 {"bp-2023-infographic", 10, 10},
		    {"bp-2023-tin-bai", 55, 55}, {"bp-diem", 19, 19},
		    {"bp-diem-kinh-phi", 3220, 3220}, {"bp-diem-huyen", 957, 957},
		    {"bp-diem-tinh", 2263, 2263}, {"qn-2023-xa", 70, 70},
		    {"bg-2023-diem", 3, 4}};
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		const struct target *t = targets_find(&lists.targets, said[i].code);
		ck_assert_msg(t != NULL, "%s", said[i].code);
		ck_assert_double_eq(t->low, said[i].low);
		ck_assert_double_eq(t->high, said[i].high);
	}
}
END_TEST

START_TEST(our_own_rates_places_and_deadlines)
{
	const struct date merged = {2025, 7, 1}, now = {2026, 11, 23};
	struct dueday due[8];

	lists_load(&lists, from_folder, NULL, &faults);
	ck_assert_int_eq(rates_at(&lists.rates, RATE_READS, false, now)->dong, 15000);
	ck_assert_int_eq(rates_at(&lists.rates, RATE_READS, true, now)->dong, 20000);
	ck_assert_int_eq(rates_at(&lists.rates, RATE_READS, true, now)->day_cap_dong, 100000);
	ck_assert_int_eq(rate_sum(rates_at(&lists.rates, RATE_WRITES, false, now), 350), 75000);
	ck_assert_ptr_null(places_at(&lists.places, "quang-nam", merged));
	ck_assert_str_eq(places_now(&lists.places, "quang-nam", merged)->code, "da-nang");
	ck_assert_ptr_null(places_now(&lists.places, "loc-ninh", merged));
	int count = duedays_make(&lists.deadlines, (struct date){2026, 1, 1},
				 (struct date){2026, 12, 31}, due, 8);
	ck_assert_int_eq(count, 2);
	ck_assert_int_eq(date_compare(due[0].last, (struct date){2026, 9, 9}), 0);
	ck_assert_int_eq(date_compare(due[1].last, (struct date){2026, 12, 14}), 0);
	const struct codes *languages = &lists.codes[CODES_LANGUAGES];
	ck_assert(!codes_at(languages, "vi", now)->minority);
	ck_assert(codes_at(languages, "stieng", now)->minority);
	const struct code *content = codes_at(&lists.codes[CODES_PROGRAMMES], "1719.10.1.2", now);
	ck_assert_str_eq(content->parent, "1719.10.1");
	ck_assert_str_eq(content->level, "tinh");
	ck_assert_str_eq(codes_at(&lists.codes[CODES_PROJECTS], content->parent, now)->parent,
			 "1719.10");
}
END_TEST

START_TEST(files_that_are_not_kept_are_no_fault)
{
	struct only none = {"seeds/x.yaml", ""};

	lists_load(&lists, from_text, &none, &faults);
	ck_assert_int_eq(faults.count, 0);
	ck_assert_int_eq(lists.deadlines.month_from, DEADLINES_MONTH_FROM);
}
END_TEST

START_TEST(what_cannot_be_read_is_told_once_a_file)
{
	lists_load(&lists, broken, NULL, &faults);
	ck_assert_int_eq(faults.errors, 10);
}
END_TEST

START_TEST(parents_that_are_not_there)
{
	struct only one = {"seeds/chuong-trinh.yaml",
			   "nhom: [{ma: M, ten: M}]\ndu_an:\n  - {ma: A, ten: A, nhom: M}\n"
			   "chuong_trinh:\n  - {ma: A.1, ten: A1, thuoc: A, cap: xa}\n"
			   "  - {ma: B.1, ten: B1, thuoc: B, cap: quan}\n"};

	lists_load(&lists, from_text, &one, &faults);
	ck_assert(seedtext_told(&faults, "B.1: không có dự án \"B\"", 6));
	ck_assert(seedtext_told(&faults, "\"cap: quan\"", 6));
	ck_assert_int_eq(faults.count, 2);
}
END_TEST

START_TEST(files_are_known_by_name_and_in_order)
{
	for (int i = 0; lists_file(i) != NULL; i++) {
		const struct lists_file *f = lists_file(i);
		ck_assert_ptr_eq(lists_named(f->name), f);
		ck_assert_uint_gt(strlen(lists_title(f)), 0);
		ck_assert(i == 0 || strcmp(lists_file(i - 1)->name, f->name) < 0);
	}
	ck_assert_ptr_null(lists_named("../station"));
}
END_TEST

Suite *suite_lists(void);
Suite *suite_lists(void)
{
	Suite *s = suite_create("lists");
	TCase *t = tcase_create("lists");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, our_own_seeds_are_sound);
	tcase_add_test(t, our_own_rates_places_and_deadlines);
	tcase_add_test(t, files_that_are_not_kept_are_no_fault);
	tcase_add_test(t, what_cannot_be_read_is_told_once_a_file);
	tcase_add_test(t, parents_that_are_not_there);
	tcase_add_test(t, files_are_known_by_name_and_in_order);
	suite_add_tcase(s, t);
	return s;
}
