/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/query.h"

#include "proof/reader.h"
#include "proof/view.h"
#include "support/log_sample.h"

#include <check.h>
#include <math.h>
#include <string.h>

static struct view *v;
static struct err e;

static void setup(void)
{
	ck_assert(view_open(&v, ":memory:", &e));
}

static void teardown(void)
{
	view_close(v);
}

START_TEST(times_are_rounded_so_that_no_row_is_lost)
{
	ck_assert_int_eq(query_ms((struct wall){1999999}), 1);
	ck_assert_int_eq(query_ms((struct wall){-1}), -1);
	ck_assert_int_eq(query_ms_up((struct wall){1000001}), 2);
	ck_assert_int_eq(query_ms_up((struct wall){1000000}), 1);
}
END_TEST

static bool first_row(sqlite3_stmt *s, void *arg)
{
	char word[4];

	ck_assert_str_eq(query_text(s, 0), "");
	ck_assert(isnan(query_number(s, 0)));
	ck_assert(query_number(s, 1) == 2.5);
	QUERY_COPY(word, s, 2); /* "xã" fits, the third letter does not */
	ck_assert_str_eq(word, "xã");
	++*(int *)arg;
	return false;
}

START_TEST(a_walk_reads_until_it_is_told_to_stop)
{
	sqlite3_stmt *s = query_ask(v, "SELECT NULL, 2.5, 'xãá' UNION ALL SELECT 1, 2, 3", &e);
	int rows = 0;

	ck_assert_ptr_nonnull(s);
	ck_assert(query_walk(v, s, first_row, &rows, &e));
	ck_assert_int_eq(rows, 1);
	ck_assert_ptr_null(query_ask(v, "SELECT * FROM nothing", &e));
	ck_assert_ptr_nonnull(strstr(e.text, "view.sqlite"));
}
END_TEST

static struct log_sample sample;

static void open_sample(void)
{
	log_sample_open(&sample, ":memory:");
}

static void close_sample(void)
{
	log_sample_close(&sample);
}

static enum recorded recorded_of(const char *id)
{
	struct airing_row r;

	ck_assert(reader_airing(ledger_view(sample.ledger), id, &r, &e));
	return r.recorded;
}

/* A recording of a zone, by hours after the sample's start; then it is gone. */
static void removed_later(const char *file, const char *zone, int from_h, int to_h)
{
	struct wall from = wall_add_ns(LOG_SAMPLE_START, from_h * 3600 * NS_PER_S);
	struct wall to = wall_add_ns(LOG_SAMPLE_START, to_h * 3600 * NS_PER_S);
	int64_t n = log_sample_add(&sample, entry_recording_closed(file, "00ff", zone, from, to, 9,
								   &sample.tz));

	log_sample_add(&sample, json_pack("{s:s, s:s, s:I, s:s}", "kind", "recording.removed",
					  "file", file, "recording", (json_int_t)n, "why", "room"));
}

/* An airing of two hours, which begins in a file that is there. */
static void begin_long(char id[ID_BYTES])
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);

	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.recording = "05.mp3";
	f.end = wall_add_ns(f.start, 2 * 3600 * NS_PER_S);
	log_sample_add(&sample, entry_airing_ended(&f, &sample.tz));
	log_sample_add(&sample, entry_recording_closed(
		"05.mp3", "00ff", "mot", LOG_SAMPLE_START,
		wall_add_ns(LOG_SAMPLE_START, 3600 * NS_PER_S), 9, &sample.tz));
}

START_TEST(the_files_in_which_it_goes_on_count)
{
	char id[ID_BYTES];

	begin_long(id);
	removed_later("05-hai.mp3", "hai", 1, 2); /* another zone's */
	removed_later("07.mp3", "mot", 3, 4);	  /* after it */
	ck_assert_int_eq(recorded_of(id), RECORDED_THERE);
	removed_later("06.mp3", "mot", 1, 2);
	ck_assert_int_eq(recorded_of(id), RECORDED_ROOM);
}
END_TEST

/* A zone that no device sounded in rests on no recording. */
START_TEST(recordings_of_zones_without_a_device_do_not_count)
{
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&sample, entry_airing_intended(&f, &sample.tz)), id);
	f.airing = id;
	f.recording = "a.mp3";
	json_t *o = entry_airing_ended(&f, &sample.tz);
	json_object_set_new(o, "by_zone", json_pack("{s:{s:s, s:n}, s:{s:s, s:s}}", "mot",
						    "recording", "a.mp3", "proof", "hai",
						    "recording", "b.mp3", "proof", "A"));
	log_sample_add(&sample, o);
	removed_later("a.mp3", "mot", 0, 1);
	ck_assert_int_eq(recorded_of(id), RECORDED_THERE);
	removed_later("b.mp3", "hai", 0, 1);
	ck_assert_int_eq(recorded_of(id), RECORDED_ROOM);
}
END_TEST

Suite *suite_query(void);
Suite *suite_query(void)
{
	Suite *s = suite_create("query");
	TCase *t = tcase_create("query");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, times_are_rounded_so_that_no_row_is_lost);
	tcase_add_test(t, a_walk_reads_until_it_is_told_to_stop);
	suite_add_tcase(s, t);
	t = tcase_create("recordings");
	tcase_add_checked_fixture(t, open_sample, close_sample);
	tcase_add_test(t, the_files_in_which_it_goes_on_count);
	tcase_add_test(t, recordings_of_zones_without_a_device_do_not_count);
	suite_add_tcase(s, t);
	return s;
}
