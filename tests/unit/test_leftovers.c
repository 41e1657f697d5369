/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/leftovers.h"

#include "base/json.h"
#include "proof/prefix.h"
#include "proof/reader.h"
#include "support/log_sample.h"
#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static struct log_sample log_of;
static struct desk desk;
static char dir[64];

/* A recording of `bytes` bytes, last written at `at`. */
static void put(const char *path, size_t bytes, struct wall at)
{
	char full[600];
	struct timespec times[2] = {{at.ns / NS_PER_S, 0}, {at.ns / NS_PER_S, 0}};

	snprintf(full, sizeof(full), "%s/%s", dir, path);
	FILE *f = fopen(full, "w");
	ck_assert_ptr_nonnull(f);
	for (size_t i = 0; i < bytes; i++)
		fputc((int)(i % 251), f);
	fclose(f);
	ck_assert_int_eq(utimensat(AT_FDCWD, full, times, 0), 0);
}

static void setup(void)
{
	char path[600];
	const char *const folders[] = {"aircheck", "aircheck/2026", "aircheck/2026/11",
				       "aircheck/2026/11/23"};

	tmpdir_make(dir);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, folders[i]);
		ck_assert_int_eq(mkdir(path, 0755), 0);
	}
	log_sample_open(&log_of, ":memory:");
	desk = (struct desk){
		.ledger = log_of.ledger, .clock = &log_of.clock.clock, .tz = log_of.tz};
	snprintf(desk.dir, sizeof(desk.dir), "%s", dir);
}

static void teardown(void)
{
	log_sample_close(&log_of);
	tmpdir_remove(dir);
}

START_TEST(closes_what_no_entry_names_and_only_once)
{
	struct wall boot = LOG_SAMPLE_START;
	struct wall before = wall_add_ns(boot, -60 * NS_PER_S);
	json_t *entry;
	struct err e = {0};

	put("aircheck/2026/11/23/05-trung-tam.mp3", 80000, before);
	put("aircheck/2026/11/23/05-trung-tam.2.mp3", 8000, wall_add_ns(boot, NS_PER_S));
	put("aircheck/2026/11/23/ghi-chu.txt", 10, before);
	put("aircheck/2026/11/23/04-thon-2.mp3", 0, before);
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_PROGRAM_ENDED), 1);
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_PROGRAM_ENDED), 0);
	ck_assert(reader_last(ledger_view(log_of.ledger), "recording.closed", &entry, &e));
	ck_assert_str_eq(json_get_text(entry, "file", ""), "aircheck/2026/11/23/05-trung-tam.mp3");
	ck_assert_str_eq(json_get_text(entry, "zone", ""), "trung-tam");
	ck_assert_str_eq(json_get_text(entry, "reason", ""), "program-ended");
	ck_assert_int_eq(json_get_integer(entry, "bytes", 0), 80000);
	ck_assert_uint_eq(strlen(json_get_text(entry, "sha256", "")), 64);
	ck_assert_str_eq(json_get_text(entry, "from", ""), "2026-11-23T05:28:50.016+07:00");
	ck_assert_str_eq(json_get_text(entry, "to", ""), "2026-11-23T05:29:00.000+07:00");
	json_decref(entry);
}
END_TEST

START_TEST(without_recordings_there_is_nothing_to_do)
{
	struct wall later = wall_add_ns(LOG_SAMPLE_START, 40 * 86400 * NS_PER_S);

	ck_assert_int_eq(leftovers_close(&desk, later, REASON_STATION_STOPPED), 0);
}
END_TEST

/* An outcome of 90 s, a minute into this recording. */
static void air(const char *recording, struct wall at)
{
	struct airing_facts f = log_sample_airing("B1", at);
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&log_of, entry_airing_intended(&f, &log_of.tz)), id);
	f.airing = id;
	f.has_start = f.has_end = true;
	f.start = at;
	f.end = wall_add_ns(at, 90 * NS_PER_S);
	f.frames = 90 * FRAMES_PER_S;
	f.result = "full";
	f.recording = recording;
	f.recording_frames = 60 * FRAMES_PER_S;
	log_sample_add(&log_of, entry_airing_ended(&f, &log_of.tz));
}

static json_t *last(const char *kind)
{
	struct err e = {0};
	json_t *entry = NULL;

	ck_assert(reader_last(ledger_view(log_of.ledger), kind, &entry, &e));
	return entry;
}

/* Files' times are worth nothing where a clock said 1970 after the start, and the day may be long
 * past: the log knows when it began. */
START_TEST(what_aired_in_it_says_when_it_began)
{
	struct wall boot = LOG_SAMPLE_START, at = wall_add_ns(boot, -4 * 86400 * NS_PER_S);

	air("aircheck/2026/11/23/05-thon-2.mp3", at);
	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	put("aircheck/2026/11/23/05-thon-2.mp3", 80000, wall_add_ns(boot, 99 * NS_PER_S));
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_POWER_OFF), 1);
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_POWER_OFF), 0);
	json_t *entry = last("recording.closed");
	ck_assert_str_eq(json_get_text(entry, "zone", ""), "thon-2");
	ck_assert_str_eq(json_get_text(entry, "from", ""), "2026-11-19T05:29:00.000+07:00");
	ck_assert_ptr_null(json_object_get(entry, "differs"));
	json_decref(entry);
}
END_TEST

