/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_time.h"

#include "base/must.h"
#include "base/text.h"

#include <check.h>
#include <string.h>

static struct verdict v;
static struct verify_time times;
static int64_t n;

static void setup(void)
{
	verdict_init(&v);
	verify_time_init(&times, &v);
	n = 0;
}

static void teardown(void)
{
	verdict_finish(&v);
}

/* The next entry: its kind, its time of 23 November, its clock, and what else it says. */
static int64_t take(const char *kind, const char *at, const char *clock, const char *more)
{
	char text[500];
	json_error_t e;

	snprintf(text, sizeof(text),
		 "{\"kind\":\"%s\",\"at\":\"2026-11-23T%s.000+07:00\",\"clock\":{%s}%s%s}", kind,
		 at, clock, more[0] != '\0' ? "," : "", more);
	json_t *o = json_loads(text, 0, &e);
	ck_assert_msg(o != NULL, "%s: %s", text, e.text);
	verify_time_take(&times, n, o);
	json_decref(o);
	return n++;
}

static int64_t note(const char *at, const char *clock)
{
	return take("note.added", at, clock, "");
}

static const char *code(void)
{
	return v.finding_count > 0 ? v.findings[0].code : "";
}

#define SYNCED "\"synced\":true,\"max_error_ms\":20"
#define LATE(t) "\"not_before\":\"2026-11-23T" t ".000+07:00\""
#define UP(boot, ms) "\"synced\":false,\"boot\":\"" boot "\",\"up_ms\":" #ms

START_TEST(what_goes_on_is_right)
{
	note("05:30:00", SYNCED);
	note("05:30:00", SYNCED);
	note("05:31:00", UP("aa", 1000) "," LATE("05:31:00"));
	note("05:31:05", UP("aa", 6000) "," LATE("05:31:04"));
	note("05:31:06", SYNCED);
	ck_assert_str_eq(code(), "");
}
END_TEST

START_TEST(an_entry_from_before_is_named)
{
	note("05:30:00", SYNCED);
	note("04:00:00", SYNCED);
	ck_assert_str_eq(code(), "time-ran-back");
	ck_assert_int_eq(v.findings[0].n, 1);
}
END_TEST

START_TEST(unsure_entries_know_what_has_passed)
{
	note("05:30:00", SYNCED);
	note("05:31:00", UP("aa", 1000));
	ck_assert_str_eq(code(), "time-ran-back");
}
END_TEST

/* As two servers of time that differ within their bounds. */
START_TEST(bounds_on_both_sides_are_allowed_for)
{
	note("05:30:00", "\"synced\":true,\"max_error_ms\":400");
	note("05:29:59", "\"synced\":true,\"max_error_ms\":700");
	ck_assert_str_eq(code(), "");
	note("05:29:57", "\"synced\":true,\"max_error_ms\":700");
	ck_assert_str_eq(code(), "time-ran-back");
}
END_TEST

/* The program itself writes such when a server was wrong; nobody shall believe the time. */
START_TEST(a_clock_that_is_late_and_says_so_is_told)
{
	note("05:30:00", SYNCED);
	note("04:00:00", SYNCED "," LATE("05:30:00"));
	note("04:00:01", SYNCED "," LATE("05:30:01"));
	verify_time_tell(&times);
	ck_assert_str_eq(code(), "");
	ck_assert_int_eq(v.note_count, 1);
	ck_assert_str_eq(v.notes[0].code, "clock-behind");
	ck_assert_int_eq(v.notes[0].count, 2);
}
END_TEST

START_TEST(saying_less_than_was_known_is_no_excuse)
{
	note("05:30:00", SYNCED);
	note("04:00:00", SYNCED "," LATE("04:10:00"));
	ck_assert_str_eq(code(), "time-ran-back");
}
END_TEST

/* Of a head over so many entries: a witness's time of that day. */
static void witness(const char *at, const char *clock, int size, const char *time,
		    const char *trusted)
{
	char more[160];

	snprintf(more, sizeof(more),
		 "\"size\":%d,\"time\":\"2026-11-23T%s.000+07:00\",\"trusted\":%s", size, time,
		 trusted);
	take("witness.seen", at, clock, more);
}

static int64_t contradicted(void)
{
	verify_time_tell(&times);
	ck_assert_str_eq(code(), "");
	ck_assert_int_eq(v.note_count, verdict_warns(&v));
	return v.note_count > 0 ? v.notes[0].count : 0;
}

