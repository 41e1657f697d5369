/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/history.h"

#include "base/buf.h"
#include "support/log_sample.h"

#include <check.h>
#include <string.h>

static struct log_sample sample;
static struct view *v;
static struct err e;

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	v = ledger_view(sample.ledger);
}

static void teardown(void)
{
	log_sample_close(&sample);
}

static bool join_kinds(const struct event_row *r, void *arg)
{
	ck_assert_str_ne(r->text, "");
	buf_print(arg, "%s ", r->kind);
	return true;
}

START_TEST(what_happened_to_one_bulletin)
{
	struct bulletin b = log_sample_bulletin("một");
	struct airing_facts f = log_sample_airing("B0", LOG_SAMPLE_START);
	struct buf kinds = {0};

	log_sample_add(&sample, entry_bulletin_received(&b, NULL, json_array(), "user:7"));
	log_sample_add(&sample, entry_bulletin_received(&b, NULL, json_array(), "user:7"));
	log_sample_add(&sample, entry_bulletin_approved("B0", b.sha256, "12/TB", NULL, "user:1"));
	log_sample_add(&sample, entry_airing_intended(&f, &sample.tz));
	log_sample_add(&sample, entry_bulletin_withdrawn("B0", "sai", "user:1"));
	log_sample_add(&sample, log_sample_note("nghe rõ", "A3", "user:2"));
	ck_assert(history_about(v, "B0", join_kinds, &kinds, &e));
	ck_assert_str_eq(buf_str(&kinds),
			 "bulletin.received bulletin.approved bulletin.withdrawn ");
	buf_reset(&kinds);
	ck_assert(history_about(v, "A3", join_kinds, &kinds, &e));
	ck_assert_str_eq(buf_str(&kinds), "note.added ");
	buf_reset(&kinds);
	ck_assert(history_about(v, "", join_kinds, &kinds, &e));
	ck_assert_str_eq(buf_str(&kinds), "");
	buf_finish(&kinds);
}
END_TEST

static void record(const char *file, const char *zone, int from_s, int to_s)
{
	log_sample_add(&sample, entry_recording_closed(
					file, "00ff", zone,
					wall_add_ns(LOG_SAMPLE_START, from_s * NS_PER_S),
					wall_add_ns(LOG_SAMPLE_START, to_s * NS_PER_S), 192,
					&sample.tz));
}

static bool join_files(const struct recording_row *r, void *arg)
{
	buf_print(arg, "%s ", r->file);
	return strcmp(r->file, "stop") != 0;
}

START_TEST(recordings_of_a_zone_in_their_order)
{
	struct recording_row r;
	struct buf files = {0};

	record("b", "một", 3600, 7200);
	record("a", "một", 0, 3600);
	record("other", "hai", 0, 3600);
	record("stop", "một", 7200, 9000);
	record("late", "một", 7300, 9000);
	ck_assert(history_recordings(v, "một", LOG_SAMPLE_START,
				     wall_add_ns(LOG_SAMPLE_START, 9000 * NS_PER_S), join_files,
				     &files, &e));
	ck_assert_str_eq(buf_str(&files), "a b stop ");
	buf_finish(&files);
	ck_assert(history_recording(v, "b", &r, &e));
	ck_assert_int_eq(r.n, 0);
	ck_assert_str_eq(r.zone, "một");
	ck_assert_int_eq(r.to_ms - r.from_ms, 3600000);
	ck_assert_int_eq(r.bytes, 192);
	ck_assert(!history_recording(v, "c", &r, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

Suite *suite_history(void);
Suite *suite_history(void)
{
	Suite *s = suite_create("history");
	TCase *t = tcase_create("history");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_happened_to_one_bulletin);
	tcase_add_test(t, recordings_of_a_zone_in_their_order);
	suite_add_tcase(s, t);
	return s;
}
