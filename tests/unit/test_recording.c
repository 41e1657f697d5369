/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bytes are cut out: within an hour, over its end, into a file that is still open, after a
 * power cut, and when there is nothing to cut. MP3 frames of 192 bytes and 24 ms. */
#include "station/recording.h"

#include "base/json.h"
#include "base/must.h"
#include "mix/coder.h"
#include "proof/entry.h"
#include "proof/keep.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_05 "aircheck/2026/11/23/05-mot.mp3"
#define FILE_06 "aircheck/2026/11/23/06-mot.mp3"
#define FILE_06_2 "aircheck/2026/11/23/06-mot.2.mp3"
#define HOUR_BYTES (150000 * INT64_C(192))

static struct deskcase c;
static struct recording got;
static struct err e;
static int64_t intent; /* an entry before all recordings, which stands for the airing's */

static void setup(void)
{
	static const char *const folders[] = {"aircheck", "aircheck/2026", "aircheck/2026/11",
					      "aircheck/2026/11/23"};
	char path[160];

	deskcase_open(&c);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", c.dir, folders[i]);
		must(mkdir(path, 0700) == 0);
	}
	ck_assert_int_eq(coder_frame_bytes(), 192);
	ck_assert(ledger_append(c.desk.ledger, entry_station_stopped("quit", NULL), &intent, &e));
}

static void teardown(void)
{
	deskcase_close(&c);
}

static struct wall at(const char *local)
{
	struct wall t;

	ck_assert(wall_parse(local, &c.desk.world.files->settings.tz, &t));
	return t;
}

static int64_t closed(const char *file, const char *from, const char *to, int64_t bytes)
{
	int64_t n;

	deskcase_write(&c, file, "x");
	ck_assert(ledger_append(c.desk.ledger,
				entry_recording_closed(file, "00ff", "mot", at(from), at(to), bytes,
						       &c.desk.tz), &n, &e));
	return n;
}

/* An airing of 10 s from `start` on, in this recording and so far into it. */
static struct airing_row airing(const char *start, const char *recording, int64_t into)
{
	struct airing_row r = {.zones = "mot,hai", .result = "full",
			       .frames = 10 * FRAMES_PER_S, .planned_length_ms = 10000,
			       .recording_frames = into};

	snprintf(r.recording, sizeof(r.recording), "%s", recording);
	entry_id('A', intent, r.id);
	r.ended_n = intent;
	r.start_ms = r.planned_ms = at(start).ns / NS_PER_MS;
	r.end_ms = r.start_ms + 10000;
	return r;
}

static void ck_part(int i, const char *file, int64_t first, int64_t bytes, int64_t entry)
{
	ck_assert_int_lt(i, got.count);
	ck_assert_str_eq(got.parts[i].file, file);
	ck_assert_int_eq(got.parts[i].first, first);
	ck_assert_int_eq(got.parts[i].bytes, bytes);
	ck_assert_int_eq(got.parts[i].entry, entry);
}

START_TEST(exactly_its_frames_and_the_one_before_them)
{
	int64_t n = closed(FILE_05, "2026-11-23T05:00", "2026-11-23T06:00", HOUR_BYTES);
	struct airing_row r = airing("2026-11-23T05:30", FILE_05, 100 * MP3_FRAMES + 7);

	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_assert(got.exact && got.count == 1 && got.parts[0].there);
	/* 10 s are 416.7 MP3 frames. */
	ck_part(0, FILE_05, 99 * 192, 418 * 192, n);
	r.recording_frames = 0;
	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_part(0, FILE_05, 0, 417 * 192, n);
}
END_TEST

START_TEST(over_the_hour_into_closed_and_open_files)
{
	int64_t n = closed(FILE_05, "2026-11-23T05:00", "2026-11-23T06:00", HOUR_BYTES);
	struct airing_row r = airing("2026-11-23T05:59:55", FILE_05, (150000 - 209) * MP3_FRAMES);

	deskcase_write(&c, FILE_06, "x");
	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_assert_int_eq(got.count, 2);
	ck_part(0, FILE_05, (150000 - 210) * 192, 210 * 192, n);
	ck_part(1, FILE_06, 0, (418 - 210) * 192, -1);
	int64_t m = closed(FILE_06, "2026-11-23T06:00", "2026-11-23T06:00:03", 125 * 192);
	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_assert_int_eq(got.count, 2); /* the rest was recorded nowhere */
	ck_part(1, FILE_06, 0, 125 * 192, m);
	deskcase_write(&c, FILE_06_2, "x");
	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_assert_int_eq(got.count, 3);
	ck_part(2, FILE_06_2, 0, (418 - 210 - 125) * 192, -1);
	/* Two seconds passed before it was recorded again: they are not taken from what follows. */
	closed(FILE_06_2, "2026-11-23T06:00:05", "2026-11-23T07:00", HOUR_BYTES);
	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_assert_int_eq(got.count, 2);
}
END_TEST