START_TEST(a_witness_that_agrees_says_nothing)
{
	note("05:30:00", SYNCED);
	witness("05:30:05", SYNCED, 1, "05:30:02", "true");
	note("05:40:00", SYNCED);
	witness("05:40:01", SYNCED, 3, "05:36:02", "true"); /* its clock is a little late */
	witness("05:40:01", SYNCED, 3, "05:44:00", "true"); /* or fast */
	witness("05:40:01", UP("aa", 1000) "," LATE("06:30:00"), 3, "06:30:00", "true");
	ck_assert_int_eq(contradicted(), 0);
}
END_TEST

START_TEST(an_entry_behind_a_witness_bears_no_earlier_time)
{
	note("05:30:00", SYNCED);
	witness("05:30:05", SYNCED, 1, "09:00:00", "false"); /* anybody's word */
	witness("05:30:05", SYNCED, 1, "09:00:00", "true");
	witness("05:30:06", UP("aa", 1000) "," LATE("05:30:05"), 1, "09:00:00", "true");
	ck_assert_int_eq(contradicted(), 2);
}
END_TEST

START_TEST(what_a_witness_has_seen_bears_no_later_time)
{
	note("05:30:00", SYNCED);
	note("09:30:00", SYNCED);
	witness("09:30:05", SYNCED, 1, "05:31:00", "true");
	witness("09:30:05", SYNCED, 2, "05:31:00", "true");
	ck_assert_int_eq(contradicted(), 1);
}
END_TEST

START_TEST(sizes_are_those_of_the_log_that_goes_on)
{
	note("05:30:00", SYNCED);
	take("log.continued", "09:30:00", SYNCED, "");
	witness("09:30:05", SYNCED, 1, "05:31:00", "true");
	ck_assert_int_eq(contradicted(), 1);
	witness("09:30:05", SYNCED, 900, "05:31:00", "true"); /* of one that has ended */
	ck_assert_int_eq(times.outside, 1);
}
END_TEST

START_TEST(a_person_may_say_that_the_clock_is_right)
{
	note("05:30:00", SYNCED);
	take("note.added", "04:00:00", UP("aa", 1000), "\"said\":{\"code\":\"clock-trusted\"}");
	note("04:00:01", UP("aa", 2000));
	ck_assert_str_eq(code(), "");
}
END_TEST

START_TEST(no_machine_was_up_for_less_than_before)
{
	note("05:30:00", UP("aa", 9000));
	note("05:30:01", UP("bb", 1000));
	ck_assert_str_eq(code(), "");
	note("05:30:02", UP("bb", 900));
	ck_assert_str_eq(code(), "counter-ran-back");
	ck_assert_int_eq(v.findings[0].n, 2);
}
END_TEST

static void air(const char *clock, const char *more)
{
	take("airing.intended", "05:30:00", SYNCED, "");
	take("airing.ended", "05:31:35", clock, more);
}

#define AIRED(from, to)                                                                            \
	"\"airing\":\"A0\",\"start\":\"2026-11-23T" from ".000+07:00\",\"end\":\"2026-11-23T" to   \
	".000+07:00\""

START_TEST(an_airing_is_between_its_intent_and_its_outcome)
{
	air(SYNCED, AIRED("05:30:03", "05:31:33"));
	ck_assert_str_eq(code(), "");
}
END_TEST

START_TEST(an_airing_from_before_its_intent_is_named)
{
	air(SYNCED, AIRED("04:30:03", "04:31:33"));
	ck_assert_str_eq(code(), "aired-elsewhen");
	ck_assert_int_eq(v.findings[0].n, 1);
}
END_TEST

/* The disk was full: it waits for none. Nobody reads its time as one that was written then. */
START_TEST(an_alarm_from_before_its_intent_is_told)
{
	take("airing.intended", "05:30:00", SYNCED, "\"emergency\":null");
	take("airing.ended", "05:30:00", SYNCED, AIRED("04:30:03", "04:31:33"));
	ck_assert_str_eq(code(), "");
	verify_time_tell(&times);
	ck_assert_int_eq(v.note_count, 1);
	ck_assert_str_eq(v.notes[0].code, "alarm-untold");
	take("airing.intended", "05:32:00", SYNCED, "\"emergency\":null");
	take("airing.ended", "05:33:00", SYNCED,
	     "\"airing\":\"A2\",\"start\":\"2026-11-23T05:32:00.000+07:00\","
	     "\"end\":\"2026-11-23T06:32:00.000+07:00\"");
	ck_assert_str_eq(code(), "aired-elsewhen"); /* but never after its outcome */
}
END_TEST

