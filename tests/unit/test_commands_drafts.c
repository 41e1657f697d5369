/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of timetables over the control socket that nobody has saved yet. */
#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
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

START_TEST(an_edit_is_told_and_saved_by_putting_it)
{
	json_t *answer = deskcase_ask(
		&c, json_pack("{s:s, s:s, s:{s:s, s:s, s:s, s:s}}", "do", "timetable.edit", "name",
			      "thu", "edit", "op", "skip", "slot", "Sáng", "date", "2026-11-23",
			      "reason", "họp"));
	ck_assert_ptr_nonnull(strstr(json_get_text(answer, "text", ""),
				     "by: \"uid:7\", reason: họp"));
	json_t *put = deskcase_told(
		&c, json_pack("{s:s, s:s, s:O, s:O}", "do", "timetable.put", "name", "thu", "text",
			      json_object_get(answer, "text"), "was",
			      json_object_get(answer, "was")));
	ck_assert(json_get_bool(put, "in_force", false));
	ck_assert_int_eq(c.desk.world.files->schedule.slots[0].off_count, 1);
	json_decref(put);
	json_decref(answer);
	deskcase_refused(&c, json_pack("{s:s, s:s, s:{s:s, s:s}}", "do", "timetable.edit", "name",
				       "thu", "edit", "op", "delete", "slot", "Tối"),
			 "not_found", "Tối");
}
END_TEST

/* The answer to timetable.days for these keys of the slot "Sáng", as a form sends them. */
static json_t *days_of(const char *keys)
{
	json_t *set = json_loads(keys, 0, NULL);

	ck_assert_msg(set != NULL, "%s", keys);
	return deskcase_told(&c, json_pack("{s:s, s:s, s:{s:s, s:s, s:o}}", "do", "timetable.days",
					   "name", "thu", "edit", "op", "set", "slot", "Sáng",
					   "set", set));
}

static const char *next_of(const json_t *answer, size_t i)
{
	return json_get_text(json_array_get(json_object_get(answer, "next"), i), "start", "");
}

START_TEST(the_days_of_a_draft_are_the_planner_s)
{
	json_t *answer = days_of("{\"lunar\":[\"1/*\",\"15/*\"],\"start\":\"06:30\"}");

	ck_assert_str_eq(json_get_text(json_object_get(answer, "when"), "vi", ""),
			 "mồng 1 và rằm hằng tháng âm lịch");
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "next")), 5);
	ck_assert_str_eq(next_of(answer, 0), "2026-11-23T06:30:00.000+07:00"); /* rằm tháng 10 */
	ck_assert_str_eq(next_of(answer, 1), "2026-12-09T06:30:00.000+07:00");
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "faults")), 0);
	json_decref(answer);
	/* Nothing was saved. */
	ck_assert_int_eq(c.desk.world.files->schedule.slots[0].lunar_count, 0);
}
END_TEST

START_TEST(a_new_slot_has_days_before_it_is_there)
{
	json_t *answer = deskcase_told(
		&c, json_pack("{s:s, s:s, s:{s:s, s:{s:s, s:s, s:s, s:[s], s:{s:{}}}}}", "do",
			      "timetable.days", "name", "thu", "edit", "op", "add", "slot", "name",
			      "Mới", "start", "18:00", "length", "5m", "dates", "2026-12-22",
			      "play", "bulletins"));

	ck_assert_str_eq(next_of(answer, 0), "2026-12-22T18:00:00.000+07:00");
	ck_assert_str_eq(next_of(answer, 1), "");
	json_decref(answer);
}
END_TEST

static const struct {
	const char *keys, *field, *word;
} wrong[] = {
	{"{\"rrule\":\"FREQ=HOURLY\"}", "days", "start"},
	{"{\"rrule\":\"mỗi thứ hai\"}", "days", "rrule"},
	{"{\"lunar\":[\"31/1\"]}", "days", "31/1"},
	{"{\"dates\":[\"2026-02-30\"]}", "days", "2026-02-30"},
	{"{\"valid\":{\"from\":\"2026-12-31\",\"to\":\"2026-01-01\"}}", "valid", "ngày"},
};

START_TEST(what_is_wrong_is_told_at_its_field)
{
	json_t *answer = days_of(wrong[_i].keys);
	const json_t *fault = json_array_get(json_object_get(answer, "faults"), 0);

	ck_assert(json_is_null(json_object_get(answer, "when")));
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "next")), 0);
	ck_assert_str_eq(json_get_text(fault, "slot", ""), "Sáng");
	ck_assert_str_eq(json_get_text(fault, "field", ""), wrong[_i].field);
	ck_assert_ptr_nonnull(strstr(json_get_text(fault, "text", ""), wrong[_i].word));
	json_decref(answer);
}
END_TEST

/* Neither holds anything up: one ends with the years that are looked at, one has no day. */
START_TEST(a_rule_without_an_end_and_one_without_a_day)
{
	json_t *answer = days_of("{\"rrule\":\"FREQ=DAILY\"}");

	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "next")), 5);
	json_decref(answer);
	answer = days_of("{\"rrule\":\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"}");
	ck_assert(json_is_object(json_object_get(answer, "when")));
	ck_assert_int_eq((int)json_array_size(json_object_get(answer, "next")), 0);
	json_decref(answer);
}
END_TEST

/* It touches quiet hours and is far too loud: its days can be chosen all the same. */
START_TEST(what_else_is_wrong_with_it_keeps_no_day_back)
{
	json_t *answer = days_of("{\"days\":[\"tue\"],\"start\":\"03:15\",\"volume_db\":99}");

	ck_assert_str_eq(next_of(answer, 0), "2026-11-24T03:15:00.000+07:00");
	ck_assert_int_ge((int)json_array_size(json_object_get(answer, "faults")), 1);
	json_decref(answer);
}
END_TEST

