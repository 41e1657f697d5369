/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/keep.h"

#include "base/json.h"
#include "support/log_sample.h"

#include <check.h>
#include <string.h>

#define HOUR 3600
#define DAY (24 * HOUR)

static struct log_sample sample;
static struct view *v;
static struct recording_row row;
static struct err e;

static struct wall at(int64_t s)
{
	return wall_add_ns(LOG_SAMPLE_START, s * NS_PER_S);
}

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	v = ledger_view(sample.ledger);
}

static void teardown(void)
{
	log_sample_close(&sample);
}

static int64_t record(const char *file, const char *zone, int64_t from_s)
{
	return log_sample_add(&sample, entry_recording_closed(file, "00ff", zone, at(from_s),
							      at(from_s + HOUR), 192, &sample.tz));
}

static int64_t hold(int64_t from_s, int64_t to_s, const char *zone)
{
	return log_sample_add(&sample, keep_entry_held(at(from_s), at(to_s), zone, "thanh tra",
						       "user:4", &sample.tz));
}

static void remove_it(const char *why)
{
	int64_t until_ms;

	ck_assert(keep_held_until(v, &row, &until_ms, &e));
	log_sample_add(&sample, keep_entry_removed(&row, row.sha256, why, until_ms, &sample.tz));
}

static const char *oldest(int64_t after)
{
	return keep_oldest(v, after, &row, &e) ? row.file : "";
}

static const char *older(int64_t after, int64_t limit_s)
{
	return keep_older(v, after, at(limit_s), at(400 * DAY), &row, &e) ? row.file : "";
}

START_TEST(the_oldest_goes_first_and_once)
{
	record("a", "mot", 0);
	record("b", "mot", HOUR);
	ck_assert_str_eq(oldest(-1), "a");
	ck_assert_str_eq(oldest(0), "b");
	remove_it(KEEP_ROOM);
	ck_assert_str_eq(oldest(-1), "a");
	remove_it(KEEP_AGE);
	ck_assert_str_eq(oldest(-1), "");
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(history_recording(v, "b", &row, &e));
	ck_assert_int_eq(row.removed_n, 2);
	ck_assert_int_gt(row.removed_ms, 0);
	ck_assert_str_eq(row.removed_why, "room");
}
END_TEST

START_TEST(only_what_is_old_enough_goes_for_its_age)
{
	record("a", "mot", 0);
	record("b", "mot", DAY);
	ck_assert_str_eq(older(-1, HOUR), "");	/* ends then: not before */
	ck_assert_str_eq(older(-1, HOUR + 1), "a");
	ck_assert_str_eq(older(0, HOUR + 1), "");
	ck_assert_str_eq(older(0, 3 * DAY), "b");
}
END_TEST

START_TEST(a_clock_that_was_slow_makes_nothing_old)
{
	record("a", "mot", 0);
	record("slow", "mot", -400 * DAY);
	ck_assert_str_eq(older(-1, -DAY), "");
	ck_assert_str_eq(older(-1, DAY), "a");
	remove_it(KEEP_AGE);
	/* What is gone was before it all the same. */
	ck_assert_str_eq(older(-1, -DAY), "");
	ck_assert_str_eq(older(-1, DAY), "slow");
}
END_TEST

START_TEST(nor_one_that_was_fast_anything_young)
{
	record("fast", "mot", 9000 * DAY);
	record("a", "mot", 0);
	ck_assert_str_eq(older(-1, DAY), "a");
}
END_TEST

START_TEST(times_that_were_corrected_count)
{
	record("slow", "mot", -400 * DAY);
	ck_assert_str_eq(older(-1, -DAY), "slow");
	log_sample_add(&sample, entry_clock_corrected(0, 0, INT64_C(86400000) * 400, "b", 1));
	ck_assert_str_eq(older(-1, -DAY), "");
	/* A hold on the days that it truly was of, and one on those that were written. */
	hold(0, DAY, "");
	ck_assert_str_eq(oldest(-1), "");
	log_sample_add(&sample, keep_entry_lifted("H2", "xong", "user:5"));
	ck_assert_str_eq(oldest(-1), "slow");
	hold(-400 * DAY, -399 * DAY, "");
	ck_assert_str_eq(oldest(-1), "");
}
END_TEST

START_TEST(what_is_held_stays)
{
	struct keep_covered covered;
	struct hold_row h;

	record("before", "mot", -HOUR);
	record("a", "mot", 0);
	record("b", "hai", 0);
	record("after", "mot", HOUR);
	hold(0, HOUR, "mot");
	ck_assert_str_eq(oldest(-1), "before");
	ck_assert_str_eq(oldest(0), "b"); /* of another zone */
	ck_assert_str_eq(older(0, 2 * DAY), "b");
	ck_assert_str_eq(oldest(2), "after"); /* begins when the hold ends */
	hold(HOUR - 1, DAY, "");
	ck_assert_str_eq(oldest(0), "");
	ck_assert(keep_hold(v, "H5", &h, &e));
	ck_assert(keep_covered(v, &h, &covered, &e));
	ck_assert_int_eq(covered.there, 3);
	ck_assert_int_eq(covered.removed, 0);
}
END_TEST

