/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/ics_row.h"

#include "base/civil.h"

#include <check.h>

static struct tz tz;

static void setup(void)
{
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
}

static const struct {
	const char *text;
	int64_t shift_s;
	int month, day; /* 0: unreadable */
	int32_t second;
} moments[] = {
	{"2026-12-22T05:30:00", 0, 12, 22, 19800},
	{"2026-11-30T22:30:00", 7 * 3600, 12, 1, 19800},
	{"2026-12-01T01:00:00", -2 * 3600, 11, 30, 23 * 3600},
	{"2026-11-30T22:30:00Z", 0, 12, 1, 19800},
	{"2026-11-30T22:30:00Z", 7 * 3600, 12, 1, 19800}, /* not moved twice */
	{"2026-02-30T22:30:00", 0, 0, 0, 0},
	{"2026-11-30", 0, 0, 0, 0},
	{"", 0, 0, 0, 0},
};

START_TEST(reads_moments)
{
	struct date day;
	int32_t second;
	bool ok = ics_moment(moments[_i].text, &tz, moments[_i].shift_s, &day, &second);

	ck_assert_int_eq(ok, moments[_i].month > 0);
	if (!ok)
		return;
	ck_assert_int_eq(day.month, moments[_i].month);
	ck_assert_int_eq(day.day, moments[_i].day);
	ck_assert_int_eq(second, moments[_i].second);
}
END_TEST

START_TEST(occurrences_belong_to_the_row_of_their_uid)
{
	json_t *events = json_pack(
		"[{s:s, s:[s, s]}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s, s:b}, {s:s}]", "uid", "a",
		"except", "2026-12-01T05:30:00", "2026-12-02T05:30:00", "uid", "a", "recurs",
		"2026-12-01T22:30:00Z", "uid", "a", "recurs", "2026-12-05T05:30:00", "uid", "b",
		"recurs", "2026-12-06T05:30:00", "others", 1, "recurs", "2026-12-07T05:30:00");
	const json_t *row = json_array_get(events, 0);

	ck_assert_ptr_nonnull(events);
	json_t *except = ics_row_except(events, row, &tz, 0);
	ck_assert_uint_eq(json_array_size(except), 3); /* the 2nd is both */
	ck_assert_str_eq(json_string_value(json_array_get(except, 2)), "2026-12-05");
	ck_assert_ptr_eq(ics_row_of(events, json_array_get(events, 1)), row);
	ck_assert_ptr_null(ics_row_of(events, json_array_get(events, 3)));
	ck_assert_ptr_null(ics_row_of(events, json_array_get(events, 4)));
	ck_assert_ptr_null(ics_row_of(events, row));
	ck_assert(!ics_row_divided(events, row));
	json_object_set_new(json_array_get(events, 2), "others", json_true());
	ck_assert(ics_row_divided(events, row));
	json_decref(except);
	json_decref(events);
}
END_TEST

Suite *suite_ics_row(void)
{
	Suite *s = suite_create("ics_row");
	TCase *t = tcase_create("ics_row");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_loop_test(t, reads_moments, 0, (int)(sizeof(moments) / sizeof(moments[0])));
	tcase_add_test(t, occurrences_belong_to_the_row_of_their_uid);
	suite_add_tcase(s, t);
	return s;
}
