/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/endings.h"

#include "base/json.h"
#include "proof/query.h"
#include "proof/view.h"
#include "proof/view_airing.h"
#include "sys/chance.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define ENDING 9

static struct view *quick, *whole;
static struct chance chance;
static struct err e;

/* Everything that an entry of this kind may say. */
static const char sample[] =
	"{\"airing\":\"A7\",\"at\":\"2044-10-22T04:54:00.000+07:00\",\"bulletin\":\"B5\","
	"\"by\":\"user:7\",\"by_zone\":{\"hai\":{\"proof\":null},\"mot\":{\"proof\":\"A\"}},"
	"\"clock\":{\"max_error_ms\":1.5,\"not_before\":\"2044-10-22T04:54:00.000+07:00\","
	"\"source\":\"ntp\",\"synced\":true},\"complete\":0.98,\"demo\":false,"
	"\"detail\":{\"code\":\"no-device\"},\"device\":\"default\",\"drill\":true,"
	"\"emergency\":\"K3\",\"end\":\"2044-10-22T04:43:30.000+07:00\",\"file\":\"a/b.flac\","
	"\"frames\":4320000,\"from_frames\":48000,\"fund\":\"xa\",\"item\":2,"
	"\"kind\":\"airing.ended\",\"language\":\"vi\",\"level\":\"thong-thuong\",\"live\":null,"
	"\"loudness_lufs\":-16.1,\"n\":9,\"night_db\":-6,"
	"\"occurrence\":\"2044-10-22T04:42:00.000+07:00\",\"peak_dbtp\":-1.3,"
	"\"planned\":\"2044-10-22T04:42:00.123+07:00\",\"planned_length_s\":90.0,"
	"\"programmes\":[\"NTM.TT\",\"DTTS\"],\"proof\":\"A\",\"reason\":\"cut\","
	"\"recording\":\"aircheck/a.mp3\",\"recording_s\":2.572,\"relay\":null,"
	"\"result\":\"full\",\"sha256\":\"59b4\",\"slot\":\"Bản tin đêm\","
	"\"start\":\"2044-10-22T04:42:00.000+07:00\",\"start_error_ms\":0.4,\"who\":\"user:3\","
	"\"xruns\":1,\"zones\":[\"trung-tam\",\"thon-2\"]}";

static const char *const odd[] = {
	"null", "true", "false", "0", "-7", "123456789012345678", "-0.0", "1e300", "2.5", "-1.25",
	"\"\"", "\"A7\"", "\"full\"", "\"A08\"", "\"x\\\"y\"", "\"2044-10-22\"",
	"\"2044-10-22T04:42:00Z\"", "\"1900-02-30T00:00:00Z\"", "\"9999-01-01T00:00:00Z\"",
	"\"2044-10-22T04:42:00.00000000000000000000000001+07:00\"", "[]", "[\"\",\"a\"]",
	"[1,\"a\",null,\"\",\"b\"]", "{}", "{\"synced\":1}", "{\"synced\":true,\"x\":[{}]}",
	"{\"mot\":{\"proof\":\"A\"},\"z\":1.50}", "{\"not_before\":\"2044\",\"synced\":false}",
	"{\"not_before\":\"2044-10-22T04:42:00.0000000000000000000001+07:00\"}",
};

static void setup(void)
{
	chance.state = 5;
	ck_assert(view_open_scratch(&quick, &e) && view_open_scratch(&whole, &e));
	ck_assert(view_begin(quick, &e) && view_begin(whole, &e));
}

static void teardown(void)
{
	view_close(quick);
	view_close(whole);
}

/* As it stands, or with some of it gone or something else in its place. */
static char *make_entry(bool as_it_stands)
{
	json_t *o = json_loads(sample, 0, NULL), *members = json_copy(o), *ignored;
	const char *key;

	ck_assert_ptr_nonnull(o);
	json_object_foreach(members, key, ignored) {
		uint64_t what = as_it_stands || strcmp(key, "kind") == 0
					? 99 : chance_below(&chance, 40);
		if (what == 0)
			json_object_del(o, key);
		else if (what < 4)
			json_object_set_new(o, key, json_loads(odd[chance_below(&chance,
					    sizeof(odd) / sizeof(odd[0]))], JSON_DECODE_ANY,
							       NULL));
	}
	char *text = json_dumps(o, JSON_LINE);
	json_decref(o);
	json_decref(members);
	return text;
}

/* False: it was left to view_apply. */
static bool apply_both(const char *text)
{
	struct endings x = {NULL};
	struct flat f;
	bool done;

	if (!flat_read(text, strlen(text), &f))
		return false;
	ck_assert_msg(endings_apply(&x, quick, ENDING, &f, &done, &e), "%s", e.text);
	endings_finish(&x);
	if (done)
		ck_assert(view_apply(whole, whole->applying + 1, text, strlen(text), &e));
	return done;
}

