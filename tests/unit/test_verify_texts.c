/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_texts.h"

#include "proof/parcel_inside.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdlib.h>

#define ENTRIES 300

static struct parcel p = {.first = {2026, 11, 1}, .last = {2026, 11, 30}};
static struct buf texts[PARCEL_TEXTS];
static struct disk_sim *sim;
static struct disk *d;
static struct verdict v;
static struct err e;

static void setup(void)
{
	struct parcel_log *logs = calloc(LOGS_MAX, sizeof(*logs));
	int count;

	sim = verify_case_make(ENTRIES);
	d = disk_sim_disk(sim);
	tz_fixed(&p.tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	ck_assert_msg(parcel_logs_find(d, logs, &count, &e), "%s", e.text);
	for (int i = 0; i < PARCEL_TEXTS; i++) {
		parcel_text((enum parcel_text)i, &p, logs, count, ENTRIES, &texts[i]);
		verify_case_put(d, parcel_text_names[i], texts[i].data, texts[i].len);
	}
	parcel_logs_finish(logs, count);
	free(logs);
	verdict_init(&v);
}

static void teardown(void)
{
	for (int i = 0; i < PARCEL_TEXTS; i++)
		buf_finish(&texts[i]);
	verdict_finish(&v);
	disk_sim_destroy(sim);
}

static void look(int64_t entries)
{
	struct verify logs = {.disk = d};

	verdict_finish(&v);
	verdict_init(&v);
	verify_texts(&logs, &p, TEXT_VI, entries, &v);
}

START_TEST(what_the_program_wrote_is_right)
{
	look(ENTRIES);
	ck_assert_ptr_null(verdict_first(&v));
	ck_assert_int_eq(v.checks[CHECK_TEXTS].count, PARCEL_TEXTS);
	ck_assert_int_eq(text_speaks(), TEXT_OWN);
}
END_TEST

START_TEST(a_letter_of_any_is_missed)
{
	for (int i = 0; i < PARCEL_TEXTS; i++) {
		const char *name = parcel_text_names[i];

		texts[i].data[texts[i].len / 2] ^= 1;
		verify_case_put(d, name, texts[i].data, texts[i].len);
		look(ENTRIES);
		ck_assert_str_eq(verify_case_first(&v)->code, "text-differs");
		ck_assert_str_eq(verify_case_first(&v)->file, name);
		ck_assert_int_eq(v.differ, 1);
		texts[i].data[texts[i].len / 2] ^= 1;
		verify_case_put(d, name, texts[i].data, texts[i].len - 1);
		look(ENTRIES);
		ck_assert_str_eq(verify_case_first(&v)->code, "text-differs");
		verify_case_put(d, name, NULL, 0);
		look(ENTRIES);
		ck_assert_str_eq(verify_case_first(&v)->code, "text-missing");
		verify_case_put(d, name, texts[i].data, texts[i].len);
	}
	look(ENTRIES);
	ck_assert_ptr_null(verdict_first(&v));
}
END_TEST

/* What it says of another number of entries, or of another head. */
START_TEST(the_figures_are_those_of_the_log)
{
	look(ENTRIES - 1);
	ck_assert_str_eq(verify_case_first(&v)->file, PARCEL_ABOUT);
	p.last.day = 29;
	look(ENTRIES);
	ck_assert_int_eq(v.differ, 3);
	p.last.day = 30;
}
END_TEST

START_TEST(another_version_is_told_of)
{
	verify_texts_other(&v);
	ck_assert_ptr_null(verdict_first(&v));
	ck_assert_str_eq(v.notes[0].code, "texts-other");
}
END_TEST

Suite *suite_verify_texts(void);
Suite *suite_verify_texts(void)
{
	Suite *s = suite_create("verify_texts");
	TCase *t = tcase_create("verify_texts");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_the_program_wrote_is_right);
	tcase_add_test(t, a_letter_of_any_is_missed);
	tcase_add_test(t, the_figures_are_those_of_the_log);
	tcase_add_test(t, another_version_is_told_of);
	suite_add_tcase(s, t);
	return s;
}
