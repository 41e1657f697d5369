/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/registers.h"

#include "base/json.h"
#include "proof/history.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct log_sample sample;
static struct view *v;
static struct err e;
static char seen[1000];

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	v = ledger_view(sample.ledger);
	seen[0] = '\0';
}

static void teardown(void)
{
	log_sample_close(&sample);
}

static int64_t write_rows(const char *name, json_t *rows)
{
	return log_sample_add(&sample, registers_entry(name, rows, "user:7", "", NULL, NULL));
}

static bool add(const struct register_row *r, void *arg)
{
	size_t used = strlen(seen);

	(void)arg;
	snprintf(seen + used, sizeof(seen) - used, "%s@%lld=%s ", r->id, (long long)r->n,
		 r->fields != NULL ? json_get_text(r->fields, "title", "?") : "-");
	return true;
}

static const char *rows(const char *name)
{
	seen[0] = '\0';
	ck_assert_msg(registers_rows(v, name, add, NULL, &e), "%s", e.text);
	return seen;
}

static const char *history(const char *name, const char *id)
{
	seen[0] = '\0';
	ck_assert_msg(registers_history(v, name, id, add, NULL, &e), "%s", e.text);
	return seen;
}

START_TEST(the_newest_row_of_an_id_holds)
{
	write_rows("products", json_pack("{s:{s:s}, s:{s:s}}", "SP10", "title", "mười", "SP2",
					 "title", "hai"));
	write_rows("activities", json_pack("{s:{s:s}}", "HD1", "title", "tập huấn"));
	write_rows("products", json_pack("{s:{s:s}}", "SP2", "title", "hai, sửa"));
	ck_assert_str_eq(rows("products"), "SP2@2=hai, sửa SP10@0=mười ");
	ck_assert_str_eq(rows("activities"), "HD1@1=tập huấn ");
	ck_assert_str_eq(history("products", "SP2"), "SP2@2=hai, sửa SP2@0=hai ");
	ck_assert_str_eq(rows("works"), "");
}
END_TEST

START_TEST(what_is_struck_out_is_no_row_and_has_a_history)
{
	json_t *fields;
	int64_t highest;

	write_rows("products", json_pack("{s:{s:s}}", "SP1", "title", "một"));
	write_rows("products", json_pack("{s:n}", "SP1"));
	ck_assert_str_eq(rows("products"), "");
	ck_assert_str_eq(history("products", "SP1"), "SP1@1=- SP1@0=một ");
	ck_assert(registers_row(v, "products", "SP1", &fields, &e));
	ck_assert_ptr_null(fields);
	ck_assert(registers_highest(v, "products", &highest, &e));
	ck_assert_int_eq(highest, 1);
	ck_assert(registers_highest(v, "works", &highest, &e));
	ck_assert_int_eq(highest, 0);
	ck_assert(!registers_row(v, "products", "SP2", &fields, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	write_rows("products", json_pack("{s:{s:s}}", "SP1", "title", "lại"));
	ck_assert(registers_row(v, "products", "SP1", &fields, &e));
	ck_assert_str_eq(json_get_text(fields, "title", ""), "lại");
	json_decref(fields);
}
END_TEST

static bool ck_who(const struct register_row *r, void *arg)
{
	(void)arg;
	ck_assert_str_eq(r->who, "user:7");
	ck_assert_str_eq(r->why, "nhập");
	ck_assert_str_eq(r->source, "sp.xlsx");
	ck_assert_int_eq(r->at_ms, LOG_SAMPLE_START.ns / NS_PER_MS);
	seen[0] = 'x';
	return true;
}

START_TEST(a_row_says_who_wrote_it_and_out_of_what)
{
	log_sample_add(&sample, registers_entry("products", json_pack("{s:{s:s}}", "SP1", "title",
								      "một"), "user:7", "nhập",
						"sp.xlsx", "00ff"));
	ck_assert(registers_rows(v, "products", ck_who, NULL, &e));
	ck_assert_int_eq(seen[0], 'x');
}
END_TEST

START_TEST(what_is_no_row_is_passed_over)
{
	write_rows("products", json_pack("{s:s, s:i, s:{}, s:{s:s}, s:{}}", "SP1", "chữ", "SP2", 7,
					 "B3", "SP4", "title", "bốn", "SP05"));
	ck_assert_str_eq(rows("products"), "SP4@0=bốn ");
	log_sample_add(&sample, json_pack("{s:s, s:s}", "kind", KIND_REGISTER, "rows", "không"));
	log_sample_add(&sample, json_pack("{s:s}", "kind", KIND_REGISTER));
	ck_assert_str_eq(rows("products"), "SP4@0=bốn ");
}
END_TEST

/* A newer program may know more registers. */
START_TEST(a_register_that_nobody_knows_is_kept)
{
	write_rows("posters", json_pack("{s:{s:s}}", "AP1", "title", "áp phích"));
	ck_assert_str_eq(rows("posters"), "AP1@0=áp phích ");
}
END_TEST

static bool take_text(const struct event_row *r, void *arg)
{
	(void)arg;
	snprintf(seen, sizeof(seen), "%s", r->text);
	return false;
}

START_TEST(an_event_does_not_hold_the_rows_again)
{
	struct err ignored;

	write_rows("products", json_pack("{s:{s:s}, s:n}", "SP1", "title", "một", "SP2"));
	ck_assert(reader_kind(v, KIND_REGISTER, 1, take_text, NULL, &e));
	json_t *brief = json_read(seen, strlen(seen), &ignored);
	ck_assert_int_eq(json_get_integer(brief, "count", 0), 2);
	ck_assert_int_eq((int)json_array_size(json_object_get(brief, "ids")), 2);
	ck_assert_str_eq(json_get_text(brief, "who", ""), "user:7");
	ck_assert_ptr_null(json_object_get(brief, "rows"));
	json_decref(brief);
	seen[0] = '\0';
	ck_assert(history_about(v, "SP1", take_text, NULL, &e));
	ck_assert_str_eq(seen, "");
	write_rows("products", json_pack("{s:n}", "SP1"));
	ck_assert(history_about(v, "SP1", take_text, NULL, &e));
	ck_assert_str_ne(seen, "");
}
END_TEST

Suite *suite_registers(void);
Suite *suite_registers(void)
{
	Suite *s = suite_create("registers");
	TCase *t = tcase_create("rows");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_newest_row_of_an_id_holds);
	tcase_add_test(t, what_is_struck_out_is_no_row_and_has_a_history);
	tcase_add_test(t, a_row_says_who_wrote_it_and_out_of_what);
	tcase_add_test(t, what_is_no_row_is_passed_over);
	tcase_add_test(t, a_register_that_nobody_knows_is_kept);
	tcase_add_test(t, an_event_does_not_hold_the_rows_again);
	suite_add_tcase(s, t);
	return s;
}
