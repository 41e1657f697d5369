/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/cap.h"

#include "base/json.h"
#include "support/capcase.h"

#include <check.h>
#include <string.h>

static struct settings s;
static struct cap_meaning m;
static json_t *alert, *info;
static struct wall now;

static void setup(void)
{
	struct tz tz;

	s = (struct settings){.zone_count = 2, .cap_severity = 3, .cap_urgency = 3};
	s.zones[0] = (struct zone){.name = "a", .has_place = true, .lat = 12.05, .lon = 107.08};
	s.zones[1] = (struct zone){.name = "b", .geocodes = {"25471"}, .geocode_count = 1};
	tz_fixed(&tz, "x", 7 * 3600);
	ck_assert(wall_parse("2026-11-23T05:10:00", &tz, &now));
	alert = capcase_alert("VN-1");
	info = capcase_info(alert);
}

static void teardown(void)
{
	json_decref(alert);
}

static void judged(enum cap_verdict v, const char *why)
{
	cap_judge(alert, &s, now, true, &m);
	ck_assert_str_eq(m.why, why);
	ck_assert_int_eq(m.verdict, v);
}

START_TEST(what_is_grave_and_public_sounds)
{
	judged(CAP_AIRS, "");
	ck_assert_uint_eq(m.zones, 3);
	ck_assert(!m.drill);
	ck_assert_str_eq(m.key, "a@b,VN-1,2026-11-23T05:00:00+07:00");
	ck_assert_str_eq(m.text, "Lũ quét. Nước lên nhanh. Di dời ngay!");
	ck_assert_int_eq(m.until.ns - now.ns, 50 * 60 * NS_PER_S);
	capcase_set(alert, "status", "Exercise");
	judged(CAP_AIRS, "");
	ck_assert(m.drill);
}
END_TEST

START_TEST(what_is_not_meant_so_is_silent)
{
	static const struct {
		const char *key, *value, *why;
		bool in_info;
	} cases[] = {{"status", "Test", "test", false}, {"status", "Draft", "test", false},
		     {"status", "System", "test", false}, {"scope", "Private", "not-public", false},
		     {"msgType", "Ack", "no-warning", false}, {"severity", "Minor", "below", true},
		     {"urgency", "Past", "below", true}, {"severity", "?", "below", true}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		teardown();
		setup();
		capcase_set(cases[i].in_info ? info : alert, cases[i].key, cases[i].value);
		judged(CAP_SILENT, cases[i].why);
	}
}
END_TEST

START_TEST(time_is_asked)
{
	capcase_set(info, "expires", "2026-11-23T05:10:00+07:00");
	judged(CAP_REFUSED, "expired");
	cap_judge(alert, &s, now, false, &m); /* by a clock that nobody believes */
	ck_assert_int_eq(m.verdict, CAP_AIRS);
	capcase_set(info, "expires", "2026-11-23T07:00:00+07:00");
	capcase_set(info, "effective", "2026-11-23T06:00:00+07:00");
	judged(CAP_WAITS, "");
	ck_assert_int_eq(m.from.ns - now.ns, 50 * 60 * NS_PER_S);
	capcase_set(alert, "sent", "2026-11-23T05:30:00+07:00");
	judged(CAP_REFUSED, "future");
	capcase_set(alert, "sent", "hôm qua");
	judged(CAP_REFUSED, "damaged");
}
END_TEST

START_TEST(no_end_is_a_day)
{
	struct wall sent;

	json_object_del(info, "expires");
	judged(CAP_AIRS, "");
	ck_assert(json_get_time(alert, "sent", &sent));
	ck_assert_int_eq(m.until.ns - sent.ns, 86400 * NS_PER_S);
	capcase_set(info, "effective", "2026-11-23T05:05:00+07:00");
	judged(CAP_AIRS, "");
	ck_assert_int_eq(m.until.ns - sent.ns, (86400 + 300) * NS_PER_S);
}
END_TEST