/* The log had vouched for its first bytes; put() writes others there. */
START_TEST(one_that_was_exchanged_is_told_to_differ)
{
	struct wall boot = LOG_SAMPLE_START, at = wall_add_ns(boot, -300 * NS_PER_S);
	const char *file = "aircheck/2026/11/23/05-thon-2.mp3";
	struct vouched p = {.bytes = 9};

	air(file, at);
	snprintf(p.file, sizeof(p.file), "%s", file);
	view_hash("what aired", 9, p.sha256);
	log_sample_add(&log_of, json_pack("{s:s, s:s, s:[o]}", "kind", "airing.checked", "airing",
					  "A0", "prefixes", prefix_json(&p)));
	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	put(file, 80000, wall_add_ns(boot, -60 * NS_PER_S));
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_PROGRAM_ENDED), 1);
	json_t *entry = last("recording.closed"), *differs = json_object_get(entry, "differs");
	ck_assert_str_eq(json_get_text(differs, "code", ""), "recording.not-vouched");
	ck_assert_int_eq(json_get_integer(differs, "entry", -1), 2);
	ck_assert_int_eq(json_get_integer(differs, "vouched_bytes", -1), 9);
	json_decref(entry);
}
END_TEST

START_TEST(one_that_is_gone_is_told_of_once)
{
	struct wall boot = LOG_SAMPLE_START, at = wall_add_ns(boot, -300 * NS_PER_S);

	air("aircheck/2026/11/23/05-thon-2.mp3", at);
	air("aircheck/2026/11/23/05-thon-2.mp3", wall_add_ns(at, 100 * NS_PER_S));
	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_PROGRAM_ENDED), 1);
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_PROGRAM_ENDED), 0);
	json_t *entry = last("recording.lost");
	ck_assert_str_eq(json_get_text(entry, "file", ""), "aircheck/2026/11/23/05-thon-2.mp3");
	ck_assert_str_eq(json_get_text(entry, "reason", ""), "program-ended");
	ck_assert_str_eq(json_get_text(entry, "from", ""), "2026-11-23T05:24:00.000+07:00");
	ck_assert_str_eq(json_get_text(entry, "to", ""), "2026-11-23T05:28:10.000+07:00");
	json_decref(entry);
}
END_TEST

/* By a run that named its recordings before it made them. */
static void begun(const char *file, struct wall from)
{
	json_t *one = entry_begun_file(file, "thon-2", from, &log_of.tz);

	log_sample_add(&log_of, entry_recording_begun(json_pack("[o]", one)));
}

/* Whatever name it bears and whatever time: it would be an airing's recording that nobody made. */
START_TEST(a_file_that_no_entry_begins_is_told_of_once_and_left_alone)
{
	struct wall boot = LOG_SAMPLE_START, from = wall_add_ns(boot, -100 * NS_PER_S);
	const char *ours = "aircheck/2026/11/23/05-thon-2.mp3";

	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	begun(ours, from);
	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	put(ours, 80000, wall_add_ns(boot, 99 * NS_PER_S)); /* touched: its entry knows better */
	put("aircheck/2026/11/23/05-thon-2.9.mp3", 8000, wall_add_ns(boot, -60 * NS_PER_S));
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_PROGRAM_ENDED), 2);
	ck_assert_int_eq(leftovers_close(&desk, boot, REASON_PROGRAM_ENDED), 0);
	json_t *entry = last("recording.closed");
	ck_assert_str_eq(json_get_text(entry, "file", ""), ours);
	ck_assert_str_eq(json_get_text(entry, "from", ""), "2026-11-23T05:28:20.000+07:00");
	json_decref(entry);
	entry = last("recording.unknown");
	ck_assert_str_eq(json_get_text(entry, "file", ""), "aircheck/2026/11/23/05-thon-2.9.mp3");
	ck_assert_int_eq(json_get_integer(entry, "bytes", -1), 8000);
	ck_assert_str_eq(json_get_text(entry, "written", ""), "2026-11-23T05:29:00.000+07:00");
	json_decref(entry);
}
END_TEST

/* The power went between the entry and the file, or before a byte was in it: nothing is claimed. */
START_TEST(one_that_was_begun_and_never_came_to_be_is_no_loss)
{
	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	begun("aircheck/2026/11/23/05-thon-2.mp3", LOG_SAMPLE_START);
	begun("aircheck/2026/11/23/05-thon-2.2.mp3", LOG_SAMPLE_START);
	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	put("aircheck/2026/11/23/05-thon-2.2.mp3", 0, LOG_SAMPLE_START);
	ck_assert_int_eq(leftovers_close(&desk, LOG_SAMPLE_START, REASON_POWER_OFF), 0);
}
END_TEST

/* That of the present run is open, and no business of the start. */
START_TEST(what_is_recorded_now_is_left_alone)
{
	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	air("aircheck/2026/11/23/05-thon-2.mp3", LOG_SAMPLE_START);
	begun("aircheck/2026/11/23/05-thon-2.2.mp3", LOG_SAMPLE_START);
	put("aircheck/2026/11/23/05-thon-2.2.mp3", 80000, wall_add_ns(LOG_SAMPLE_START, 9));
	ck_assert_int_eq(leftovers_close(&desk, LOG_SAMPLE_START, REASON_PROGRAM_ENDED), 0);
}
END_TEST

Suite *suite_leftovers(void)
{
	Suite *s = suite_create("leftovers");
	TCase *t = tcase_create("leftovers");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_file_that_no_entry_begins_is_told_of_once_and_left_alone);
	tcase_add_test(t, one_that_was_begun_and_never_came_to_be_is_no_loss);
	tcase_add_test(t, closes_what_no_entry_names_and_only_once);
	tcase_add_test(t, what_aired_in_it_says_when_it_began);
	tcase_add_test(t, one_that_was_exchanged_is_told_to_differ);
	tcase_add_test(t, one_that_is_gone_is_told_of_once);
	tcase_add_test(t, what_is_recorded_now_is_left_alone);
	tcase_add_test(t, without_recordings_there_is_nothing_to_do);
	suite_add_tcase(s, t);
	return s;
}
