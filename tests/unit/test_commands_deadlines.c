/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct deskcase c; /* it is 23 November 2026 */

static void setup(void)
{
	char path[80];

	deskcase_open(&c);
	deskcase_people(&c);
	c.as = "user:1";
	snprintf(path, sizeof(path), "%s/seeds", c.dir);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	deskcase_write(&c, "seeds/thoi-han.yaml",
		       "thoi_han:\n"
		       "  - {ma: a, viec: Báo cáo, ai: UBND xã, gui: Sở, truoc: 2026-11-28}\n");
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *done(const char *due, const char *document, const char *on)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "do", "deadline.done", "deadline", "a", "due",
			 due, "document", document, "on", on);
}

static const char *state(const json_t *told, size_t i)
{
	return json_get_text(json_array_get(json_object_get(told, "deadlines"), i), "state", "");
}

START_TEST(handed_in_with_number_and_day)
{
	json_t *told = deskcase_told(&c, done("2026-11-27", "12/BC-UBND", "2026-11-23"));
	const json_t *one = json_array_get(json_object_get(told, "deadlines"), 0);
	ck_assert_str_eq(state(told, 0), "handed-in");
	ck_assert_str_eq(json_get_text(one, "document", ""), "12/BC-UBND");
	ck_assert_str_eq(json_get_text(one, "on", ""), "2026-11-23");
	ck_assert_str_eq(json_get_text(json_object_get(told, "people"), "user:1", ""),
			 "Người thứ 1");
	ck_assert_int_eq(json_get_integer(told, "near", -1), 0);
	json_decref(told);
	told = deskcase_told(&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "deadline.undone",
					   "deadline", "a", "due", "2026-11-27", "reason", "nhầm"));
	ck_assert_str_eq(state(told, 0), "open");
	ck_assert_int_eq(json_get_integer(told, "near", -1), 1);
	json_decref(told);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
	deskcase_refused(&c, done("2026-11-28", "1", "2026-11-23"), "not_found", "\"a\"");
	deskcase_refused(&c, done("2026-11-27", "", "2026-11-23"), "usage", "document");
	deskcase_refused(&c, done("2026-11-27", "1", "2026-11-24"), "refused", "sau hôm nay");
	deskcase_refused(&c, done("27/11/2026", "1", "2026-11-23"), "usage", "27/11/2026");
	c.as = "user:4"; /* an inspector */
	json_decref(deskcase_told(&c, json_pack("{s:s}", "do", "deadlines")));
	deskcase_refused(&c, done("2026-11-27", "1", "2026-11-23"), "refused", "quyền");
}
END_TEST

START_TEST(ones_own_are_added_once_or_every_year)
{
	json_t *told = deskcase_told(&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "deadline.add",
						   "what", "Nộp sổ: tháng #11", "due", "2026-12-05",
						   "to", "Phòng VHXH"));
	const json_t *mine = json_array_get(json_object_get(told, "deadlines"), 1);
	ck_assert_str_eq(json_get_text(mine, "what", ""), "Nộp sổ: tháng #11");
	ck_assert_str_eq(json_get_text(mine, "due", ""), "2026-12-05");
	ck_assert_str_eq(json_get_text(mine, "code", ""), "rieng-2026-12-05");
	json_decref(told);
	told = deskcase_told(&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "deadline.add", "what",
					   "Tổng kết", "due", "2026-12-05", "every", "year"));
	const json_t *list = json_object_get(told, "deadlines");
	ck_assert_uint_eq(json_array_size(list), 4); /* a, once, and this year and the next */
	ck_assert_str_eq(json_get_text(json_array_get(list, 2), "code", ""), "rieng-2026-12-05-2");
	ck_assert_str_eq(json_get_text(json_array_get(list, 3), "due", ""), "2027-12-05");
	json_decref(told);
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "deadline.add", "what", "x",
				       "due", "2026-12-05", "every", "day"), "usage", "every");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "deadline.add", "due", "2026-12-05"),
			 "usage", "what");
}
END_TEST

Suite *suite_commands_deadlines(void);
Suite *suite_commands_deadlines(void)
{
	Suite *s = suite_create("commands_deadlines");
	TCase *t = tcase_create("commands_deadlines");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, handed_in_with_number_and_day);
	tcase_add_test(t, what_makes_no_sense_is_refused);
	tcase_add_test(t, ones_own_are_added_once_or_every_year);
	suite_add_tcase(s, t);
	return s;
}
