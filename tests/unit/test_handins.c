/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/handins.h"

#include "base/json.h"
#include "proof/entry_lists.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct deskcase c; /* it is 23 November 2026 */
static struct err e;
static json_t *people, *told;

static void setup(void)
{
	char path[80];

	deskcase_open(&c);
	people = json_object();
	snprintf(path, sizeof(path), "%s/seeds", c.dir);
	ck_assert_int_eq(mkdir(path, 0755), 0);
}

static void teardown(void)
{
	json_decref(people);
	json_decref(told);
	told = NULL;
	deskcase_close(&c);
}

static void tell(const char *entries)
{
	char text[1500];

	snprintf(text, sizeof(text), "thoi_han:\n%s", entries);
	deskcase_write(&c, "seeds/thoi-han.yaml", text);
	deskcase_log(&c, json_pack("{s:s, s:s}", "kind", "note.added", "text", "x"));
	json_decref(told);
	told = handins_tell(&c.desk, people, &e);
	ck_assert_msg(told != NULL, "%s", e.text);
}

static const json_t *row(size_t i)
{
	return json_array_get(json_object_get(told, "deadlines"), i);
}

static void is(size_t i, const char *due, int left, const char *state, bool near)
{
	ck_assert_str_eq(json_get_text(row(i), "due", ""), due);
	ck_assert_int_eq(json_get_integer(row(i), "left", -999), left);
	ck_assert_str_eq(json_get_text(row(i), "state", ""), state);
	ck_assert_int_eq(json_get_bool(row(i), "near", !near), near);
}

START_TEST(days_left_and_what_is_near)
{
	tell("  - {ma: a, viec: A, chua_qua: 2026-11-23}\n"
	     "  - {ma: b, viec: B, chua_qua: 2026-12-07}\n"
	     "  - {ma: c, viec: C, chua_qua: 2026-12-08}\n"
	     "  - {ma: d, viec: D, chua_qua: 2026-11-24, nhac: false}\n");
	is(0, "2026-11-23", 0, "open", true);
	is(1, "2026-11-24", 1, "open", false);
	is(2, "2026-12-07", 14, "open", true);
	is(3, "2026-12-08", 15, "open", false);
	ck_assert_int_eq(json_get_integer(told, "near", -1), 2);
}
END_TEST

/* The log begins today: what was due before nobody here could hand in. */
START_TEST(late_only_since_the_log_began)
{
	tell("  - {ma: a, viec: A, chua_qua: 2026-11-22}\n");
	is(0, "2026-11-22", -1, "before", false);
	clock_sim_advance(&c.clock, 3 * 86400 * NS_PER_S);
	tell("  - {ma: a, viec: A, chua_qua: 2026-11-24}\n");
	is(0, "2026-11-24", -2, "late", true);
}
END_TEST

START_TEST(the_newest_mark_counts_and_tells_how_late)
{
	clock_sim_advance(&c.clock, 3 * 86400 * NS_PER_S);
	deskcase_log(&c, entry_deadline_marked("a", (struct date){2026, 11, 24}, "1/BC",
					       (struct date){2026, 11, 24}, false, "", "uid:7"));
	deskcase_log(&c, entry_deadline_marked("a", (struct date){2026, 11, 24}, "2/BC",
					       (struct date){2026, 11, 26}, false, "", "uid:7"));
	tell("  - {ma: a, viec: A, chua_qua: 2026-11-24}\n"
	     "  - {ma: a2, viec: A, chua_qua: 2026-11-24}\n");
	is(0, "2026-11-24", -2, "handed-in", false);
	ck_assert_str_eq(json_get_text(row(0), "document", ""), "2/BC");
	ck_assert_int_eq(json_get_integer(row(0), "late_by", -1), 2);
}
END_TEST

START_TEST(periods_and_those_without_a_day)
{
	tell("  - {ma: a, viec: A, sau_ky: nam, sau_ngay: 0, from: 2026-12-01, to: 2027-01-01}\n"
	     "  - {ma: b, viec: B, khi: ngay-khi-co}\n"
	     "  - {ma: c, viec: C, khi: dinh-ky, to: 2026-11-22}\n");
	is(0, "2026-12-14", 21, "open", false);
	const json_t *period = json_object_get(row(0), "period");
	ck_assert_str_eq(json_get_text(period, "first", ""), "2025-12-15");
	ck_assert_int_eq(json_get_integer(period, "year", 0), 2026);
	const json_t *always = json_object_get(told, "always");
	ck_assert_uint_eq(json_array_size(always), 1);
	ck_assert_str_eq(json_get_text(json_array_get(always, 0), "when", ""), "at-once");
}
END_TEST

START_TEST(no_file_is_nothing_to_hand_in)
{
	told = handins_tell(&c.desk, people, &e);
	ck_assert_ptr_nonnull(told);
	ck_assert_uint_eq(json_array_size(json_object_get(told, "deadlines")), 0);
	ck_assert(!handins_has(&c.desk, "a", (struct date){2026, 11, 24}, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

START_TEST(faults_of_the_file_are_told)
{
	tell("  - {ma: a, viec: A}\n  - {ma: b, viec: B, chua_qua: 2026-11-24}\n");
	ck_assert_uint_eq(json_array_size(json_object_get(told, "faults")), 1);
	ck_assert_uint_eq(json_array_size(json_object_get(told, "deadlines")), 1);
	ck_assert(handins_has(&c.desk, "b", (struct date){2026, 11, 24}, &e));
}
END_TEST

Suite *suite_handins(void);
Suite *suite_handins(void)
{
	Suite *s = suite_create("handins");
	TCase *t = tcase_create("handins");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, days_left_and_what_is_near);
	tcase_add_test(t, late_only_since_the_log_began);
	tcase_add_test(t, the_newest_mark_counts_and_tells_how_late);
	tcase_add_test(t, periods_and_those_without_a_day);
	tcase_add_test(t, no_file_is_nothing_to_hand_in);
	tcase_add_test(t, faults_of_the_file_are_told);
	suite_add_tcase(s, t);
	return s;
}
