/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct err e;

static void dumps(json_t *value, const char *want)
{
	char *text = json_dumps(value, JSON_LINE | JSON_ENCODE_ANY);

	ck_assert_str_eq(text, want);
	free(text);
	json_decref(value);
}

START_TEST(numbers_are_short)
{
	dumps(json_rounded(-16.1, 2), "-16.1");
	dumps(json_rounded(-16.1000001, 2), "-16.1");
	dumps(json_rounded(0.1 + 0.2, 9), "0.3");
	dumps(json_rounded(-0.001, 2), "0.0");
	dumps(json_rounded(86399.9996, 3), "86400.0");
	dumps(json_rounded(1e15, 0), "1e15");
	dumps(json_rounded(NAN, 2), "null");
	dumps(json_rounded(-INFINITY, 2), "null");
}
END_TEST

START_TEST(lines_are_canonical)
{
	json_t *o = json_pack("{s:i, s:[f], s:s}", "z", 1, "b", -16.1, "a", "thôn \"2\"");

	dumps(o, "{\"a\":\"thôn \\\"2\\\"\",\"b\":[-16.1],\"z\":1}");
}
END_TEST

START_TEST(reading_is_strict)
{
	static const char *const wrong[] = {"", "{", "{\"a\":1,\"a\":2}", "{} x",
					    "{\"a\":\"\xff\"}"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(json_read(wrong[i], strlen(wrong[i]), &e) == NULL, "%s", wrong[i]);
		ck_assert_int_eq(e.kind, ERR_FAILED);
	}
	json_t *o = json_read("{\"a\":9007199254740993}", 22, &e);
	ck_assert_int_eq(json_get_integer(o, "a", 0), INT64_C(9007199254740993));
	json_decref(o);
}
END_TEST

START_TEST(members_have_stand_ins)
{
	json_t *o = json_pack("{s:s, s:i, s:f, s:b, s:n}", "t", "x", "i", 7, "f", 1.5, "b", 1, "n");
	struct wall at;

	ck_assert_str_eq(json_get_text(o, "t", "y"), "x");
	ck_assert_str_eq(json_get_text(o, "i", "y"), "y");
	ck_assert_int_eq(json_get_integer(o, "i", 1), 7);
	ck_assert_int_eq(json_get_integer(o, "f", 1), 1);
	ck_assert(json_get_number(o, "i", 0) == 7.0 && json_get_number(o, "n", 2) == 2.0);
	ck_assert(json_get_bool(o, "b", false) && json_get_bool(o, "none", true));
	ck_assert(!json_get_time(o, "t", &at));
	ck_assert_str_eq(json_get_text(NULL, "t", "z"), "z");
	json_decref(o);
}
END_TEST

START_TEST(times_go_both_ways)
{
	struct tz tz;
	struct wall t = {INT64_C(1795386600123) * NS_PER_MS}, back;

	tz_fixed(&tz, "x", 7 * 3600);
	json_t *o = json_object();
	json_object_set_new(o, "at", json_time(t, &tz));
	ck_assert_str_eq(json_get_text(o, "at", ""), "2026-11-23T05:30:00.123+07:00");
	ck_assert(json_get_time(o, "at", &back));
	ck_assert_int_eq(back.ns, t.ns);
	json_decref(o);
}
END_TEST

START_TEST(text_that_is_none_is_null)
{
	dumps(json_text(NULL), "null");
	dumps(json_text(""), "null");
	dumps(json_text("\xff"), "null");
	dumps(json_text("xã"), "\"xã\"");
}
END_TEST

Suite *suite_json(void);
Suite *suite_json(void)
{
	Suite *s = suite_create("json");
	TCase *t = tcase_create("json");

	tcase_add_test(t, numbers_are_short);
	tcase_add_test(t, lines_are_canonical);
	tcase_add_test(t, reading_is_strict);
	tcase_add_test(t, members_have_stand_ins);
	tcase_add_test(t, times_go_both_ways);
	tcase_add_test(t, text_that_is_none_is_null);
	suite_add_tcase(s, t);
	return s;
}
