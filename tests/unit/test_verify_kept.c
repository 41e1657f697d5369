/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/keep.h"
#include "proof/verify_story.h"
#include "support/log_sample.h"
#include "support/tmpdir.h"
#include "support/verify_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define FILE_A "06-z.mp3"
#define DAY_S INT64_C(86400)

static char dir[64];
static struct log_sample sample;
static struct verdict v;
static struct err e;
static const char *also; /* the recording of a second zone */

static struct wall after_s(int64_t s)
{
	return wall_add_ns(LOG_SAMPLE_START, s * NS_PER_S);
}

static void setup(void)
{
	also = NULL;
	tmpdir_make(dir);
	log_sample_open(&sample, ":memory:");
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
	log_sample_close(&sample);
	tmpdir_remove(dir);
}

static const char *code(void)
{
	return verify_case_code(verify_kept, ledger_view(sample.ledger), dir, &v);
}

static const char *noted(void)
{
	ck_assert_str_eq(code(), "");
	return v.note_count > 0 ? v.notes[0].code : "";
}

/* An hour from `from_s` after the start of the sample on. */
static void close_recording(int64_t from_s)
{
	log_sample_add(&sample, entry_recording_closed(FILE_A, "00ff", "z", after_s(from_s),
						       after_s(from_s + 3600), 28800000,
						       &sample.tz));
}

/* An outcome of 90 s, so far into the recording of that name. */
static void air(int64_t at_s, int64_t into_s)
{
	struct airing_facts f = log_sample_airing("B1", after_s(at_s));
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.has_start = f.has_end = true;
	f.start = after_s(at_s);
	f.end = after_s(at_s + 90);
	f.frames = 90 * FRAMES_PER_S;
	f.complete = 1;
	f.result = "full";
	f.recording = FILE_A;
	f.recording_frames = into_s * FRAMES_PER_S;
	json_t *entry = entry_airing_ended(&f, &sample.tz);
	if (also != NULL)
		json_object_set_new(entry, "by_zone",
				    json_pack("{s:{s:s}, s:{s:s, s:i}}", "z", "recording", FILE_A,
					      "y", "recording", also, "recording_s", (int)into_s));
	log_sample_add(&sample, entry);
}

static void start(void)
{
	log_sample_add(&sample, entry_station_started("1", "s", "boot"));
}

static void leave_file(void)
{
	char path[200];

	snprintf(path, sizeof(path), "%s/" FILE_A, dir);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fclose(f);
}

static void remove_it(const char *why, int64_t days)
{
	struct recording_row r;

	ck_assert(history_recording(ledger_view(sample.ledger), FILE_A, &r, &e));
	sample.clock.now_wall = after_s(days * DAY_S);
	log_sample_add(&sample, keep_entry_removed(&r, r.sha256, why, 0, &sample.tz));
}

START_TEST(what_aired_lies_in_its_recording)
{
	start();
	air(60, 60);
	close_recording(0);
	ck_assert_str_eq(noted(), "");
	ck_assert_int_eq(v.checks[CHECK_KEPT].count, 1);
}
END_TEST

START_TEST(an_airing_begins_before_the_end_of_its_recording)
{
	start();
	air(3600, 3655); /* the last minute: how files are cut */
	close_recording(0);
	ck_assert_str_eq(noted(), "");
	start();
	air(7300, 3700);
	close_recording(3600);
	ck_assert_str_eq(code(), "recording-shorter");
	ck_assert_int_eq(v.differ, 1);
	ck_assert_str_eq(v.findings[0].file, FILE_A);
}
END_TEST

START_TEST(a_clock_that_was_set_back_makes_no_recording_shorter)
{
	start();
	air(7300, 3700);
	log_sample_add(&sample, entry_clock_stepped(-3.8e6, after_s(7400), after_s(3600),
						     &sample.tz));
	close_recording(0);
	ck_assert_str_eq(noted(), "");
}
END_TEST

