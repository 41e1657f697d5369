/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of airings as later entries change them; test_view_apply has their columns. */
#include "proof/view_airing.h"

#include "base/buf.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
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

static uint64_t state;

static int any(int below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((state >> 33) % (uint64_t)below);
}

#define ONE_OF_FEW                                                                                 \
	"\"bulletin\":\"B1\",\"planned\":\"1970-01-01T08:0%d:00.000+07:00\","                    \
	"\"reason\":\"%s\",\"slot\":\"s\"%s}"

/* Orders and claims that no station would write are among them. */
static void write_any(int n, char *text, size_t size)
{
	const char *why = any(8) > 0 ? "" : "clock-stepped-forward";
	const char *frames = any(4) > 0 ? "" : ",\"frames\":480";
	const char *heard = any(2) > 0 ? ",\"proof\":\"A\",\"frames\":480" : "";
	int which = any(20), other = n > 6 && any(12) > 0 ? n - any(6) : any(n + 4);

	if (which < 8)
		snprintf(text, size, "{\"kind\":\"airing.intended\"," ONE_OF_FEW, any(4), "",
			 any(12) > 0 ? "" : frames);
	else if (which < 16)
		snprintf(text, size, "{\"kind\":\"airing.ended\",\"airing\":\"A%d\",\"result\":"
			 "\"%s\"," ONE_OF_FEW, other, any(9) > 0 ? "full" : "missed", any(4), why,
			 heard);
	else if (which < 17)
		snprintf(text, size, "{\"kind\":\"airing.missed\"," ONE_OF_FEW, any(4), why, "");
	else if (which < 19)
		snprintf(text, size, "{\"kind\":\"airing.checked\",\"airing\":\"A%d\","
			 "\"proof\":\"B\"}", other);
	else
		snprintf(text, size, "{\"kind\":\"clock.corrected\",\"from_n\":%d,\"to_n\":%d,"
			 "\"offset_ms\":1000}", n > 5 ? n - 5 : 0, n - 1);
}

static void dump(struct view *of, const char *sql, struct buf *out)
{
	sqlite3_stmt *s;

	ck_assert_int_eq(sqlite3_prepare_v2(of->db, sql, -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			const char *is = (const char *)sqlite3_column_text(s, i);
			buf_print(out, "%s|", is != NULL ? is : "NULL");
		}
	sqlite3_finalize(s);
}

static void dump_all(struct view *of, struct buf *out)
{
	dump(of, "SELECT * FROM airings ORDER BY n", out);
	dump(of, "SELECT * FROM aired ORDER BY bulletin", out);
	dump(of, "SELECT * FROM events ORDER BY n", out);
	dump(of, "SELECT * FROM progress", out);
}

/* Intents wait within a transaction, and never across one. */
START_TEST(rows_are_the_same_however_many_entries_come_at_once)
{
	struct buf one = {0}, many = {0};
	char text[512];
	struct view *w;

	state = (uint64_t)_i;
	ck_assert(view_open(&w, ":memory:", &e));
	ck_assert(view_begin(w, &e));
	for (int n = 0; n < 60; n++) {
		write_any(n, text, sizeof(text));
		apply(n, text);
		ck_assert(view_apply(w, n, text, strlen(text), &e));
		if (_i % 3 > 0 && any(20 * (_i % 3)) == 0)
			ck_assert(view_commit(w, &e) && view_begin(w, &e));
	}
	ck_assert(view_commit(w, &e));
	dump_all(v, &one);
	dump_all(w, &many);
	ck_assert_msg(strcmp(buf_str(&one), buf_str(&many)) == 0, "seed %d", _i);
	buf_finish(&one);
	buf_finish(&many);
	view_close(w);
}
END_TEST

/* As what goes outward is read from the log. */
START_TEST(a_sparse_view_has_the_same_rows_and_nothing_besides)
{
	struct buf whole = {0}, sparse = {0};
	char text[512];
	struct view *w;

	state = (uint64_t)_i;
	ck_assert(view_open(&w, ":memory:", &e));
	w->sparse = true;
	ck_assert(view_begin(v, &e) && view_begin(w, &e));
	for (int n = 0; n < 60; n++) {
		write_any(n, text, sizeof(text));
		ck_assert(view_apply(v, n, text, strlen(text), &e));
		ck_assert(view_apply(w, n, text, strlen(text), &e));
	}
	ck_assert(view_commit(v, &e) && view_commit(w, &e));
	dump(v, "SELECT * FROM airings ORDER BY n", &whole);
	dump(v, "SELECT * FROM events WHERE kind NOT LIKE 'airing.%' ORDER BY n", &whole);
	dump(w, "SELECT * FROM airings ORDER BY n", &sparse);
	dump(w, "SELECT * FROM events ORDER BY n", &sparse);
	dump(w, "SELECT * FROM aired", &sparse);
	ck_assert_msg(strcmp(buf_str(&whole), buf_str(&sparse)) == 0, "seed %d", _i);
	buf_finish(&whole);
	buf_finish(&sparse);
	view_close(w);
}
END_TEST

#define LEAPT_OVER                                                                                 \
	"{\"kind\":\"airing.missed\",\"planned\":\"1970-01-01T08:00:00.000+07:00\","            \
	"\"reason\":\"clock-stepped-forward\"}"

START_TEST(what_a_clock_leapt_over_and_then_aired_was_not_missed)
{
	ck_assert(view_begin(v, &e));
	ck_assert(view_apply(v, 0, LEAPT_OVER, strlen(LEAPT_OVER), &e));
	ck_assert(view_apply(v, 1, INTENDED, strlen(INTENDED), &e));
	ck_assert(view_commit(v, &e));
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE n = 1"), 1);
	ck_assert_int_eq(ask("SELECT count(*) FROM airings"), 1);
}
END_TEST

START_TEST(more_intents_than_can_wait_get_their_rows)
{
	ck_assert(view_begin(v, &e));
	for (int n = 0; n < 3 * VIEW_INTENTS_MAX; n++)
		ck_assert(view_apply(v, n, INTENDED, strlen(INTENDED), &e));
	ck_assert(view_commit(v, &e));
	ck_assert_int_eq(ask("SELECT count(*) FROM airings WHERE result = 'on-air'"),
			 3 * VIEW_INTENTS_MAX);
	ck_assert(view_begin(v, &e));
	ck_assert(view_apply(v, 100, INTENDED, strlen(INTENDED), &e));
	view_rollback(v);
	ck_assert(view_begin(v, &e) && view_commit(v, &e));
	ck_assert_int_eq(ask("SELECT count(*) FROM airings"), 3 * VIEW_INTENTS_MAX);
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
	tcase_add_loop_test(t, rows_are_the_same_however_many_entries_come_at_once, 0, 300);
	tcase_add_loop_test(t, a_sparse_view_has_the_same_rows_and_nothing_besides, 0, 60);
	tcase_add_test(t, what_a_clock_leapt_over_and_then_aired_was_not_missed);
	tcase_add_test(t, more_intents_than_can_wait_get_their_rows);
	suite_add_tcase(s, t);
	return s;
}
