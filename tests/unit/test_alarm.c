/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/alarm.h"

#include "base/json.h"

#include <check.h>

START_TEST(each_says_what_it_must)
{
	struct tz tz;
	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	struct alarm_facts f = {.by = "user:3", .reason = "Lũ", .who = "user:7", .drill = true,
				.zones = json_array(), .cut = json_array(), .over = json_array(),
				.every_s = 600};
	json_t *o = entry_emergency_raised(&f, &tz);

	ck_assert_str_eq(json_get_text(o, "kind", ""), "emergency.raised");
	ck_assert_str_eq(json_get_text(o, "by", ""), "user:3");
	ck_assert_str_eq(json_get_text(o, "reason", ""), "Lũ");
	ck_assert(json_get_bool(o, "drill", false));
	ck_assert_int_eq(json_get_integer(o, "every_s", 0), 600);
	ck_assert(json_is_null(json_object_get(o, "until")));
	ck_assert(json_is_null(json_object_get(o, "bulletin")));
	ck_assert_ptr_null(json_object_get(o, "text"));
	json_decref(o);
	o = entry_emergency_unread("K4", "failed");
	ck_assert_str_eq(json_get_text(o, "why", ""), "failed");
	json_decref(o);
	o = entry_emergency_changed("K4", "B9", "ab", "user:7");
	ck_assert_str_eq(json_get_text(o, "emergency", ""), "K4");
	ck_assert_str_eq(json_get_text(o, "sha256", ""), "ab");
	json_decref(o);
	o = entry_emergency_ended("K4", "ended", "", 3, "user:7");
	ck_assert_str_eq(json_get_text(o, "why", ""), "ended");
	ck_assert(json_is_null(json_object_get(o, "reason")));
	ck_assert_int_eq(json_get_integer(o, "turns", 0), 3);
	json_decref(o);
}
END_TEST

Suite *suite_alarm(void);
Suite *suite_alarm(void)
{
	Suite *s = suite_create("alarm");
	TCase *t = tcase_create("alarm");

	tcase_add_test(t, each_says_what_it_must);
	suite_add_tcase(s, t);
	return s;
}