START_TEST(a_pack_owes_no_recording_that_was_being_written)
{
	start();
	air(60, 60);
	ck_assert(verify_kept(ledger_view(sample.ledger), NULL, &v, &e));
	ck_assert_ptr_null(verdict_first(&v));
	ck_assert_str_eq(v.notes[0].code, "recording-open");
}
END_TEST

START_TEST(a_clock_that_was_set_within_a_recording_is_no_difference)
{
	start();
	air(1260, 60); /* 20 minutes forward under way */
	close_recording(0);
	ck_assert_str_eq(noted(), "");
}
END_TEST

START_TEST(one_that_nobody_told_of_is_a_difference_once_it_is_gone)
{
	start();
	air(60, 60);
	leave_file();
	ck_assert_str_eq(noted(), "recording-open");
	tmpdir_remove(dir);
	tmpdir_make(dir);
	ck_assert_str_eq(code(), "recording-untold");
	ck_assert_int_eq(v.findings[0].n, 1);
	ck_assert_str_eq(v.findings[0].file, FILE_A);
}
END_TEST

START_TEST(the_recording_of_each_zone_counts)
{
	also = "06-y.mp3";
	start();
	air(60, 60);
	close_recording(0);
	ck_assert_str_eq(code(), "recording-untold");
	ck_assert_str_eq(v.findings[0].file, "06-y.mp3");
	ck_assert_int_eq(v.checks[CHECK_KEPT].differ, 1);
}
END_TEST

START_TEST(another_recording_of_that_name_does_not_stand_for_it)
{
	start();
	air(60, 60);
	start();
	close_recording(339);
	ck_assert_str_eq(code(), "recording-untold");
}
END_TEST

START_TEST(what_a_start_told_to_be_lost_is_noted)
{
	start();
	air(60, 60);
	start();
	log_sample_add(&sample, entry_recording_lost(FILE_A, "z", after_s(0), after_s(150),
						     "program-ended", &sample.tz));
	ck_assert_str_eq(noted(), "recordings-lost");
	ck_assert_int_eq(v.notes[0].count, 1);
}
END_TEST

START_TEST(what_a_start_found_exchanged_differs_though_it_is_gone_since)
{
	start();
	json_t *o = entry_recording_closed(FILE_A, "00ff", "z", after_s(0), after_s(3600), 28800000,
					   &sample.tz);
	json_object_set_new(o, "differs", json_pack("{s:s}", "code", "recording.not-vouched"));
	log_sample_add(&sample, o);
	ck_assert_str_eq(code(), "recording-not-vouched");
	ck_assert_str_eq(v.findings[0].file, FILE_A);
	remove_it(KEEP_AGE, 181);
	ck_assert_str_eq(code(), "recording-not-vouched");
}
END_TEST

START_TEST(for_its_age_it_may_go)
{
	start();
	close_recording(0);
	remove_it(KEEP_AGE, 181);
	ck_assert_str_eq(code(), "");
	ck_assert_int_eq(v.checks[CHECK_KEPT].count, 1);
}
END_TEST

START_TEST(for_room_it_may_go_on_its_first_day)
{
	close_recording(0);
	remove_it(KEEP_ROOM, 1);
	ck_assert_str_eq(code(), "");
}
END_TEST

START_TEST(for_no_cause_or_too_early_it_may_not)
{
	close_recording(0);
	remove_it("because", 200);
	ck_assert_str_eq(code(), "removed-causeless");
	ck_assert_int_eq(v.findings[0].n, 1);
	close_recording(0);
	remove_it(KEEP_AGE, 29);
	ck_assert_int_eq((code(), v.checks[CHECK_KEPT].differ), 2);
	ck_assert_str_eq(v.findings[1].code, "removed-early");
}
END_TEST

