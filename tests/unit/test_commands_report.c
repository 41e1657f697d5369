/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/entry.h"
#include "support/log_sample.h"
#include "support/stationcase.h"

#include <check.h>
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
	carriers_stop(&s.st->reporters);
	stationcase_close(&s);
}

static json_t *ask(const char *table, const char *format, const char *period)
{
	stationcase_say(&s, json_pack("{s:i, s:s, s:s, s:s, s:s}", "id", 7, "do", "report", "table",
				      table, "format", format, "period", period));
	return stationcase_heard(&s);
}

/* What comes behind the line, until the connection ends. */
static void take_rest(struct buf *file)
{
	char piece[4096];
	ssize_t n;

	buf_add(file, buf_str(&s.client.in), s.client.in.len);
	while ((n = read(s.client.fd, piece, sizeof(piece))) != 0)
		if (n > 0)
			buf_add(file, piece, (size_t)n);
		else
			loop_once(s.st->loop, 1);
}

static void missed(void)
{
	struct airing_facts f = log_sample_airing("", LOG_SAMPLE_START);
	struct err e;
	int64_t n;

	f.reason = "power-off";
	ck_assert(ledger_append(s.c.desk.ledger, entry_airing_missed(&f, &s.c.desk.tz), &n, &e));
}

START_TEST(the_connection_becomes_the_table)
{
	struct buf file = {0};
	struct err e;

	missed();
	json_t *answer = ask("A", "json", "2026-11");
	ck_assert_msg(json_is_true(json_object_get(answer, "ok")), "%s",
		      json_get_text(json_object_get(answer, "error"), "text", "no answer"));
	ck_assert_int_eq(json_get_integer(answer, "id", 0), 7);
	ck_assert_str_eq(json_get_text(answer, "file", ""),
			 "bao-cao-A-2026-11-01-2026-11-30.json");
	take_rest(&file);
	ck_assert_int_eq((int64_t)file.len, json_get_integer(answer, "bytes", -1));
	json_t *table = json_read(buf_str(&file), file.len, &e);
	ck_assert_msg(table != NULL, "%s", e.text);
	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 1);
	json_decref(table);
	json_decref(answer);
	buf_finish(&file);
}
END_TEST

START_TEST(what_is_wrong_is_told_with_its_field)
{
	static const char *const bad[][4] = {{"Z", "pdf", "2026-11", "table"},
					     {"A", "doc", "2026-11", "format"},
					     {"A", "pdf", "2026-13", "period"},
					     {"", "pdf", "2026-11", "table"},
					     {"tom-tat", "xlsx", "2026-11", "format"},
					     {"summary", "csv", "2026-11", "format"}};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		json_t *answer = ask(bad[i][0], bad[i][1], bad[i][2]);
		const json_t *error = json_object_get(answer, "error");
		ck_assert_str_eq(json_get_text(error, "code", ""), "usage");
		ck_assert_str_eq(json_get_text(error, "field", ""), bad[i][3]);
		json_decref(answer);
	}
}
END_TEST

START_TEST(only_so_many_at_once)
{
	/* Taken, though nobody carries. */
	for (int i = 0; i < CARRIERS_MAX; i++)
		s.st->reporters.list[i].proc.pid = 1;
	json_t *answer = ask("A", "csv", "2026-11");
	const json_t *error = json_object_get(answer, "error");
	ck_assert_str_eq(json_get_text(error, "code", ""), "conflict");
	ck_assert_ptr_null(json_object_get(error, "field"));
	json_decref(answer);
	memset(&s.st->reporters, 0, sizeof(s.st->reporters));
}
END_TEST

START_TEST(what_can_be_asked_for_is_told)
{
	stationcase_say(&s, json_pack("{s:i, s:s}", "id", 1, "do", "reports"));
	json_t *answer = stationcase_heard(&s);
	const json_t *first = json_array_get(json_object_get(answer, "tables"), 0);

	ck_assert_str_eq(json_get_text(first, "table", ""), "A");
	ck_assert_str_eq(json_get_text(first, "name", ""), "Nhật ký phát thanh");
	ck_assert_uint_eq(json_array_size(json_object_get(answer, "formats")), 5);
	ck_assert_int_eq(json_get_integer(answer, "cycle_day", 0), 15);
	ck_assert(json_is_array(json_object_get(answer, "funds")));
	ck_assert(json_is_array(json_object_get(answer, "producers")));
	ck_assert_uint_eq(json_array_size(json_object_get(answer, "by")), 5);
	const json_t *places = json_object_get(answer, "places");
	ck_assert_uint_gt(json_array_size(places), 0);
	ck_assert_str_ne(json_get_text(json_array_get(places, 0), "code", ""), "");
	json_decref(answer);
}
END_TEST

Suite *suite_commands_report(void);
Suite *suite_commands_report(void)
{
	Suite *suite = suite_create("commands_report");
	TCase *t = tcase_create("commands_report");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_connection_becomes_the_table);
	tcase_add_test(t, what_is_wrong_is_told_with_its_field);
	tcase_add_test(t, only_so_many_at_once);
	tcase_add_test(t, what_can_be_asked_for_is_told);
	suite_add_tcase(suite, t);
	return suite;
}