START_TEST(by_the_clock_where_the_log_says_no_more)
{
	int64_t n = closed(FILE_05, "2026-11-23T05:00", "2026-11-23T06:00", HOUR_BYTES);
	struct airing_row r = airing("2026-11-23T05:00:24", FILE_05, -1);

	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_assert(!got.exact);
	ck_part(0, FILE_05, 999 * 192, 418 * 192, n);
	/* A power cut: no start, no recording, no length in the log. */
	r = airing("2026-11-23T05:00:24", "", -1);
	snprintf(r.result, sizeof(r.result), "interrupted");
	r.frames = r.start_ms = r.end_ms = 0;
	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_assert(!got.exact);
	ck_part(0, FILE_05, 999 * 192, 418 * 192, n);
	r.planned_ms += 3600 * 1000;
	ck_assert(!recording_find(&c.desk, &r, &got, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

START_TEST(what_was_removed_says_when_and_why)
{
	int64_t n = closed(FILE_05, "2026-11-23T05:00", "2026-11-23T06:00", HOUR_BYTES), m;
	struct airing_row r = airing("2026-11-23T05:30", FILE_05, 100 * MP3_FRAMES + 7);
	struct recording_row row = {.n = n, .file = FILE_05};

	ck_assert(ledger_append(c.desk.ledger, keep_entry_removed(&row, "", KEEP_AGE, 0,
								  &c.desk.tz), &m, &e));
	ck_assert(recording_find(&c.desk, &r, &got, &e));
	json_t *o = recording_json(&got, &c.desk.tz);
	const json_t *part = json_array_get(json_object_get(o, "parts"), 0);
	const json_t *removed = json_object_get(part, "removed");
	ck_assert_str_eq(json_get_text(removed, "why", ""), "age");
	ck_assert_int_eq(json_get_integer(removed, "entry", -1), m);
	ck_assert_int_eq(strncmp(json_get_text(removed, "at", ""), "2026-11-23T", 11), 0);
	json_decref(o);
}
END_TEST

/* The run that recorded it ended, its file went, and an older program gave the name to another. */
START_TEST(another_recording_of_that_name_is_not_its_own)
{
	struct airing_row r = airing("2026-11-23T06:25", FILE_06, 100 * MP3_FRAMES);
	int64_t n;

	ck_assert(ledger_append(c.desk.ledger, entry_station_started("1", "s", "boot"), &n, &e));
	closed(FILE_06, "2026-11-23T06:29:39", "2026-11-23T07:00", 75000 * INT64_C(192));
	ck_assert(!recording_find(&c.desk, &r, &got, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

/* A full disk took the hour's first file within the hour. */
START_TEST(of_two_recordings_of_a_name_its_own_is_the_first_after_it)
{
	struct airing_row r = airing("2026-11-23T06:05", FILE_06, 100 * MP3_FRAMES);
	int64_t n = closed(FILE_06, "2026-11-23T06:00", "2026-11-23T06:20", HOUR_BYTES / 3), m;
	struct recording_row row = {.n = n, .file = FILE_06};

	ck_assert(ledger_append(c.desk.ledger, keep_entry_removed(&row, "", KEEP_ROOM, 0,
								  &c.desk.tz), &m, &e));
	closed(FILE_06, "2026-11-23T06:28", "2026-11-23T07:00", HOUR_BYTES / 2);
	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_part(0, FILE_06, 99 * 192, 418 * 192, n);
	ck_assert_int_eq(got.parts[0].removed_n, m);
}
END_TEST

START_TEST(nothing_to_hear)
{
	struct airing_row r = airing("2026-11-23T05:30", FILE_05, 0);

	ck_assert(recording_find(&c.desk, &r, &got, &e));
	ck_assert(!got.parts[0].there);
	json_t *o = recording_json(&got, &c.desk.tz);
	ck_assert(json_is_false(json_object_get(json_array_get(json_object_get(o, "parts"), 0),
						"there")));
	json_decref(o);
	snprintf(r.result, sizeof(r.result), "on-air");
	ck_assert(!recording_find(&c.desk, &r, &got, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	snprintf(r.result, sizeof(r.result), "missed");
	r.frames = 0;
	ck_assert(!recording_find(&c.desk, &r, &got, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

Suite *suite_recording(void);
Suite *suite_recording(void)
{
	Suite *s = suite_create("recording");
	TCase *t = tcase_create("recording");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, exactly_its_frames_and_the_one_before_them);
	tcase_add_test(t, over_the_hour_into_closed_and_open_files);
	tcase_add_test(t, another_recording_of_that_name_is_not_its_own);
	tcase_add_test(t, of_two_recordings_of_a_name_its_own_is_the_first_after_it);
	tcase_add_test(t, by_the_clock_where_the_log_says_no_more);
	tcase_add_test(t, what_was_removed_says_when_and_why);
	tcase_add_test(t, nothing_to_hear);
	suite_add_tcase(s, t);
	return s;
}