START_TEST(while_it_is_held_it_may_not)
{
	char hold[ID_BYTES];

	close_recording(0);
	entry_id('H', log_sample_add(&sample, keep_entry_held(after_s(0), after_s(60), "z", "why",
							      "user:3", &sample.tz)), hold);
	remove_it(KEEP_AGE, 181);
	ck_assert_str_eq(code(), "removed-held");
	ck_assert_int_eq(v.findings[0].n, 2);
	log_sample_add(&sample, keep_entry_lifted(hold, "done", "user:3"));
	ck_assert_str_eq(code(), "removed-held"); /* lifted too late */
}
END_TEST

START_TEST(a_hold_that_was_lifted_or_covers_another_hour_or_zone_is_none)
{
	char hold[ID_BYTES];

	close_recording(0);
	entry_id('H', log_sample_add(&sample, keep_entry_held(after_s(0), after_s(60), "z", "why",
							      "user:3", &sample.tz)), hold);
	log_sample_add(&sample, keep_entry_lifted(hold, "done", "user:3"));
	log_sample_add(&sample, keep_entry_held(after_s(3600), after_s(7200), "z", "why", "user:3",
						&sample.tz));
	log_sample_add(&sample, keep_entry_held(after_s(0), after_s(60), "y", "why", "user:3",
						&sample.tz));
	remove_it(KEEP_AGE, 181);
	ck_assert_str_eq(code(), "");
}
END_TEST

/* Its written times lie before the hold, and those that the station knew to be right in it. */
START_TEST(a_clock_that_was_known_to_be_off_counts_for_a_hold)
{
	close_recording(0);
	log_sample_add(&sample, entry_clock_corrected(0, 0, 7200000, "boot", 500));
	log_sample_add(&sample, keep_entry_held(after_s(7200), after_s(7260), "z", "why", "user:3",
						&sample.tz));
	remove_it(KEEP_AGE, 181);
	ck_assert_str_eq(code(), "removed-held");
}
END_TEST

START_TEST(a_correction_that_came_later_accuses_nobody)
{
	close_recording(0);
	log_sample_add(&sample, keep_entry_held(after_s(7200), after_s(7260), "z", "why", "user:3",
						&sample.tz));
	remove_it(KEEP_AGE, 181);
	log_sample_add(&sample, entry_clock_corrected(0, 0, 7200000, "boot", 500));
	ck_assert_str_eq(code(), "");
}
END_TEST

Suite *suite_verify_kept(void)
{
	Suite *s = suite_create("verify_kept");
	TCase *t = tcase_create("kept");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_aired_lies_in_its_recording);
	tcase_add_test(t, an_airing_begins_before_the_end_of_its_recording);
	tcase_add_test(t, a_clock_that_was_set_back_makes_no_recording_shorter);
	tcase_add_test(t, a_pack_owes_no_recording_that_was_being_written);
	tcase_add_test(t, a_clock_that_was_set_within_a_recording_is_no_difference);
	tcase_add_test(t, one_that_nobody_told_of_is_a_difference_once_it_is_gone);
	tcase_add_test(t, the_recording_of_each_zone_counts);
	tcase_add_test(t, another_recording_of_that_name_does_not_stand_for_it);
	tcase_add_test(t, what_a_start_told_to_be_lost_is_noted);
	tcase_add_test(t, what_a_start_found_exchanged_differs_though_it_is_gone_since);
	tcase_add_test(t, for_its_age_it_may_go);
	tcase_add_test(t, for_room_it_may_go_on_its_first_day);
	tcase_add_test(t, for_no_cause_or_too_early_it_may_not);
	tcase_add_test(t, while_it_is_held_it_may_not);
	tcase_add_test(t, a_hold_that_was_lifted_or_covers_another_hour_or_zone_is_none);
	tcase_add_test(t, a_clock_that_was_known_to_be_off_counts_for_a_hold);
	tcase_add_test(t, a_correction_that_came_later_accuses_nobody);
	suite_add_tcase(s, t);
	return s;
}
