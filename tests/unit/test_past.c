/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/past.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>

static struct deskcase c;
static char id[ID_BYTES];

static void setup(void)
{
	deskcase_tin(&c, id);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *past(void)
{
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "bulletin.past",
						     "bulletin", id));
	return answer;
}

static void ck_line(const json_t *list, size_t i, const char *key, const char *want)
{
	ck_assert_str_eq(json_get_text(json_array_get(list, i), key, ""), want);
}

START_TEST(every_entry_about_it_with_the_person)
{
	c.as = "user:1";
	json_decref(deskcase_ask(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.edit", "bulletin",
					       id, "title", "Tin hai")));
	c.as = NULL;
	json_decref(deskcase_ask(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.refuse",
					       "bulletin", id, "reason", "ồn")));
	json_t *made = past();
	const json_t *list = json_object_get(made, "history");
	ck_assert_uint_eq(json_array_size(list), 3);
	ck_line(list, 0, "kind", "bulletin.received");
	ck_line(list, 0, "name", "Người thứ 2");
	ck_line(list, 1, "kind", "bulletin.edited");
	ck_assert_str_eq(json_get_text(json_object_get(json_array_get(list, 1), "was"), "title",
				       ""), "Tin");
	ck_line(list, 2, "reason", "ồn");
	ck_line(list, 2, "who", "uid:7");
	json_decref(made);
}
END_TEST

START_TEST(airings_the_newest_first_and_only_its_own)
{
	struct err e = {0};
	int64_t n;

	for (int i = 0; i < PAST_AIRINGS_MAX + 5; i++) {
		struct wall planned = wall_add_ns(clock_wall(&c.clock.clock), -i * NS_PER_S);
		struct airing_facts f = {.bulletin = i == 3 ? "B999" : id, .slot = "Sáng",
					 .occurrence = planned, .planned = planned,
					 .reason = "power-off"};
		ck_assert(desk_append(&c.desk, entry_airing_missed(&f, &c.desk.tz), &n, &e));
	}
	json_t *made = past();
	const json_t *list = json_object_get(made, "airings");
	ck_assert_uint_eq(json_array_size(list), PAST_AIRINGS_MAX);
	ck_assert_int_eq((int)json_get_integer(made, "airings_all", 0), PAST_AIRINGS_MAX + 4);
	ck_line(list, 0, "planned", "2026-11-23T05:00:00.000+07:00");
	ck_line(list, 0, "reason", "power-off");
	ck_line(list, 1, "planned", "2026-11-23T04:59:59.000+07:00");
	json_decref(made);
}
END_TEST

Suite *suite_past(void);
Suite *suite_past(void)
{
	Suite *s = suite_create("past");
	TCase *t = tcase_create("past");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, every_entry_about_it_with_the_person);
	tcase_add_test(t, airings_the_newest_first_and_only_its_own);
	suite_add_tcase(s, t);
	return s;
}
