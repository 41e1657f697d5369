/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/saying.h"
#include "plan/effect_tell.h"

#include <check.h>
#include <stdio.h>

static struct tz tz;
static struct effect_tell t;

static void setup(void)
{
	tz_fixed(&tz, "UTC", 0);
	t = (struct effect_tell){.tz = &tz};
	effect_tell_begin(&t);
}

static json_t *about(const char *slot)
{
	json_t *said = saying(SAYING_EFFECT_GOES);

	json_object_set_new(said, "slot", json_string(slot));
	return said;
}

START_TEST(grave_things_come_first_and_then_the_earliest)
{
	struct effect_start late = {.start = {2 * NS_PER_S}, .second = 30, .day = 1};
	struct effect_start early = {.start = {NS_PER_S}, .day = 1};

	effect_tell(&t, about("late"), false, NULL, &late);
	effect_tell(&t, about("early"), false, NULL, &early);
	effect_tell(&t, about("early"), false, NULL, &early);
	effect_tell(&t, about("grave"), true, NULL, &late);
	json_t *answer = effect_tell_end(&t);
	const json_t *list = json_object_get(answer, "changes");
	ck_assert_int_eq((int)json_array_size(list), 3);
	ck_assert_str_eq(json_get_text(json_array_get(list, 0), "slot", ""), "grave");
	ck_assert_str_eq(json_get_text(json_array_get(list, 1), "slot", ""), "early");
	ck_assert_int_eq(json_get_integer(json_array_get(list, 1), "count", 0), 2);
	ck_assert_str_eq(json_get_text(json_object_get(json_array_get(list, 2), "texts"), "en",
				       ""), "“late”: no longer at 00:00:30 (02/01)");
	json_decref(answer);
}
END_TEST

START_TEST(what_is_too_much_is_counted)
{
	struct effect_start s = {.day = 1};
	char name[16];

	for (int i = 0; i < EFFECT_SENTENCES_MAX + 7; i++) {
		snprintf(name, sizeof(name), "%d", i);
		effect_tell(&t, about(name), false, NULL, &s);
	}
	json_t *answer = effect_tell_end(&t);
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "changes")),
			 EFFECT_SENTENCES_MAX);
	ck_assert_int_eq(json_get_integer(answer, "more", 0), 7);
	ck_assert(json_is_false(json_object_get(answer, "same")));
	json_decref(answer);
}
END_TEST

Suite *suite_effect_tell(void)
{
	Suite *s = suite_create("effect_tell");
	TCase *c = tcase_create("effect_tell");

	tcase_add_checked_fixture(c, setup, NULL);
	tcase_add_test(c, grave_things_come_first_and_then_the_earliest);
	tcase_add_test(c, what_is_too_much_is_counted);
	suite_add_tcase(s, c);
	return s;
}
