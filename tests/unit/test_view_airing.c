/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of airings as later entries change them; test_view_apply has their columns. */
#include "proof/view_airing.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct view *v;
static struct err e;

static void setup(void)
{
	ck_assert_msg(view_open(&v, ":memory:", &e), "%s", e.text);
}

static void teardown(void)
{
	view_close(v);
}

static int64_t ask(const char *sql)
{
	sqlite3_stmt *s;

	ck_assert_int_eq(sqlite3_prepare_v2(v->db, sql, -1, &s, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	int64_t value = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return value;
}

static void apply(int64_t n, const char *text)
{
	ck_assert(view_begin(v, &e));
	ck_assert_msg(view_apply(v, n, text, strlen(text), &e), "%s", e.text);
	ck_assert(view_commit(v, &e));
}

#define INTENDED                                                                                   \
	"{\"kind\":\"airing.intended\",\"planned\":\"1970-01-01T08:00:00.000+07:00\","            \
	"\"live\":\"microphone\",\"by\":\"user:3\"}"
#define MISSED                                                                                     \
	"{\"kind\":\"airing.missed\",\"planned\":\"1970-01-01T09:00:00.000+07:00\","              \
	"\"emergency\":\"K2\",\"drill\":true,\"resumes\":\"A1\",\"from_frames\":480}"
#define CORRECTED(from, to)                                                                        \
	"{\"kind\":\"clock.corrected\",\"from_n\":" #from ",\"to_n\":" #to                        \
	",\"offset_ms\":1000000}"

START_TEST(what_an_emergency_and_a_voice_add_is_kept)
{
	apply(0, INTENDED);
	apply(1, MISSED);
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE n = 0 AND speaker = 'user:3'"
			     " AND emergency = '' AND NOT drill AND from_frames = 0"), 1);
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE n = 1 AND speaker = ''"
			     " AND emergency = 'K2' AND drill AND from_frames = 480"), 1);
}
END_TEST

START_TEST(what_the_night_did_to_it_is_kept)
{
	apply(0, INTENDED);
	apply(1, "{\"kind\":\"airing.ended\",\"airing\":\"A0\",\"night_db\":-9.5,"
		 "\"planned\":\"1970-01-01T08:00:00.000+07:00\",\"result\":\"full\"}");
	apply(2, MISSED);
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE n = 0 AND night_db = -9.5"), 1);
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE n = 2 AND night_db IS NULL"), 1);
}
END_TEST

START_TEST(a_correction_says_when_it_was)
{
	apply(0, INTENDED);
	apply(1, MISSED);
	apply(2, "{\"kind\":\"airing.ended\",\"airing\":\"A0\","
		 "\"planned\":\"1970-01-01T08:00:00.000+07:00\",\"result\":\"full\"}");
	apply(3, MISSED);
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE counted_ms IS NULL"), 3);
	apply(4, CORRECTED(1, 2));
	ck_assert_int_eq(ask("SELECT counted_ms FROM airings WHERE n = 0"), 4600000);
	ck_assert_int_eq(ask("SELECT counted_ms FROM airings WHERE n = 1"), 8200000);
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE n = 3 AND counted_ms IS NULL"),
			 1);
}
END_TEST

START_TEST(an_outcome_by_a_right_clock_is_as_it_stands)
{
	apply(0, INTENDED);
	apply(1, CORRECTED(0, 0));
	ck_assert_int_eq(ask("SELECT counted_ms FROM airings WHERE n = 0"), 4600000);
	apply(2, "{\"kind\":\"airing.ended\",\"airing\":\"A0\","
		 "\"planned\":\"2026-11-23T05:30:00.000+07:00\",\"result\":\"full\"}");
	ck_assert_int_eq(ask("SELECT counted_ms IS NULL FROM airings WHERE n = 0"), 1);
	/* What claims to know of what came after it, and what goes back to front, does nothing. */
	apply(3, CORRECTED(0, 3));
	apply(4, CORRECTED(2, 1));
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE counted_ms IS NOT NULL"), 0);
}
END_TEST

Suite *suite_view_airing(void);
Suite *suite_view_airing(void)
{
	Suite *s = suite_create("view_airing");
	TCase *t = tcase_create("view_airing");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_an_emergency_and_a_voice_add_is_kept);
	tcase_add_test(t, what_the_night_did_to_it_is_kept);
	tcase_add_test(t, a_correction_says_when_it_was);
	tcase_add_test(t, an_outcome_by_a_right_clock_is_as_it_stands);
	suite_add_tcase(s, t);
	return s;
}
