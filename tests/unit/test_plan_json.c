/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/plan_json.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

START_TEST(has_every_field)
{
	struct plan_case *c = case_create("ident: i.flac\n");
	struct wall from, to;
	struct plan p;

	case_asset(c, "i.flac", 4);
	case_bulletin(c, "B1", 60)->level = LEVEL_URGENT;
	case_bulletin(c, "B2", 600);
	ck_assert(case_slots(c,
		"  - {name: Sáng, start: \"05:30\", length: 2m, play: {bulletins: {}}, zones: "
		"thon-2}\n"
		"  - {name: Sau, start: \"05:31\", length: 2m, play: {bulletins: {}}}\n"));
	case_plan(c, "2026-11-23", "2026-11-24", &p);
	ck_assert(wall_parse("2026-11-23", &c->settings.tz, &from));
	ck_assert(wall_parse("2026-11-24", &c->settings.tz, &to));
	json_t *json = plan_json(&p, &c->in, from, to);
	const char *text, *slot, *taken, *zone, *kind, *sha, *start, *level, *reason, *title;
	double length_s, offset_s, gain_db;
	json_int_t offset;
	int line, shortened;
	json_error_t e;
	ck_assert_int_eq(json_unpack_ex(json, &e, 0,
		"{s:s, s:[{s:s, s:i, s:s, s:F, s:b, s:[s], s:[{s:s},"
		"{s:s, s:s, s:s, s:F, s:I, s:F, s:s}], s:[{s:s, s:s}]}]}",
		"from", &text, "occurrences", "slot", &slot, "line", &line, "taken_by", &taken,
		"length_s", &length_s, "shortened", &shortened, "zones", &zone, "items", "kind",
		&kind,
		"bulletin", &title, "sha256", &sha, "start", &start, "offset_s", &offset_s,
		"offset_frames", &offset, "gain_db", &gain_db, "level", &level, "omitted", "reason",
		&reason, "bulletin", &title), 0);
	ck_assert_str_eq(text, "2026-11-23T00:00:00.000+07:00");
	ck_assert_str_eq(slot, "Sáng");
	ck_assert_int_eq(line, 3);
	ck_assert_str_eq(taken, "Sau");
	ck_assert(shortened);
	ck_assert_double_eq(length_s, 60);
	ck_assert_str_eq(zone, "thon-2");
	ck_assert_str_eq(kind, "ident");
	ck_assert_str_eq(start, "2026-11-23T05:30:03.500+07:00");
	ck_assert_double_eq(offset_s, 3.5);
	ck_assert_int_eq(offset, 168000);
	ck_assert_double_eq(gain_db, 4);
	ck_assert_str_eq(level, "khan-cap");
	ck_assert_str_eq(reason, "slot-full");
	ck_assert_str_eq(title, "B2");
	ck_assert_uint_eq(strlen(sha), 64);
	json_decref(json);
	plan_finish(&p);
	case_destroy(c);
}
END_TEST

START_TEST(survives_names_that_are_no_text)
{
	struct plan_case *c = case_create("");
	struct plan p;

	case_bulletin(c, "B1", 60)->title[0] = (char)0xff;
	ck_assert(case_slots(c, "  - {name: a, start: \"05:30\", length: 2m, play: {bulletins: "
				"{}}}\n"));
	c->schedule.slots[0].file[0] = (char)0xfe;
	case_plan(c, "2026-11-23", "2026-11-24", &p);
	json_t *json = plan_json_occurrence(&p.list[0], &c->in);
	ck_assert(json_is_null(json_object_get(json, "file")));
	ck_assert(json_is_null(json_object_get(json, "taken_by")));
	json_decref(json);
	plan_finish(&p);
	case_destroy(c);
}
END_TEST

Suite *suite_plan_json(void);
Suite *suite_plan_json(void)
{
	Suite *s = suite_create("plan_json");
	TCase *t = tcase_create("all");

	tcase_add_test(t, has_every_field);
	tcase_add_test(t, survives_names_that_are_no_text);
	suite_add_tcase(s, t);
	return s;
}