/* Whoever kept one could sound the siren with it years later. */
START_TEST(an_old_message_without_an_end_is_refused)
{
	json_object_del(info, "expires");
	capcase_set(alert, "sent", "2026-11-22T05:09:00+07:00");
	judged(CAP_REFUSED, "too-old");
	capcase_set(info, "expires", "2026-11-23T08:00:00+07:00");
	judged(CAP_AIRS, "");
	json_object_del(info, "expires");
	capcase_set(alert, "sent", "2026-11-22T05:11:00+07:00");
	judged(CAP_AIRS, "");
	capcase_set(info, "effective", "2016-01-01T00:00:00+07:00");
	judged(CAP_AIRS, "");
}
END_TEST

static void area(const char *what)
{
	json_object_set_new(info, "area", json_pack("[o]", json_loads(what, 0, NULL)));
}

START_TEST(only_where_it_is_for)
{
	area("{\"geocode\": [{\"valueName\": \"x\", \"value\": \"25471\"}]}");
	judged(CAP_AIRS, "");
	ck_assert_uint_eq(m.zones, 2);
	area("{\"polygon\": [\"12,107 12,107.2 12.1,107.2 12.1,107 12,107\"]}");
	judged(CAP_AIRS, "");
	ck_assert_uint_eq(m.zones, 1);
	area("{\"circle\": [\"12.05,107.08 5\"]}");
	judged(CAP_AIRS, "");
	ck_assert_uint_eq(m.zones, 1);
	area("{\"areaDesc\": \"Hà Nội\", \"geocode\": [{\"value\": \"1\"}]}");
	judged(CAP_SILENT, "not-here");
}
END_TEST

/* Perhaps for here, and nobody can say: no silence over a comma. */
START_TEST(an_area_that_cannot_be_read_is_refused)
{
	static const struct {
		const char *area, *why;
	} bad[] = {
		{"{\"polygon\": [\"a,b c\"]}", "bad-polygon"},
		{"{\"polygon\": [\"\"]}", "bad-polygon"},
		{"{\"polygon\": [\"12,107 12,107.2 12.1,107.2 12.1,107\"]}", "bad-polygon"},
		{"{\"polygon\": [\"12,0,107,0 12,0,107,2 12,1,107,2 12,0,107,0\"]}",
		 "bad-polygon"},
		{"{\"circle\": [\"12,05,107,08 5\"]}", "bad-circle"},
		{"{\"circle\": [\"12.05,107.08\"]}", "bad-circle"},
		{"{\"circle\": [\"12.05,107.08 5km\"]}", "bad-circle"},
		{"{\"circle\": [\"20,100 1\"], \"polygon\": [\"x\"]}", "bad-polygon"},
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		area(bad[i].area);
		judged(CAP_REFUSED, bad[i].why);
		ck_assert_str_ne(cap_why(m.why), m.why);
	}
	/* What can be read of it is for here: it sounds. */
	area("{\"polygon\": [\"x\"], \"circle\": [\"12.05,107.08 5\"]}");
	judged(CAP_AIRS, "");
	ck_assert_uint_eq(m.zones, 1);
}
END_TEST

START_TEST(an_unknown_kind_of_message_is_refused)
{
	capcase_set(alert, "msgType", "Alarm");
	judged(CAP_REFUSED, "bad-msgtype");
}
END_TEST

START_TEST(vietnamese_comes_first)
{
	json_t *en = json_deep_copy(info);

	capcase_set(en, "language", "en-US");
	capcase_set(en, "headline", "Flood");
	json_array_insert_new(json_object_get(alert, "info"), 0, en);
	judged(CAP_AIRS, "");
	ck_assert_ptr_null(strstr(m.text, "Flood"));
	json_array_remove(json_object_get(alert, "info"), 1);
	judged(CAP_AIRS, "");
	ck_assert_ptr_nonnull(strstr(m.text, "Flood"));
}
END_TEST