START_TEST(a_hold_that_is_lifted_is_told_by_the_removal)
{
	struct hold_row h;
	int64_t until_ms;

	record("a", "mot", 0);
	hold(0, HOUR, "");
	log_sample_add(&sample, keep_entry_lifted("H1", "xong", "user:5"));
	log_sample_add(&sample, keep_entry_lifted("H1", "lần hai", "user:6")); /* too late */
	log_sample_add(&sample, keep_entry_lifted("H0", "không phải", "user:6"));
	ck_assert(keep_hold(v, "H1", &h, &e));
	ck_assert_int_eq(h.lifted_n, 2);
	ck_assert_str_eq(h.lifted_by, "user:5");
	ck_assert_str_eq(h.lifted_why, "xong");
	ck_assert_str_eq(oldest(-1), "a");
	ck_assert(keep_held_until(v, &row, &until_ms, &e));
	ck_assert_int_eq(until_ms, h.lifted_ms);
	json_t *o = keep_entry_removed(&row, "ee", KEEP_AGE, until_ms, &sample.tz);
	ck_assert_str_eq(json_get_text(o, "kind", ""), "recording.removed");
	ck_assert_str_eq(json_get_text(o, "sha256", ""), "00ff");
	ck_assert_str_eq(json_get_text(o, "found_sha256", ""), "ee");
	ck_assert_int_eq(json_get_integer(o, "recording", -1), 0);
	ck_assert_str_ne(json_get_text(o, "held_until", ""), "");
	json_decref(o);
	ck_assert(!keep_hold(v, "H0", &h, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(!keep_hold(v, "A1", &h, &e));
}
END_TEST

static void add(const char *text)
{
	json_t *o = json_read(text, strlen(text), &e);

	ck_assert_ptr_nonnull(o);
	log_sample_add(&sample, o);
}

START_TEST(entries_that_say_nonsense_remove_nothing)
{
	record("a", "mot", 0);
	add("{\"kind\":\"recording.removed\"}");
	add("{\"kind\":\"recording.removed\",\"recording\":0,\"file\":\"b\"}");
	add("{\"kind\":\"recording.removed\",\"recording\":\"0\",\"file\":\"a\"}");
	add("{\"kind\":\"recording.removed\",\"recording\":99,\"file\":\"a\"}");
	add("{\"kind\":\"hold.set\",\"from\":\"2026-11-24T00:00:00+07:00\"}");
	add("{\"kind\":\"hold.set\",\"from\":\"2026-11-24T00:00:00+07:00\","
	    "\"to\":\"2026-11-23T00:00:00+07:00\"}");
	add("{\"kind\":\"hold.lifted\",\"hold\":7}");
	ck_assert_str_eq(oldest(-1), "a");
}
END_TEST

START_TEST(what_is_there_is_counted)
{
	struct keep_totals t;

	ck_assert(keep_totals(v, at(0), &t, &e));
	ck_assert_int_eq(t.count + t.bytes + t.oldest_ms + t.recent_bytes + t.held, 0);
	record("a", "mot", -DAY);
	record("b", "mot", 0);
	record("c", "mot", HOUR);
	hold(0, HOUR, "");
	ck_assert_str_eq(oldest(-1), "a");
	remove_it(KEEP_AGE);
	ck_assert(keep_totals(v, at(0), &t, &e));
	ck_assert_int_eq(t.count, 2);
	ck_assert_int_eq(t.bytes, 2 * 192);
	ck_assert_int_eq(t.oldest_ms, at(0).ns / NS_PER_MS);
	ck_assert_int_eq(t.recent_bytes, 2 * 192);
	ck_assert_int_eq(t.held, 1);
}
END_TEST

static bool first(const struct recording_row *r, void *arg)
{
	*(struct recording_row *)arg = *r;
	return false;
}

START_TEST(the_newest_removal_is_told_first)
{
	row.n = -1;
	ck_assert(keep_removed(v, first, &row, &e));
	ck_assert_int_eq(row.n, -1);
	record("a", "mot", 0);
	record("b", "mot", HOUR);
	oldest(0);
	remove_it(KEEP_ROOM);
	oldest(-1);
	remove_it(KEEP_ROOM);
	ck_assert(keep_removed(v, first, &row, &e));
	ck_assert_str_eq(row.file, "a");
}
END_TEST

Suite *suite_keep(void);
Suite *suite_keep(void)
{
	Suite *s = suite_create("keep");
	TCase *t = tcase_create("keep");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_oldest_goes_first_and_once);
	tcase_add_test(t, only_what_is_old_enough_goes_for_its_age);
	tcase_add_test(t, a_clock_that_was_slow_makes_nothing_old);
	tcase_add_test(t, nor_one_that_was_fast_anything_young);
	tcase_add_test(t, times_that_were_corrected_count);
	tcase_add_test(t, what_is_held_stays);
	tcase_add_test(t, a_hold_that_is_lifted_is_told_by_the_removal);
	tcase_add_test(t, entries_that_say_nonsense_remove_nothing);
	tcase_add_test(t, what_is_there_is_counted);
	tcase_add_test(t, the_newest_removal_is_told_first);
	suite_add_tcase(s, t);
	return s;
}
