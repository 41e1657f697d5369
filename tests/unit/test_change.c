/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/change.h"

#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <string.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

START_TEST(a_name_is_no_path)
{
	static const char *const wrong[] = {"", "a/b", "..", "a.yaml", "lễ", "a b"};
	char file[PATH_BYTES];
	struct err e = {0};
	char name[CHANGE_NAME_MAX + 2];

	memset(name, 'a', sizeof(name));
	name[CHANGE_NAME_MAX + 1] = '\0';
	ck_assert(!change_file(name, file, &e));
	name[CHANGE_NAME_MAX] = '\0';
	ck_assert(change_file(name, file, &e));
	ck_assert(change_file("Hang-ngay_2", file, &e));
	ck_assert_str_eq(file, "schedules/Hang-ngay_2.yaml");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(!change_file(wrong[i], file, &e), "%s", wrong[i]);
		ck_assert_int_eq(e.kind, ERR_USAGE);
	}
}
END_TEST

/* Looks at a text; the answer's effect has as many sentences. */
static int sentences(const char *text)
{
	struct request rq = {.desk = &c.desk, .who = "uid:7"};
	json_t *reply = json_object(), *extra = json_pack("{s:s}", "text", text);
	struct buf copy = {0};
	struct err e = {0};

	buf_text(&copy, text);
	ck_assert_msg(change_start(&rq, reply, "schedules/thu.yaml", &copy, false, NULL, extra,
				   &e), "%s", e.text);
	ck_assert_ptr_null(copy.data);
	ck_assert_str_eq(json_get_text(reply, "text", ""), text);
	ck_assert_str_eq(json_get_text(reply, "name", ""), "thu");
	int count = (int)json_array_size(
		json_object_get(json_object_get(reply, "effect"), "changes"));
	json_decref(reply);
	return count;
}

/* Only bulletins that may still air are in the effect. */
START_TEST(effects_are_those_of_what_may_air)
{
	const char *id = deskcase_add(&c, "Tin một");
	json_t *approved = deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "bulletin.approve",
						      "bulletin", id));

	json_decref(approved);
	ck_assert_int_eq(sentences("timetable: Thử\nslots:\n  - {name: Sáng, start: \"05:30\", "
				   "length: 10m, ident: false, play: {bulletins: {}}}\n"), 0);
	/* no slot any more: gone, and the bulletin never heard */
	ck_assert_int_eq(sentences("timetable: Thử\nslots: []\n"), 2);
}
END_TEST

Suite *suite_change(void)
{
	Suite *s = suite_create("change");
	TCase *t = tcase_create("change");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_name_is_no_path);
	tcase_add_test(t, effects_are_those_of_what_may_air);
	suite_add_tcase(s, t);
	return s;
}
