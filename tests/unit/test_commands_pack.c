/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/entry.h"
#include "support/log_sample.h"
#include "support/stationcase.h"

#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct stationcase s;

static void setup(void)
{
	stationcase_open(&s);
}

static void teardown(void)
{
	carriers_stop(&s.st->carriers);
	stationcase_close(&s);
}

static json_t *ask(const char *what, const char *from, const char *to)
{
	stationcase_say(&s, json_pack("{s:i, s:s, s:s, s:s}", "id", 1, "do", what, "from", from,
				      "to", to));
	return stationcase_heard(&s);
}

START_TEST(how_much_it_will_be_is_told)
{
	json_t *answer = ask("pack.size", "2026-11-01", "2026-11-30");

	ck_assert_int_eq(json_get_integer(answer, "recordings", -1), 0);
	ck_assert_int_ge(json_get_integer(answer, "other_bytes", -1), 0);
	json_decref(answer);
}
END_TEST

START_TEST(a_view_that_was_edited_is_told_before_a_pack_is_taken)
{
	struct airing_facts f = log_sample_airing("", LOG_SAMPLE_START);
	char path[128];
	struct err e;
	int64_t n;
	sqlite3 *db;

	f.reason = "power-off";
	ck_assert(ledger_append(s.c.desk.ledger, entry_airing_missed(&f, &s.c.desk.tz), &n, &e));
	snprintf(path, sizeof(path), "%s/view.sqlite", s.c.dir);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "UPDATE airings SET result = 'full'", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	json_t *answer = ask("pack.size", "2026-11-01", "2026-11-30");
	const json_t *error = json_object_get(answer, "error");
	ck_assert_str_eq(json_get_text(error, "code", ""), "differs");
	ck_assert_ptr_nonnull(strstr(json_get_text(error, "text", ""), "vangxa rebuild"));
	json_decref(answer);
}
END_TEST

/* Behind the line comes the file, and then the connection ends. */
START_TEST(the_connection_becomes_the_file)
{
	struct buf file = {0};
	char piece[4096];
	ssize_t n;
	int64_t at;
	struct err e;

	ck_assert(ledger_append(s.c.desk.ledger, entry_station_stopped("x", NULL), &at, &e));
	json_t *answer = ask("pack", "2026-11-01", "2026-11-30");
	ck_assert_msg(strstr(json_get_text(answer, "file", ""), "-2026-11-01-2026-11-30.zip") !=
		      NULL, "%s", json_get_text(answer, "file", "-"));
	json_decref(answer);
	buf_add(&file, buf_str(&s.client.in), s.client.in.len);
	for (;;) {
		n = read(s.client.fd, piece, sizeof(piece));
		if (n > 0)
			buf_add(&file, piece, (size_t)n);
		else if (n == 0)
			break;
		else
			loop_once(s.st->loop, 1);
	}
	ck_assert_int_gt(file.len, 100);
	ck_assert_mem_eq(file.data, "PK\3\4", 4);
	ck_assert_mem_eq(file.data + file.len - 22, "PK\5\6", 4);
	buf_finish(&file);
}
END_TEST

START_TEST(wrong_days_are_refused)
{
	static const char *const bad[][3] = {{"pack", "2026-11-02", "2026-11-01"},
					     {"pack", "x", "2026-11-01"},
					     {"pack.size", "2026-11-02", "2026-11-01"},
					     {"pack.size", "", ""}};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		json_t *answer = ask(bad[i][0], bad[i][1], bad[i][2]);
		ck_assert_ptr_nonnull(json_object_get(answer, "error"));
		json_decref(answer);
	}
}
END_TEST

START_TEST(only_so_many_at_once)
{
	/* Taken, though nobody carries. */
	for (int i = 0; i < CARRIERS_MAX; i++)
		s.st->carriers.list[i].proc.pid = 1;
	json_t *answer = ask("pack", "2026-11-01", "2026-11-30");
	const json_t *error = json_object_get(answer, "error");
	ck_assert_str_eq(json_get_text(error, "code", ""), "conflict");
	json_decref(answer);
	memset(&s.st->carriers, 0, sizeof(s.st->carriers));
}
END_TEST

Suite *suite_commands_pack(void);
Suite *suite_commands_pack(void)
{
	Suite *suite = suite_create("commands_pack");
	TCase *t = tcase_create("commands_pack");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, how_much_it_will_be_is_told);
	tcase_add_test(t, a_view_that_was_edited_is_told_before_a_pack_is_taken);
	tcase_add_test(t, the_connection_becomes_the_file);
	tcase_add_test(t, wrong_days_are_refused);
	tcase_add_test(t, only_so_many_at_once);
	suite_add_tcase(suite, t);
	return suite;
}
