/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as done. Days and sums: test_plan_done.c. */
#include "report/deeds.h"

#include "proof/registers.h"
#include "proof/sameness.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;
static int64_t sums[REPORT_MEASURES];

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	memset(sums, 0, sizeof(sums));
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

static void add(const struct deed *d, void *arg)
{
	(void)arg;
	sums[d->measure] += d->amount;
}

static void gather(void)
{
	struct err e;

	ck_assert(deeds_each(&c->report, c->report.period.first, add, NULL, &e));
}

static void product(const char *id, json_t *fields)
{
	log_sample_add(&c->sample, registers_entry("products", json_pack("{s:o}", id, fields),
						   "user:1", "", NULL, NULL));
}

/* Its row in the register is the same product once more; its money is counted there alone. */
START_TEST(a_bulletin_is_one_product_when_it_is_approved)
{
	struct bulletin b = log_sample_bulletin("Tin");
	char id[ID_BYTES];

	entry_id('B', log_sample_add(&c->sample, entry_bulletin_received(&b, NULL, json_array(),
									  "user:3")), id);
	product("SP1", json_pack("{s:s, s:i}", "bulletin", id, "amount", 700));
	gather();
	ck_assert_int_eq((int)sums[REPORT_PRODUCTS], 0);
	ck_assert_int_eq((int)sums[REPORT_MONEY], 700);
	log_sample_add(&c->sample, entry_bulletin_approved(id, b.sha256, "5/QĐ", NULL, "user:1"));
	gather();
	ck_assert_int_eq((int)sums[REPORT_PRODUCTS], 1);
	product("SP1", json_pack("{s:s, s:b}", "bulletin", id, "reused", 1));
	gather();
	ck_assert_int_eq((int)sums[REPORT_PRODUCTS], 1);
}
END_TEST

static void decide(const char *first, const char *second, const char *decision)
{
	log_sample_add(&c->sample, entry_duplicate_decided(first, second, "", "", decision, "xem",
							   "user:1"));
	memset(sums, 0, sizeof(sums));
	gather();
}

/* As table C counts them. */
START_TEST(what_was_decided_to_be_one_is_done_once)
{
	product("SP1", json_pack("{s:s, s:s, s:i}", "title", "A", "kind", "to-roi", "amount", 5));
	product("SP2", json_pack("{s:s, s:s, s:i}", "title", "A", "kind", "to-roi", "amount", 7));
	product("SP3", json_pack("{s:s, s:s}", "title", "A", "kind", "to-roi"));
	decide("SP1", "SP2", "same");
	ck_assert_int_eq((int)sums[REPORT_PRODUCTS], 2);
	ck_assert_int_eq((int)sums[REPORT_MONEY], 5);
	decide("SP1", "SP2", "open");
	ck_assert_int_eq((int)sums[REPORT_PRODUCTS], 3);
	ck_assert_int_eq((int)sums[REPORT_MONEY], 12);
	decide("SP3", "SP2", "same");
	ck_assert_int_eq((int)sums[REPORT_PRODUCTS], 2);
	ck_assert_int_eq((int)sums[REPORT_MONEY], 12);
	decide("SP3", "SP2", "reuse");
	ck_assert_int_eq((int)sums[REPORT_MONEY], 5);
}
END_TEST

Suite *suite_deeds(void);
Suite *suite_deeds(void)
{
	Suite *s = suite_create("deeds");
	TCase *t = tcase_create("deeds");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_bulletin_is_one_product_when_it_is_approved);
	tcase_add_test(t, what_was_decided_to_be_one_is_done_once);
	suite_add_tcase(s, t);
	return s;
}
