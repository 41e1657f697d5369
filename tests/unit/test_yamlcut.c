/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as they are written; the places of changes are tested with slot_edit. */
#include "plan/yamlcut.h"

#include "base/json.h"

#include <check.h>
#include <string.h>

static void ck_written(const char *json, const char *yaml)
{
	struct err e = {0};
	struct buf out = {0};
	json_t *value = json_read(json, strlen(json), &e);

	ck_assert_msg(value != NULL, "%s", e.text);
	yamlcut_value(&out, value);
	ck_assert_str_eq(buf_str(&out), yaml);
	buf_finish(&out);
	json_decref(value);
}

START_TEST(values_look_as_a_person_writes_them)
{
	ck_written("{\"on\":\"2026-11-24\",\"by\":\"user:7\"}", "{on: 2026-11-24, by: \"user:7\"}");
	ck_written("[\"mon\",\"20m\",\"05:30\",\"12\",\"1719.10\",\"-x\",\"\"]",
		   "[mon, 20m, \"05:30\", \"12\", \"1719.10\", \"-x\", \"\"]");
	ck_written("[-6,true,null,-2.5]", "[-6, true, null, -2.5]");
	ck_written("[\"họp xã\",\"no\",\"1e5\",\"audio/a.flac\",\"a \"]",
		   "[họp xã, \"no\", \"1e5\", audio/a.flac, \"a \"]");
	ck_written("{\"a b\":\"họp \\\"xã\\\"\"}", "{a b: \"họp \\\"xã\\\"\"}");
}
END_TEST

START_TEST(a_cut_leaves_the_rest)
{
	struct yamlcut c = {.from = 2, .to = 4};
	struct buf out = {0};

	buf_text(&c.with, "xyz");
	yamlcut_make(&c, "abcdef", 6, &out);
	ck_assert_str_eq(buf_str(&out), "abxyzef");
	buf_finish(&out);
	yamlcut_finish(&c);
}
END_TEST

Suite *suite_yamlcut(void)
{
	Suite *s = suite_create("yamlcut");
	TCase *t = tcase_create("yamlcut");

	tcase_add_test(t, values_look_as_a_person_writes_them);
	tcase_add_test(t, a_cut_leaves_the_rest);
	suite_add_tcase(s, t);
	return s;
}