/* Only of an emergency, which no disk keeps waiting. */
START_TEST(a_late_intent_of_an_emergency_says_since_when)
{
	static const char airing[] = "\"airing\":\"A0\",\"start\":"
				     "\"2026-11-23T05:30:01.000+07:00\"";
	const char *emergency = _i == 0 ? "\"emergency\":\"K1\"," : "";
	const char *happened = _i < 2 ? "05:30:00" : "05:33:00";
	char late[200];

	snprintf(late, sizeof(late), "%s\"happened\":\"2026-11-23T%s.000+07:00\"",
		 _i == 2 ? "\"emergency\":\"K1\"," : emergency, happened);
	take("airing.intended", "05:32:00", SYNCED, late);
	take("airing.ended", "05:32:01", SYNCED, airing);
	verify_time_tell(&times);
	ck_assert_int_eq(v.note_count, _i == 2); /* not late enough: told */
	ck_assert_str_eq(code(), _i == 1 ? "aired-elsewhen" : "");
}
END_TEST

START_TEST(an_airing_that_ends_behind_its_outcome_is_named)
{
	air(SYNCED, AIRED("05:30:03", "06:31:33"));
	ck_assert_str_eq(code(), "aired-elsewhen");
}
END_TEST

/* A clock that was set in between tells nothing of how long it took. */
START_TEST(a_clock_that_was_set_meanwhile_accuses_nobody)
{
	take("airing.intended", "05:30:00", SYNCED, "");
	take("clock.stepped", "05:30:30", SYNCED, "");
	take("airing.ended", "05:31:35", SYNCED, AIRED("04:30:03", "04:31:33"));
	ck_assert_str_eq(code(), "");
	n = 0;
	take("airing.intended", "05:32:00", UP("aa", 1000) "," LATE("05:32:00"), "");
	take("airing.ended", "05:33:35", SYNCED, AIRED("04:30:03", "04:31:33"));
	ck_assert_str_eq(code(), "");
}
END_TEST

/* Every entry bears one: leaving it out is no way round. */
START_TEST(an_entry_without_a_clock_among_others_is_named)
{
	json_t *o = json_object();

	verify_time_take(&times, n++, o);
	ck_assert_str_eq(code(), "");
	note("05:30:00", SYNCED);
	verify_time_take(&times, n++, o);
	ck_assert_str_eq(code(), "time-ran-back");
	ck_assert_int_eq(v.findings[0].n, 2);
	json_decref(o);
}
END_TEST

Suite *suite_verify_time(void);
Suite *suite_verify_time(void)
{
	Suite *s = suite_create("verify_time");
	TCase *t = tcase_create("times");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_goes_on_is_right);
	tcase_add_test(t, an_entry_from_before_is_named);
	tcase_add_test(t, unsure_entries_know_what_has_passed);
	tcase_add_test(t, bounds_on_both_sides_are_allowed_for);
	tcase_add_test(t, a_clock_that_is_late_and_says_so_is_told);
	tcase_add_test(t, saying_less_than_was_known_is_no_excuse);
	tcase_add_test(t, a_witness_that_agrees_says_nothing);
	tcase_add_test(t, an_entry_behind_a_witness_bears_no_earlier_time);
	tcase_add_test(t, what_a_witness_has_seen_bears_no_later_time);
	tcase_add_test(t, sizes_are_those_of_the_log_that_goes_on);
	tcase_add_test(t, a_person_may_say_that_the_clock_is_right);
	tcase_add_test(t, no_machine_was_up_for_less_than_before);
	tcase_add_test(t, an_airing_is_between_its_intent_and_its_outcome);
	tcase_add_test(t, an_airing_from_before_its_intent_is_named);
	tcase_add_test(t, an_alarm_from_before_its_intent_is_told);
	tcase_add_loop_test(t, a_late_intent_of_an_emergency_says_since_when, 0, 3);
	tcase_add_test(t, an_airing_that_ends_behind_its_outcome_is_named);
	tcase_add_test(t, a_clock_that_was_set_meanwhile_accuses_nobody);
	tcase_add_test(t, an_entry_without_a_clock_among_others_is_named);
	suite_add_tcase(s, t);
	return s;
}
