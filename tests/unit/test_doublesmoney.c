/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What table C says below its rows of amounts that stand elsewhere or nowhere. */
#include "report/doublesmoney.h"

#include "base/json.h"
#include "proof/registers.h"
#include "proof/sameness.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	log_sample_add(&c->sample, log_sample_note("mở đầu", NULL, NULL));
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static void write(const char *id, const char *fund, int amount)
{
	json_t *fields = json_pack("{s:s, s:s, s:s}", "title", id, "kind", "to-roi", "made",
				   "2026-11-02");

	if (fund[0] != '\0')
		json_object_set_new(fields, "fund", json_string(fund));
	if (amount > 0)
		json_object_set_new(fields, "amount", json_integer(amount));
	log_sample_add(&c->sample, registers_entry("products", json_pack("{s:o}", id, fields),
						   "user:1", "", NULL, NULL));
}

static void decide(const char *first, const char *second, const char *decision)
{
	log_sample_add(&c->sample, entry_duplicate_decided(first, second, "", "", decision,
							   "đã xem", "user:1"));
}

/* A note that begins and ends so. */
static bool noted(const char *begins, const char *ends)
{
	json_t *table = reportcase_json(c, "C"), *one;
	bool found = false;
	size_t i;

	json_array_foreach(json_object_get(table, "notes"), i, one) {
		const char *text = json_string_value(one);
		size_t len = strlen(text), tail = strlen(ends);
		found = found || (strncmp(text, begins, strlen(begins)) == 0 && len >= tail &&
				  strcmp(text + len - tail, ends) == 0);
	}
	json_decref(table);
	return found;
}

START_TEST(what_is_not_counted_is_named_with_its_fund)
{
	write("SP1", "xa", 500000);
	write("SP2", "xa", 700000);
	decide("SP1", "SP2", "same");
	ck_assert(noted("SP2: 700.000 đồng (nguồn xa) không tính", "về SP1."));
	ck_assert(!noted("SP1", ""));
}
END_TEST

START_TEST(two_funds_are_told_whatever_was_decided)
{
	write("SP1", "xa", 500000);
	write("SP2", "tinh", 700000);
	decide("SP1", "SP2", "same");
	ck_assert(noted("SP2: 700.000 đồng (nguồn tinh) không tính", "xem lại trước khi nộp."));
	decide("SP1", "SP2", "reuse");
	ck_assert(noted("SP2: 700.000 đồng", "xem lại trước khi nộp."));
}
END_TEST

START_TEST(what_counts_in_another_row_is_told_so)
{
	write("SP1", "", 0);
	write("SP2", "xa", 700000);
	decide("SP1", "SP2", "same");
	ck_assert(noted("SP2: 700.000 đồng (nguồn xa) tính ở dòng của SP1", "sản phẩm."));
	write("SP3", "tinh", 300000);
	decide("SP1", "SP3", "same");
	ck_assert(noted("SP3: 300.000 đồng (nguồn tinh) không tính", "xem lại trước khi nộp."));
}
END_TEST

START_TEST(without_an_amount_nothing_is_said)
{
	write("SP1", "xa", 500000);
	write("SP2", "tinh", 0);
	decide("SP1", "SP2", "same");
	ck_assert(!noted("SP2: ", ""));
}
END_TEST

Suite *suite_doublesmoney(void);
Suite *suite_doublesmoney(void)
{
	Suite *s = suite_create("doublesmoney");
	TCase *t = tcase_create("notes");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_not_counted_is_named_with_its_fund);
	tcase_add_test(t, two_funds_are_told_whatever_was_decided);
	tcase_add_test(t, what_counts_in_another_row_is_told_so);
	tcase_add_test(t, without_an_amount_nothing_is_said);
	suite_add_tcase(s, t);
	return s;
}
