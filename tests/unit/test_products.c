/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table C. Its figures over random logs: tests/e2e/tables.py. */
#include "report/products.h"

#include "base/json.h"
#include "proof/registers.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static char bulletin[ID_BYTES];

/* One bulletin of 90 s, approved on 23 November. */
static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	log_sample_add(&c->sample, log_sample_note("mở đầu", NULL, NULL));
	struct bulletin b = log_sample_bulletin("Nước sạch");
	entry_id('B', log_sample_add(&c->sample, entry_bulletin_received(&b, NULL, json_array(),
									 "user:3")), bulletin);
	log_sample_add(&c->sample,
		       entry_bulletin_approved(bulletin, b.sha256, "12/QĐ", NULL, "user:7"));
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static void write(const char *id, json_t *fields)
{
	log_sample_add(&c->sample, registers_entry("products", json_pack("{s:o}", id, fields),
						   "user:1", "", NULL, NULL));
}

static void air(const char *proof)
{
	struct airing_facts f = log_sample_airing(bulletin, LOG_SAMPLE_START);
	char id[ID_BYTES];

	entry_id('A', log_sample_add(&c->sample, entry_airing_intended(&f, &c->sample.tz)), id);
	f.airing = id;
	f.proof = proof;
	log_sample_add(&c->sample, entry_airing_ended(&f, &c->sample.tz));
}

static const json_t *row(const json_t *table, size_t i)
{
	return json_array_get(json_object_get(table, "rows"), i);
}

/* Two airings of 90 s; a third that no device surely took costs nothing. */
START_TEST(what_an_airing_and_a_minute_cost)
{
	air("A");
	air("A");
	air(NULL);
	write("SP1", json_pack("{s:s, s:i, s:s, s:s}", "bulletin", bulletin, "amount", 300000,
			       "decision", "759/QĐ-UBND", "accepted", "2026-11-24"));
	json_t *table = reportcase_json(c, "C");
	const json_t *o = row(table, 0);

	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 1);
	ck_assert_int_eq(json_get_integer(o, "airings", -1), 2);
	ck_assert_int_eq(json_get_integer(o, "per_airing", -1), 150000);
	ck_assert_int_eq(json_get_integer(o, "per_minute", -1), 100000);
	ck_assert_str_eq(json_get_text(o, "decision", ""), "759/QĐ-UBND");
	ck_assert_str_eq(json_get_text(o, "accepted", ""), "2026-11-24");
	ck_assert_int_eq(json_get_integer(json_object_get(table, "sum"), "amount", -1), 300000);
	json_decref(table);
}
END_TEST

/* So that a spreadsheet sorts and counts by it. */
START_TEST(the_day_of_acceptance_is_a_date)
{
	write("SP1", json_pack("{s:s, s:s, s:s}", "title", "Tờ rơi", "kind", "to-roi",
			       "accepted", "2026-11-05"));
	char *html = reportcase_text(c, "C", "html");

	ck_assert_ptr_nonnull(strstr(html, "05/11/2026"));
	free(html);
}
END_TEST

START_TEST(another_fund_for_the_same_is_told)
{
	write("SP1", json_pack("{s:s, s:s, s:s, s:s}", "title", "Tờ rơi", "kind", "to-roi", "fund",
			       "1719", "made", "2026-11-02"));
	write("SP2", json_pack("{s:s, s:s, s:s, s:s}", "title", "TO ROI", "kind", "to-roi", "fund",
			       "xa", "made", "2026-11-03"));
	write("SP3", json_pack("{s:s, s:s, s:s}", "title", "Tờ rơi", "kind", "to-roi", "made",
			       "2026-12-03"));
	json_t *table = reportcase_json(c, "C");

	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 3);
	ck_assert(json_is_null(json_object_get(row(table, 1), "twin")));
	ck_assert_str_eq(json_get_text(row(table, 2), "twin", ""), "SP1, KHÁC NGUỒN KINH PHÍ");
	ck_assert(json_is_null(json_object_get(row(table, 0), "amount")));
	ck_assert_uint_eq(json_array_size(json_object_get(table, "notes")), 1);
	json_decref(table);
}
END_TEST

START_TEST(a_period_without_any_says_so)
{
	c->report.filter.fund = "khong-co";
	json_t *table = reportcase_json(c, "C");
	const json_t *notes = json_object_get(table, "notes");

	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 0);
	ck_assert_ptr_nonnull(strstr(json_string_value(json_array_get(notes, 0)), "không có"));
	json_decref(table);
}
END_TEST

Suite *suite_products(void);
Suite *suite_products(void)
{
	Suite *s = suite_create("products");
	TCase *t = tcase_create("products");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_an_airing_and_a_minute_cost);
	tcase_add_test(t, the_day_of_acceptance_is_a_date);
	tcase_add_test(t, another_fund_for_the_same_is_told);
	tcase_add_test(t, a_period_without_any_says_so);
	suite_add_tcase(s, t);
	return s;
}
