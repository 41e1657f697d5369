/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/collide_tell.h"

#include "base/json.h"
#include "base/saying.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

START_TEST(programs_and_people_are_told_in_the_order_that_applies)
{
	struct plan_case *c = case_create("");
	struct plan p;
	struct collision met;
	char words[512];

	ck_assert(case_slots(c, "  - {name: Sáng, start: \"06:00\", length: 10m, "
				"play: {bulletins: {}}}\n"));
	case_bulletin(c, "B1", 60)->level = LEVEL_PRIORITY;
	case_bulletin(c, "B2", 30)->level = LEVEL_PRIORITY;
	case_plan(c, "2026-11-23", "2026-11-24", &p);
	ck_assert(collide_at(&p.list[0], &met));
	json_t *o = collide_json(&met, &c->settings.tz);
	ck_assert_str_eq(json_get_text(o, "slot", ""), "Sáng");
	ck_assert_str_eq(json_get_text(o, "start", ""), "2026-11-23T06:00:00.000+07:00");
	ck_assert(!json_get_bool(o, "given", true));
	ck_assert_int_eq(json_get_integer(o, "starts", 0), 1);
	const json_t *second = json_array_get(json_object_get(o, "bulletins"), 1);
	ck_assert_str_eq(json_get_text(second, "bulletin", ""), "B2");
	ck_assert_str_eq(json_get_text(second, "title", ""), "Bản tin B2");
	ck_assert_double_eq_tol(json_get_number(second, "length_s", 0), 30, 0.001);
	json_decref(o);
	json_t *said = collide_saying(&met, &c->settings.tz);
	saying_words(said, false, words, sizeof(words));
	ck_assert_msg(strstr(words, "B1 “Bản tin B1”, B2 “Bản tin B2”") != NULL, "%s", words);
	ck_assert_ptr_null(strchr(words, '{'));
	saying_words(said, true, words, sizeof(words));
	ck_assert_msg(strstr(words, "2 priority bulletins") != NULL, "%s", words);
	json_decref(said);
	plan_finish(&p);
	case_destroy(c);
}
END_TEST

Suite *suite_collide_tell(void);
Suite *suite_collide_tell(void)
{
	Suite *s = suite_create("collide_tell");
	TCase *t = tcase_create("collide_tell");

	tcase_add_test(t, programs_and_people_are_told_in_the_order_that_applies);
	suite_add_tcase(s, t);
	return s;
}
