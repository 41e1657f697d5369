/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/registering.h"

#include "base/json.h"
#include "proof/registers.h"
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

static json_t *ask(const char *name, const char *format)
{
	stationcase_say(&s, json_pack("{s:i, s:s, s:s, s:s}", "id", 7, "do", "register.export",
				      "register", name, "format", format));
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

START_TEST(the_connection_becomes_the_sheet)
{
	struct buf file = {0};
	struct err e;
	int64_t n;

	ck_assert(ledger_append(s.c.desk.ledger,
				registers_entry("points", json_pack("{s:{s:s, s:s}}", "DHT1",
								    "name", "Điểm 1", "place",
								    "Bù Gia Mập"),
						"user:1", "", NULL, NULL), &n, &e));
	json_t *answer = ask("points", "csv");
	ck_assert_msg(json_is_true(json_object_get(answer, "ok")), "%s",
		      json_get_text(json_object_get(answer, "error"), "text", "no answer"));
	ck_assert_str_eq(json_get_text(answer, "file", ""), "so-points.csv");
	take_rest(&file);
	ck_assert_int_eq((int64_t)file.len, json_get_integer(answer, "bytes", -1));
	ck_assert_ptr_nonnull(strstr(buf_str(&file), "DHT1,Điểm 1,Bù Gia Mập,"));
	json_decref(answer);
	buf_finish(&file);
}
END_TEST

START_TEST(what_is_wrong_is_told)
{
	static const char *const bad[][3] = {{"posters", "csv", "not_found"},
					     {"points", "pdf", "usage"}};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		json_t *answer = ask(bad[i][0], bad[i][1]);
		ck_assert_str_eq(json_get_text(json_object_get(answer, "error"), "code", ""),
				 bad[i][2]);
		json_decref(answer);
	}
	/* Taken, though nobody carries. */
	for (int i = 0; i < CARRIERS_MAX; i++)
		s.st->reporters.list[i].proc.pid = 1;
	json_t *answer = ask("points", "csv");
	ck_assert_str_eq(json_get_text(json_object_get(answer, "error"), "code", ""), "conflict");
	json_decref(answer);
	memset(&s.st->reporters, 0, sizeof(s.st->reporters));
}
END_TEST

Suite *suite_registering(void);
Suite *suite_registering(void)
{
	Suite *suite = suite_create("registering");
	TCase *t = tcase_create("registering");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_connection_becomes_the_sheet);
	tcase_add_test(t, what_is_wrong_is_told);
	suite_add_tcase(suite, t);
	return suite;
}