static void compare(const char *text)
{
	static const char clear[] = "UPDATE airings SET ended_n = 0";
	sqlite3_stmt *a, *b;

	/* Its number there is one of many. */
	sqlite3_exec(whole->db, clear, NULL, NULL, NULL);
	sqlite3_exec(quick->db, clear, NULL, NULL, NULL);
	a = query_ask(quick, "SELECT * FROM airings", &e);
	b = query_ask(whole, "SELECT * FROM airings", &e);
	ck_assert_int_eq(sqlite3_step(a), SQLITE_ROW);
	ck_assert_int_eq(sqlite3_step(b), SQLITE_ROW);
	int column = query_differs(a, b);
	ck_assert_msg(column < 0, "%s: %s and %s of %s", column < 0 ? "" :
		      sqlite3_column_name(a, column), query_text(a, column < 0 ? 0 : column),
		      query_text(b, column < 0 ? 0 : column), text);
	ck_assert_int_eq(sqlite3_step(a), SQLITE_DONE);
	ck_assert_int_eq(sqlite3_step(b), SQLITE_DONE);
	sqlite3_finalize(a);
	sqlite3_finalize(b);
	sqlite3_exec(quick->db, "DELETE FROM airings", NULL, NULL, NULL);
	sqlite3_exec(whole->db, "DELETE FROM airings", NULL, NULL, NULL);
}

START_TEST(the_same_row_as_view_apply)
{
	int done = 0;

	for (int i = 0; i < 4000; i++) {
		char *text = make_entry(i == 0);
		bool was = apply_both(text);

		ck_assert(was || i > 0);
		if (was)
			compare(text);
		done += was;
		free(text);
	}
	ck_assert_int_gt(done, 2000);
}
END_TEST

/* Its intent waits in the same transaction for whatever takes its place. */
START_TEST(an_intent_that_waits_does_not_come_back)
{
	static const char intent[] =
		"{\"kind\":\"airing.intended\",\"n\":7,\"planned\":\"2044-10-22T04:42:00Z\"}";
	static const char outcome[] = "{\"airing\":\"A7\",\"at\":\"2044-10-22T04:43:00Z\","
				      "\"kind\":\"airing.ended\",\"n\":9,"
				      "\"planned\":\"2044-10-22T04:42:00Z\",\"result\":\"cut\"}";
	struct endings x = {NULL};
	struct flat f;
	bool done;

	quick->odd = false;
	ck_assert(view_apply(quick, 7, intent, strlen(intent), &e));
	ck_assert_int_eq(quick->intent_count, 1);
	ck_assert(flat_read(outcome, strlen(outcome), &f));
	ck_assert(endings_apply(&x, quick, ENDING, &f, &done, &e) && done);
	endings_finish(&x);
	ck_assert(view_airing_settle(quick, &e));
	sqlite3_stmt *s = query_ask(quick, "SELECT result, ended_n FROM airings WHERE n = 7", &e);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	ck_assert_str_eq(query_text(s, 0), "cut");
	ck_assert_int_eq(sqlite3_column_int(s, 1), ENDING);
	sqlite3_finalize(s);
}
END_TEST

static const char *const others[] = {
	"{\"airing\":\"A7\",\"kind\":\"airing.missed\",\"planned\":\"2044-10-22T04:42:00Z\"}",
	"{\"airing\":\"B7\",\"kind\":\"airing.ended\",\"planned\":\"2044-10-22T04:42:00Z\"}",
	"{\"airing\":\"A7\",\"kind\":\"airing.ended\"}",
	"{\"airing\":\"A7\",\"kind\":\"airing.ended\",\"live\":\"browser\","
	"\"planned\":\"2044-10-22T04:42:00Z\"}",
	"{\"airing\":\"A7\",\"kind\":\"airing.ended\",\"planned\":\"2044-10-22T04:42:00Z\","
	"\"relay\":\"tinh\"}",
	"{\"airing\":\"A7\",\"kind\":\"airing.ended\",\"planned\":\"2044-10-22T04:42:00Z\","
	"\"prefixes\":[{\"bytes\":1,\"file\":\"a\",\"sha256\":\"b\"}]}",
};

START_TEST(what_is_out_of_the_ordinary_is_left)
{
	int before = sqlite3_total_changes(quick->db);
	struct flat f;

	ck_assert(flat_read(others[_i], strlen(others[_i]), &f));
	ck_assert(!apply_both(others[_i]));
	ck_assert_int_eq(sqlite3_total_changes(quick->db), before);
}
END_TEST

Suite *suite_endings(void);
Suite *suite_endings(void)
{
	Suite *s = suite_create("endings");
	TCase *t = tcase_create("endings");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_same_row_as_view_apply);
	tcase_add_test(t, an_intent_that_waits_does_not_come_back);
	tcase_add_loop_test(t, what_is_out_of_the_ordinary_is_left, 0,
			    sizeof(others) / sizeof(others[0]));
	suite_add_tcase(s, t);
	return s;
}
