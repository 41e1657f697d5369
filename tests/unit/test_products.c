/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table C. Its figures over random logs: tests/e2e/tables.py. */
#include "report/products.h"

#include "base/json.h"
#include "proof/registers.h"
#include "proof/sameness.h"
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
	write("SP1", json_pack("{s:s, s:i, s:s, s:s, s:s}", "bulletin", bulletin, "amount", 300000,
			       "decision", "759/QĐ-UBND", "accepted", "2026-11-24", "level",
			       "xa"));
	json_t *table = reportcase_json(c, "C");
	const json_t *o = row(table, 0);

	ck_assert_uint_eq(json_array_size(json_object_get(table, "rows")), 1);
	ck_assert_int_eq(json_get_integer(o, "airings", -1), 2);
	ck_assert_int_eq(json_get_integer(o, "per_airing", -1), 150000);
	ck_assert_int_eq(json_get_integer(o, "per_minute", -1), 100000);
	ck_assert_str_eq(json_get_text(o, "decision", ""), "759/QĐ-UBND");
	ck_assert_str_eq(json_get_text(o, "accepted", ""), "2026-11-24");
	ck_assert_str_eq(json_get_text(o, "level", ""), "xã");
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

static void decide(const char *first, const char *second, const char *decision)
{
	log_sample_add(&c->sample, entry_duplicate_decided(first, second, "", "", decision,
							   "đã xem", "user:1"));
}

static void leaflets(void)
{
	write("SP1", json_pack("{s:s, s:s, s:s, s:s, s:i}", "title", "Tờ rơi", "kind", "to-roi",
			       "fund", "1719", "made", "2026-11-02", "amount", 500000));
	write("SP2", json_pack("{s:s, s:s, s:s, s:s, s:i}", "title", "Tờ rơi", "kind", "to-roi",
			       "fund", "xa", "made", "2026-11-03", "amount", 700000));
}

static void sums(int64_t number, int64_t amount, size_t notes)
{
	json_t *table = reportcase_json(c, "C");
	const json_t *sum = json_object_get(table, "sum");

	ck_assert_int_eq(json_get_integer(sum, "number", -1), number);
	ck_assert_int_eq(json_get_integer(sum, "amount", -1), amount);
	ck_assert_uint_eq(json_array_size(json_object_get(table, "notes")), notes);
	json_decref(table);
}

/* The row stays, so that nothing is lost from sight; neither number nor money counts. */
START_TEST(what_is_one_product_counts_once)
{
	leaflets();
	sums(3, 1200000, 1);
	decide("SP1", "SP2", "same");
	sums(2, 500000, 2);
	json_t *table = reportcase_json(c, "C");
	ck_assert(json_is_null(json_object_get(row(table, 2), "number")));
	ck_assert_int_eq(json_get_integer(row(table, 2), "amount", -1), 0);
	ck_assert_str_eq(json_get_text(row(table, 2), "twin", ""),
			 "một sản phẩm với SP1, không tính lại");
	json_decref(table);
	table = reportcase_json(c, "C");
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(table, "notes"), 0)),
			 "SP2: 700.000 đồng (nguồn xa) không tính, theo quyết định về SP1; HAI "
			 "NGUỒN KINH PHÍ đã chi cho một sản phẩm: xem lại trước khi nộp.");
	json_decref(table);
	decide("SP1", "SP2", "open");
	sums(3, 1200000, 1);
	decide("SP1", "SP2", "different");
	sums(3, 1200000, 0);
}
END_TEST

/* The bulletin has no amount; that of the row which is the same thing is not lost. */
START_TEST(the_only_amount_of_two_stays)
{
	leaflets();
	decide(bulletin, "SP2", "same");
	decide("SP1", "SP2", "different");
	sums(2, 1200000, 2);
	decide(bulletin, "SP2", "reuse");
	sums(2, 500000, 2);
}
END_TEST

/* Two funds have paid for the bulletin, whose own row says no amount: the older row's counts, once
 * and where the number is. */
START_TEST(of_two_that_are_the_same_as_a_third_one_pays)
{
	int64_t numbered = 0;

	leaflets();
	decide(bulletin, "SP2", "same");
	decide(bulletin, "SP1", "same");
	sums(1, 500000, 3);
	json_t *table = reportcase_json(c, "C");
	for (size_t i = 0; i < 3; i++)
		if (!json_is_null(json_object_get(row(table, i), "number")))
			numbered += json_get_integer(row(table, i), "amount", 0);
	ck_assert_int_eq(numbered, 500000);
	ck_assert_int_eq(json_get_integer(row(table, 1), "amount", -1), 0);
	json_decref(table);
	decide("SP1", "SP2", "same"); /* and so by way of the other */
	sums(1, 500000, 3);
}
END_TEST

START_TEST(what_is_used_again_costs_nothing)
{
	write("SP1", json_pack("{s:s, s:s, s:i}", "bulletin", bulletin, "level", "xa", "amount",
			       300000));
	write("SP2", json_pack("{s:s, s:s, s:s, s:s, s:i}", "title", "NƯỚC SẠCH", "kind",
			       "ban-tin", "level", "tinh", "made", "2020-01-01", "length_s", 90));
	air("A");
	json_t *table = reportcase_json(c, "C");
	ck_assert_str_eq(json_get_text(row(table, 0), "twin", ""), "SP2, dùng lại?");
	json_decref(table);
	decide("SP2", bulletin, "reuse");
	table = reportcase_json(c, "C");
	ck_assert_int_eq(json_get_integer(row(table, 0), "amount", -1), 0);
	ck_assert_int_eq(json_get_integer(row(table, 0), "per_airing", -1), 0);
	ck_assert_int_eq(json_get_integer(row(table, 0), "airings", -1), 1);
	ck_assert_str_eq(json_get_text(row(table, 0), "reused", ""), "có");
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
	tcase_add_test(t, what_is_one_product_counts_once);
	tcase_add_test(t, the_only_amount_of_two_stays);
	tcase_add_test(t, of_two_that_are_the_same_as_a_third_one_pays);
	tcase_add_test(t, what_is_used_again_costs_nothing);
	tcase_add_test(t, a_period_without_any_says_so);
	suite_add_tcase(s, t);
	return s;
}