START_TEST(a_cancel_names_what_is_over)
{
	capcase_set(alert, "msgType", "Cancel");
	capcase_set(alert, "references", "x,y,z a@b,VN-0,2026-11-23T04:00:00+07:00");
	judged(CAP_ENDS, "");
	ck_assert(cap_refers(alert, "a@b,VN-0,2026-11-23T04:00:00+07:00"));
	ck_assert(cap_refers(alert, "x,y,z"));
	ck_assert(!cap_refers(alert, "x,y"));
	ck_assert(!cap_refers(alert, ""));
	ck_assert(cap_refers(alert, "a@b,VN-0,2026-11-22T21:00:00-00:00"));
	ck_assert(!cap_refers(alert, "a@b,VN-0,2026-11-22T21:00:01-00:00"));
	ck_assert(!cap_refers(alert, "a@b,VN-00,2026-11-22T21:00:00-00:00"));
	ck_assert(!cap_refers(alert, "a@b,VN-0,x"));
}
END_TEST

START_TEST(strange_words_are_damage)
{
	capcase_set(alert, "identifier", "a b");
	judged(CAP_REFUSED, "damaged");
	capcase_set(alert, "identifier", "VN-1");
	capcase_set(info, "headline", "\u202eLũ");
	judged(CAP_REFUSED, "damaged");
	json_object_del(alert, "info");
	judged(CAP_REFUSED, "damaged");
}
END_TEST

/* A sender may put elements where texts belong; the worker gives them as objects. */
START_TEST(what_is_no_text_is_passed_over)
{
	area("{\"polygon\": [{}], \"circle\": [{}], \"geocode\": [\"25471\", {\"value\": {}}]}");
	json_object_set_new(info, "responseType", json_pack("[{}]"));
	judged(CAP_REFUSED, "bad-polygon"); /* no text is none that can be read */
	area("{\"geocode\": [\"25471\", {\"value\": {}}]}");
	judged(CAP_SILENT, "not-here");
	json_array_append_new(json_object_get(alert, "info"), json_string("x"));
	json_object_set_new(alert, "references", json_object());
	judged(CAP_SILENT, "not-here");
	ck_assert(!cap_refers(alert, "x"));
}
END_TEST

START_TEST(long_texts_end_with_a_whole_letter)
{
	char text[9000] = "";

	for (size_t i = 0; i < 2800; i++)
		memcpy(text + 3 * i, "ữ", 4);
	capcase_set(info, "description", text);
	judged(CAP_AIRS, "");
	ck_assert_uint_gt(strlen(m.text), 3900);
	ck_assert(m.shortened);
	capcase_set(info, "description", "Nước lên nhanh");
	judged(CAP_AIRS, "");
	ck_assert(!m.shortened);
	ck_assert_str_ne(cap_why("expired"), "expired");
	ck_assert_str_eq(cap_verdict_code(CAP_AIRS), "raised");
}
END_TEST

Suite *suite_cap(void);
Suite *suite_cap(void)
{
	Suite *suite = suite_create("cap");
	TCase *t = tcase_create("cap");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, an_old_message_without_an_end_is_refused);
	tcase_add_test(t, what_is_grave_and_public_sounds);
	tcase_add_test(t, what_is_not_meant_so_is_silent);
	tcase_add_test(t, time_is_asked);
	tcase_add_test(t, no_end_is_a_day);
	tcase_add_test(t, only_where_it_is_for);
	tcase_add_test(t, an_area_that_cannot_be_read_is_refused);
	tcase_add_test(t, an_unknown_kind_of_message_is_refused);
	tcase_add_test(t, vietnamese_comes_first);
	tcase_add_test(t, a_cancel_names_what_is_over);
	tcase_add_test(t, strange_words_are_damage);
	tcase_add_test(t, what_is_no_text_is_passed_over);
	tcase_add_test(t, long_texts_end_with_a_whole_letter);
	suite_add_tcase(suite, t);
	return suite;
}