/* Another slot of the file is faulty: this one's days are told all the same. */
START_TEST(the_fault_of_another_slot_is_none_of_this_one)
{
	deskcase_write(&c, "schedules/thu.yaml",
		       "timetable: Thử\nslots:\n"
		       "  - {name: Sáng, start: \"05:30\", length: 10m, play: {bulletins: {}}}\n"
		       "  - {name: Hỏng, start: \"25:30\", length: 10m, play: {bulletins: {}}}\n");
	json_t *answer = days_of("{\"days\":[\"tue\"]}");
	ck_assert_str_eq(next_of(answer, 0), "2026-11-24T05:30:00.000+07:00");
	json_decref(answer);
}
END_TEST

static json_t *mourning(const char *name, const char *slot)
{
	return json_pack("{s:s, s:s, s:{s:s, s:{s:s, s:s, s:{s:s, s:s}, s:b, s:b}, "
			 "s:[{s:s, s:s}]}}",
			 "do", "timetable.edit", "name", name, "edit", "op", "new", "set",
			 "timetable", "Quốc tang", "basis", "105/2012/NĐ-CP", "valid", "from",
			 "2026-11-23", "to", "2026-11-24", "replaces", 1, "music", 0, "slots",
			 "table", "thu", "slot", slot);
}

/* Made from a slot of the daily timetable, put, told in the list, and ended. */
START_TEST(a_special_period_is_made_and_ended)
{
	json_t *made = deskcase_told(&c, mourning("tang", "Sáng"));
	ck_assert_str_eq(json_get_text(made, "was", "?"), "");
	ck_assert(json_is_object(json_object_get(made, "effect")));
	json_t *put = deskcase_told(
		&c, json_pack("{s:s, s:s, s:O, s:O}", "do", "timetable.put", "name", "tang",
			      "text", json_object_get(made, "text"), "was",
			      json_object_get(made, "was")));
	ck_assert(json_get_bool(put, "in_force", false));
	json_decref(put);
	json_decref(made);
	json_t *listed = deskcase_told(&c, json_pack("{s:s}", "do", "timetables"));
	const json_t *list = json_object_get(listed, "timetables"), *one;
	const json_t *found = NULL;
	size_t i;
	json_array_foreach(list, i, one)
		if (strcmp(json_get_text(one, "name", ""), "tang") == 0)
			found = json_object_get(one, "special");
		else
			ck_assert(json_is_null(json_object_get(one, "special")));
	ck_assert_str_eq(json_get_text(found, "basis", ""), "105/2012/NĐ-CP");
	ck_assert_str_eq(json_get_text(found, "to", ""), "2026-11-24");
	ck_assert(json_get_bool(found, "now", false) && json_get_bool(found, "all", false));
	ck_assert(!json_get_bool(found, "music", true));
	json_decref(listed);
	json_t *ended = deskcase_told(
		&c, json_pack("{s:s, s:s, s:{s:s, s:{s:b}}}", "do", "timetable.edit", "name",
			      "tang", "edit", "op", "table", "set", "enabled", 0));
	ck_assert_ptr_nonnull(strstr(json_get_text(ended, "text", ""), "enabled: false"));
	json_decref(ended);
}
END_TEST

START_TEST(a_new_timetable_takes_nobody_s_place)
{
	deskcase_refused(&c, mourning("thu", "Sáng"), "differs", "đã có");
	deskcase_refused(&c, mourning("tang", "Trưa"), "not_found", "Trưa");
	deskcase_refused(&c, mourning("../x", "Sáng"), "usage", "../x");
}
END_TEST

/* A period without a decision or an end is told at its fields. */
START_TEST(what_is_wrong_with_a_period_is_told_at_its_field)
{
	json_t *answer = deskcase_told(
		&c, json_pack("{s:s, s:s, s:{s:s, s:{s:s, s:b}}}", "do", "timetable.edit", "name",
			      "tang", "edit", "op", "new", "set", "timetable", "Tang", "replaces",
			      1));
	const json_t *faults = json_object_get(answer, "faults");
	ck_assert_int_eq((int)json_array_size(faults), 2);
	ck_assert_str_eq(json_get_text(json_array_get(faults, 0), "field", ""), "valid");
	ck_assert_str_eq(json_get_text(json_array_get(faults, 1), "field", ""), "basis");
	json_decref(answer);
}
END_TEST

Suite *suite_commands_drafts(void)
{
	Suite *s = suite_create("commands_drafts");
	TCase *t = tcase_create("commands_drafts");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, an_edit_is_told_and_saved_by_putting_it);
	tcase_add_test(t, the_days_of_a_draft_are_the_planner_s);
	tcase_add_test(t, a_new_slot_has_days_before_it_is_there);
	tcase_add_loop_test(t, what_is_wrong_is_told_at_its_field, 0,
			    sizeof(wrong) / sizeof(wrong[0]));
	tcase_add_test(t, a_rule_without_an_end_and_one_without_a_day);
	tcase_add_test(t, what_else_is_wrong_with_it_keeps_no_day_back);
	tcase_add_test(t, the_fault_of_another_slot_is_none_of_this_one);
	tcase_add_test(t, a_special_period_is_made_and_ended);
	tcase_add_test(t, a_new_timetable_takes_nobody_s_place);
	tcase_add_test(t, what_is_wrong_with_a_period_is_told_at_its_field);
	suite_add_tcase(s, t);
	return s;
}
