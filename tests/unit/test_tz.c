/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/tz.h"

#include <check.h>
#include <string.h>

static struct tz tz;
static struct err e;

START_TEST(test_viet_nam)
{
	ck_assert(tz_load(&tz, "Asia/Ho_Chi_Minh", &e));
	ck_assert_str_eq(tz.name, "Asia/Ho_Chi_Minh");
	ck_assert_int_eq(tz_offset_s(&tz, (struct wall){INT64_C(1795386600) * NS_PER_S}), 25200);
}
END_TEST

START_TEST(test_utc)
{
	ck_assert(tz_load(&tz, "UTC", &e));
	ck_assert_int_eq(tz.changes, 1);
	ck_assert_int_eq(tz.offset_s[0], 0);
}
END_TEST

static void is(const char *local, const char *utc)
{
	struct wall a, b;
	struct tz zulu;

	tz_fixed(&zulu, "UTC", 0);
	ck_assert(wall_parse(local, &tz, &a));
	ck_assert(wall_parse(utc, &zulu, &b));
	ck_assert_msg(a.ns == b.ns, "%s is not %s", local, utc);
}

/* Europe/Paris has summer time: 2026-03-29 02:00 → 03:00 and 2026-10-25 03:00 → 02:00. */
START_TEST(test_summer_time)
{
	ck_assert(tz_load(&tz, "Europe/Paris", &e));
	is("2026-01-15T12:00", "2026-01-15T11:00Z");
	is("2026-07-15T12:00", "2026-07-15T10:00Z");
	is("2026-03-29T01:59:59", "2026-03-29T00:59:59Z");
	is("2026-03-29T02:30", "2026-03-29T01:30Z"); /* does not exist: the old offset */
	is("2026-03-29T03:00", "2026-03-29T01:00Z");
	is("2026-10-25T02:30", "2026-10-25T00:30Z"); /* occurs twice: the first */
	is("2026-10-25T03:00", "2026-10-25T02:00Z");
	is("1970-06-01T00:00", "1970-05-31T23:00Z"); /* France had none then */
	is("1990-06-01T00:00", "1990-05-31T22:00Z");
	is("2090-07-01T00:00", "2090-06-30T22:00Z");
}
END_TEST

START_TEST(test_table_is_in_order)
{
	ck_assert(tz_load(&tz, "Europe/Paris", &e));
	ck_assert_int_gt(tz.changes, 150);
	ck_assert_int_eq(tz.at_s[0], INT64_MIN);
	for (int i = 1; i < tz.changes; i++) {
		ck_assert_int_lt(tz.at_s[i - 1], tz.at_s[i]);
		ck_assert_int_ne(tz.offset_s[i - 1], tz.offset_s[i]);
	}
}
END_TEST

START_TEST(test_half_hours)
{
	ck_assert(tz_load(&tz, "Asia/Kathmandu", &e));
	is("2026-01-01T05:45", "2026-01-01T00:00Z");
	is("1980-01-01T05:30", "1980-01-01T00:00Z");
}
END_TEST

START_TEST(test_unknown)
{
	static const char *const names[] = {
		"", "Asia/Bu_Gia_Map", "../../etc/passwd", "/etc/passwd", "Asia/../Asia/Tokyo",
		"+07:00", "Asia",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		e = (struct err){0};
		ck_assert_msg(!tz_load(&tz, names[i], &e), "%s", names[i]);
		ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
		ck_assert(strstr(e.text, "Asia/Ho_Chi_Minh") != NULL);
	}
}
END_TEST

Suite *suite_tz(void);
Suite *suite_tz(void)
{
	Suite *s = suite_create("tz");
	TCase *c = tcase_create("tz");

	tcase_add_test(c, test_viet_nam);
	tcase_add_test(c, test_utc);
	tcase_add_test(c, test_summer_time);
	tcase_add_test(c, test_table_is_in_order);
	tcase_add_test(c, test_half_hours);
	tcase_add_test(c, test_unknown);
	suite_add_tcase(s, c);
	return s;
}
