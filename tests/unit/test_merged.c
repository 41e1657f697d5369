/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two stations in one table. Their figures over random logs: tests/e2e/tables_merged.py. */
#include "report/merged.h"

#include "base/json.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static struct report_across across;
static json_t *told;

/* A bulletin that aired once. */
static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	log_sample_add(&c->sample, log_sample_note("mở đầu", NULL, NULL));
	struct airing_facts f = log_sample_airing(NULL, LOG_SAMPLE_START);
	char id[ID_BYTES];

	f.bulletin = NULL;
	f.file = "audio/nhac.flac";
	entry_id('A', log_sample_add(&c->sample, entry_airing_intended(&f, &c->sample.tz)), id);
	f.airing = id;
	f.proof = "A";
	log_sample_add(&c->sample, entry_airing_ended(&f, &c->sample.tz));
	across = (struct report_across){.planned = 0};
	c->report.across = &across;
	told = NULL;
}

static void teardown(void)
{
	json_decref(told);
	numbers_finish(&across.days);
	reportcase_close(c);
	free(c);
}

/* The same station under both names. */
static void merge(const char *table, const char *first, const char *second)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct table_writer w = {.out = out, .format = &table_json};
	struct merged *m = merged_begin(&w, &across, "từ hai gói");
	struct err e;

	ck_assert(merged_add(m, &c->report, table, first, &e));
	ck_assert(merged_add(m, &c->report, table, second, &e));
	ck_assert(merged_sum(m, &e) && table_end(&w, &e));
	merged_end(m);
	table_finish(&w);
	fclose(out);
	told = json_read(text, len, &e);
	ck_assert_msg(told != NULL, "%s", text);
	free(text);
}

static const json_t *row(size_t i)
{
	return json_array_get(json_object_get(told, "rows"), i);
}

START_TEST(rows_bear_their_station_and_go_on_in_number)
{
	merge("A", "xa-1", "xa-2");
	ck_assert_uint_eq(json_array_size(json_object_get(told, "rows")), 2);
	ck_assert_str_eq(json_get_text(row(0), "station", ""), "xa-1");
	ck_assert_str_eq(json_get_text(row(1), "station", ""), "xa-2");
	ck_assert_int_eq(json_get_integer(row(1), "number", 0), 2);
	ck_assert_int_eq(json_get_integer(json_object_get(told, "sum"), "number", 0), 2);
	ck_assert_double_eq(json_get_number(json_object_get(told, "sum"), "length_s", 0),
			    2 * json_get_number(row(0), "length_s", 0));
	ck_assert_str_eq(json_get_text(told, "log", ""), "từ hai gói");
}
END_TEST

/* One day of both, two airings, and one of one planned twice. */
START_TEST(a_day_of_both_is_one_and_shares_are_no_sum)
{
	merge("B", "xa-1", "xa-2");
	const json_t *sum = json_object_get(told, "sum");

	ck_assert_int_eq(json_get_integer(row(0), "days", 0), 1);
	ck_assert_int_eq(json_get_integer(sum, "days", 0), 1);
	ck_assert_int_eq(json_get_integer(sum, "aired", 0), 2);
	ck_assert_double_eq(json_get_number(sum, "plan_percent", 0), 100);
	ck_assert_ptr_null(json_object_get(row(0), "open"));
}
END_TEST

/* A note of both stands once, and whose it is only where it is not everybody's. */
START_TEST(what_all_say_is_said_once)
{
	size_t count;

	merge("E", "xa-1", "xa-2");
	count = json_array_size(json_object_get(told, "notes"));
	ck_assert_uint_eq(count, 1);
	ck_assert_ptr_null(strstr(json_string_value(json_array_get(json_object_get(told, "notes"),
								    0)), "xa-1"));
}
END_TEST

Suite *suite_merged(void);
Suite *suite_merged(void)
{
	Suite *s = suite_create("merged");
	TCase *t = tcase_create("merged");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, rows_bear_their_station_and_go_on_in_number);
	tcase_add_test(t, a_day_of_both_is_one_and_shares_are_no_sum);
	tcase_add_test(t, what_all_say_is_said_once);
	suite_add_tcase(s, t);
	return s;
}
