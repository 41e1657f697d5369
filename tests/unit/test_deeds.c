/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as done. Days and sums: test_plan_done.c. */
#include "report/deeds.h"

#include "proof/registers.h"
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

Suite *suite_deeds(void);
Suite *suite_deeds(void)
{
	Suite *s = suite_create("deeds");
	TCase *t = tcase_create("deeds");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_bulletin_is_one_product_when_it_is_approved);
	suite_add_tcase(s, t);
	return s;
}
