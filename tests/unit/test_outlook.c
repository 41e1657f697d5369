/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outlook.h"

#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *outlook(const char *id)
{
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "bulletin.outlook",
						     "bulletin", id));
	return answer;
}

/* The slot is at 05:30 every day; it is five. */
START_TEST(tells_when_it_would_air_and_changes_nothing)
{
	const char *id = deskcase_add(&c, "Tin");
	json_t *made = outlook(id);
	const json_t *airs = json_object_get(made, "airs"), *first = json_array_get(airs, 0);

	ck_assert_uint_eq(json_array_size(airs), OUTLOOK_DAYS);
	ck_assert_int_eq(json_integer_value(json_object_get(made, "airs_all")), OUTLOOK_DAYS);
	ck_assert_str_eq(json_get_text(first, "start", ""), "2026-11-23T05:30:00.000+07:00");
	ck_assert_str_eq(json_get_text(first, "slot", ""), "Sáng");
	ck_assert_uint_eq(json_array_size(json_object_get(first, "zones")), 2);
	ck_assert_int_eq(world_bulletin(&c.desk.world, id)->state, BULLETIN_RECEIVED);
	json_decref(made);
}
END_TEST

START_TEST(tells_why_it_would_not)
{
	json_t *added = deskcase_ask(
		&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.add", "path",
			      deskcase_sound(&c, "tin.wav", 2), "title", "Tin", "to",
			      "2026-11-20"));
	const char *id = json_get_text(json_object_get(added, "bulletin"), "id", "");
	json_t *made = outlook(id);

	ck_assert_uint_eq(json_array_size(json_object_get(made, "airs")), 0);
	json_decref(made);
	json_decref(added);
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "bulletin.outlook", "bulletin", "B99"),
			 "not_found", "B99");
}
END_TEST

START_TEST(tells_who_has_taken_its_only_slot_off)
{
	static const char pause[] =
		"timetable: Thử\nslots:\n  - {name: Sáng, start: \"05:30\", length: 10m, "
		"ident: false, play: {bulletins: {}}, except: [{from: 2026-11-23, to: 2026-12-09, "
		"by: \"user:1\", reason: họp}]}\n  - {name: Khác, start: \"06:30\", length: 10m, "
		"days: mon, play: {bulletins: {language: [khmer]}}, except: [{on: 2026-11-23, "
		"by: x}]}\n";
	struct err e = {0};

	deskcase_people(&c);
	const char *id = deskcase_add(&c, "Tin");
	deskcase_write(&c, "schedules/thu.yaml", pause);
	struct world_files *files = world_files_load(c.dir, NULL, &e);
	ck_assert(files != NULL && files->faults.errors == 0);
	desk_adopt(&c.desk, files, "");
	json_t *made = outlook(id);
	const json_t *omitted = json_object_get(made, "omitted"),
		     *first = json_array_get(omitted, 0), *off = json_object_get(first, "off");

	ck_assert_uint_eq(json_array_size(json_object_get(made, "airs")), 0);
	/* Not the slot of another language. */
	ck_assert_uint_eq(json_array_size(omitted), OUTLOOK_DAYS);
	ck_assert_str_eq(json_get_text(first, "reason", ""), "paused");
	ck_assert_str_eq(json_get_text(off, "by", ""), "user:1");
	ck_assert_str_eq(json_get_text(off, "to", ""), "2026-12-09");
	ck_assert_str_eq(json_get_text(json_object_get(made, "people"), "user:1", ""),
			 "Người thứ 1");
	json_decref(made);
}
END_TEST

Suite *suite_outlook(void);
Suite *suite_outlook(void)
{
	Suite *s = suite_create("outlook");
	TCase *t = tcase_create("outlook");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, tells_when_it_would_air_and_changes_nothing);
	tcase_add_test(t, tells_why_it_would_not);
	tcase_add_test(t, tells_who_has_taken_its_only_slot_off);
	suite_add_tcase(s, t);
	return s;
}
