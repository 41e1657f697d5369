/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/ics_merge.h"

#include "base/json.h"
#include "base/limits.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define TEXT                                                                                       \
	"# của xã\ntimetable: Hằng ngày\nslots:\n"                                        \
	"  - name: Sáng   # bản tin\n    start: \"05:30\"\n    length: 20m\n    days: mon-sat\n"   \
	"    except: [{on: 2026-12-01, by: \"user:7\", reason: họp}]\n"                        \
	"    play: {relay: vov1}\n    zones: thon-2\n"                                           \
	"  - {name: Tối, start: \"19:00\", length: 5m, play: {bulletins: {}}}\n"

static struct plan_case *c;
static struct buf out;
static json_t *told;
static struct err e;

static void setup(void)
{
	c = case_create("");
	told = json_object();
}

static void finish(void)
{
	buf_finish(&out);
	json_decref(told);
	case_destroy(c);
}

static bool merge(const char *text, json_t *events)
{
	const struct ics_merge m = {.settings = &c->settings, .today = {2026, 11, 23},
				    .file = "schedules/a.yaml", .text = text,
				    .len = strlen(text)};

	ck_assert(events != NULL);
	bool ok = ics_merge(&m, events, &out, told, &e);
	json_decref(events);
	return ok;
}

static json_t *event(const char *name, const char *at, int length_s, const char *rrule,
		     const char *except)
{
	json_t *list = except[0] != '\0' ? json_pack("[s]", except) : json_array();

	return json_pack("{s:s, s:{s:s, s:b, s:s, s:b}, s:i, s:i, s:s, s:o, s:b}", "name", name,
			 "start", "at", at, "utc", 0, "tzid", "", "whole_day", 0, "length_s",
			 length_s, "rules", rrule[0] != '\0', "rrule", rrule, "except", list,
			 "others", 0);
}

static size_t count(const char *what)
{
	return json_array_size(json_object_get(told, what));
}

START_TEST(only_time_and_days_of_a_slot_change)
{
	ck_assert_msg(merge(TEXT, json_pack("[o]", event("Sáng", "2026-11-23T05:45:00", 900,
							 "FREQ=WEEKLY;BYDAY=MO,WE",
							 "2026-11-25T05:45:00"))),
		      "%s", e.text);
	ck_assert_int_eq((int)count("changed"), 1);
	ck_assert_int_eq((int)count("added"), 0);
	ck_assert(schedule_parse(&c->schedule, &c->settings, "schedules/a.yaml", buf_str(&out),
				 out.len, &c->faults));
	const struct slot *s = &c->schedule.slots[0];
	ck_assert_int_eq(s->start_s, 5 * 3600 + 45 * 60);
	ck_assert_int_eq(s->length_s, 900);
	ck_assert_str_eq(s->rrule, "FREQ=WEEKLY;BYDAY=MO,WE");
	ck_assert_int_eq(s->except_count, 1);
	/* What no calendar knows. */
	ck_assert_int_eq(s->off_count, 1);
	ck_assert_str_eq(s->offs[0].reason, "họp");
	ck_assert_int_eq(s->play.kind, PLAY_RELAY);
	ck_assert_uint_eq(s->zones, 2);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "# của xã"));
	ck_assert_int_eq(c->schedule.slot_count, 2); /* the other stays */
}
END_TEST

/* The same days in other words. */
START_TEST(what_is_as_it_was_is_not_touched)
{
	ck_assert(merge(TEXT, json_pack("[o, o]", event("Sáng", "2026-01-05T05:30:00", 1200,
							"FREQ=WEEKLY;BYDAY=SA,MO,TU,WE,TH,FR", ""),
					event("Tối", "2026-01-01T19:00:00", 300, "FREQ=DAILY",
					      ""))));
	ck_assert_str_eq(buf_str(&out), TEXT);
	ck_assert_int_eq((int)json_get_integer(told, "same", 0), 2);
	ck_assert_int_eq((int)count("changed"), 0);
}
END_TEST

START_TEST(new_ones_are_added_and_others_told)
{
	ck_assert(merge(TEXT, json_pack("[o, o, o]",
					event("Mới", "2026-12-22T17:00:00", 600, "", ""),
					event("", "2026-12-22T17:00:00", 600, "", ""),
					event("Mỗi giờ", "2026-12-22T17:00:00", 600, "FREQ=HOURLY",
					      ""))));
	ck_assert_int_eq((int)count("added"), 1);
	ck_assert_int_eq((int)count("left_out"), 2);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "name: Mới"));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "2026-12-22"));
}
END_TEST

START_TEST(a_faulty_timetable_takes_nothing_in)
{
	ck_assert(!merge("timetable: A\nslots:\n  - {name: x}\n", json_array()));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
}
END_TEST

/* An export that has each airing as an event of its own. */
START_TEST(too_many_new_ones_are_refused)
{
	json_t *events = json_array();
	char name[16];

	for (int i = 0; i <= ICS_CHANGES_MAX; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		json_array_append_new(events, event(name, "2026-12-22T17:00:00", 60, "", ""));
	}
	ck_assert(!merge(TEXT, events));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(e.text, "RRULE"));
}
END_TEST

Suite *suite_ics_merge(void)
{
	Suite *s = suite_create("ics_merge");
	TCase *t = tcase_create("ics_merge");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, only_time_and_days_of_a_slot_change);
	tcase_add_test(t, what_is_as_it_was_is_not_touched);
	tcase_add_test(t, new_ones_are_added_and_others_told);
	tcase_add_test(t, a_faulty_timetable_takes_nothing_in);
	tcase_add_test(t, too_many_new_ones_are_refused);
	suite_add_tcase(s, t);
	return s;
}
