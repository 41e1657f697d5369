/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/zonelevel.h"

#include "base/json.h"

#include <check.h>
#include <stdio.h>

#define SENT "{\"ba\":{\"proof\":\"A\"},\"hai\":{\"proof\":null},\"mot\":{\"proof\":\"A\"}}"

static char told[200];

/* "ba: B; hai: -; mot: A" */
static const char *tell(const char *by_zone, const char *checked)
{
	json_t *levels = zonelevel_read(by_zone, checked);
	struct buf out = {0};

	zonelevel_print(&out, levels);
	snprintf(told, sizeof(told), "%s", buf_str(&out));
	buf_finish(&out);
	json_decref(levels);
	return told;
}

START_TEST(a_zone_has_what_was_found_in_it)
{
	ck_assert_str_eq(tell("", ""), "");
	ck_assert_str_eq(tell(NULL, NULL), "");
	ck_assert_str_eq(tell("hỏng", "{"), "");
	ck_assert_str_eq(tell(SENT, ""), "ba: A; hai: -; mot: A");
	ck_assert_str_eq(tell(SENT, "{\"by_zone\":{\"mot\":{\"proof\":\"B\"},"
				    "\"ba\":{\"proof\":\"C\"}}}"), "ba: C; hai: -; mot: B");
	/* Without its device no zone has a level, whatever an entry says. */
	ck_assert_str_eq(tell(SENT, "{\"by_zone\":{\"hai\":{\"proof\":\"C\"}}}"),
			 "ba: A; hai: -; mot: A");
	ck_assert_str_eq(tell(SENT, "{\"by_zone\":{\"mot\":{\"proof\":null}}}"),
			 "ba: A; hai: -; mot: A");
}
END_TEST

/* Before entries told of levels they told of each search. */
START_TEST(older_entries_say_it_by_what_was_found)
{
	static const char old[] =
		"{\"proof\":\"A\",\"by_zone\":{\"mot\":{\"code\":\"found\"},\"ba\":{\"code\":"
		"\"different\"}},\"microphones\":[{\"zone\":\"ba\",\"code\":\"found\"}]}";

	ck_assert_str_eq(tell(SENT, old), "ba: A; hai: -; mot: B");
	ck_assert_str_eq(tell(SENT, "{\"by_zone\":{\"mot\":{\"code\":\"none\"}},\"microphones\":["
				    "{\"zone\":\"mot\",\"code\":\"found\"}]}"),
			 "ba: A; hai: -; mot: C");
}
END_TEST

START_TEST(what_all_share_is_told_once)
{
	json_t *levels = zonelevel_read(SENT, "{\"by_zone\":{\"mot\":{\"proof\":\"B\"}}}");
	struct buf out = {0};

	ck_assert(zonelevel_differs(levels, ""));
	ck_assert_str_eq(zonelevel_best(levels, ""), "B");
	zonelevel_tell(&out, levels, "");
	ck_assert_str_eq(buf_str(&out), "ba: A; hai: -; mot: B");
	json_object_set_new(levels, "ba", json_string("B"));
	json_object_set_new(levels, "hai", json_string("B"));
	ck_assert(!zonelevel_differs(levels, "B"));
	buf_reset(&out);
	zonelevel_tell(&out, levels, "B");
	ck_assert_str_eq(buf_str(&out), "B");
	buf_reset(&out);
	zonelevel_tell(&out, NULL, "A"); /* a single zone */
	ck_assert_str_eq(buf_str(&out), "A");
	ck_assert_str_eq(zonelevel_best(NULL, "A"), "A");
	ck_assert_str_eq(zonelevel_best(NULL, ""), "");
	buf_finish(&out);
	json_decref(levels);
}
END_TEST

Suite *suite_zonelevel(void);
Suite *suite_zonelevel(void)
{
	Suite *s = suite_create("zonelevel");
	TCase *t = tcase_create("zonelevel");

	tcase_add_test(t, a_zone_has_what_was_found_in_it);
	tcase_add_test(t, older_entries_say_it_by_what_was_found);
	tcase_add_test(t, what_all_share_is_told_once);
	suite_add_tcase(s, t);
	return s;
}
