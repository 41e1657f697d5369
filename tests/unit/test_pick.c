/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/pick.h"

#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>

#define HOUR_NS (INT64_C(3600) * NS_PER_S)
#define HOUR_MS INT64_C(3600000)
#define START_MS (LOG_SAMPLE_START.ns / NS_PER_MS)
#define ENTRIES (3 * 4096)

static struct log_sample sample;
static struct pick p;
static struct err e;
static int64_t bulletin, airing;

/* One entry an hour, of which the second is a bulletin that airs near the end. */
static void setup(void)
{
	struct bulletin b = log_sample_bulletin("Nước sạch");
	char id[ID_BYTES];

	log_sample_open(&sample, ":memory:");
	log_sample_add(&sample, log_sample_note("mở đầu", NULL, NULL));
	bulletin = log_sample_add(&sample, entry_bulletin_received(&b, NULL, json_array(),
								   "user:3"));
	entry_id('B', bulletin, id);
	for (int64_t n = bulletin + 1; n < ENTRIES; n++) {
		struct wall now = wall_add_ns(LOG_SAMPLE_START, n * HOUR_NS);
		struct airing_facts f = log_sample_airing(id, now);

		clock_sim_set_wall(&sample.clock, now);
		f.reason = "power-off";
		bool airs = n == ENTRIES - 100;
		int64_t made = log_sample_add(&sample, airs ? entry_airing_missed(&f, &sample.tz)
						: log_sample_note("giờ", NULL, NULL));
		airing = airs ? made : airing;
	}
	p = (struct pick){.have = ledger_view(sample.ledger), .entries = ENTRIES};
	ck_assert(chain_open(&p.chain, disk_sim_disk(sample.disk), 0, &e));
}

static void teardown(void)
{
	pick_finish(&p);
	chain_close(p.chain);
	log_sample_close(&sample);
}

static bool has(int64_t n)
{
	for (size_t i = 0; i < p.numbers.count; i++)
		if (p.numbers.list[i] == n)
			return true;
	return false;
}

START_TEST(those_of_the_period_and_what_they_name)
{
	p.from_ms = START_MS + (airing - 10) * HOUR_MS;
	p.to_ms = p.from_ms + 20 * HOUR_MS;
	ck_assert_msg(pick_period(&p, &e), "%s", e.text);
	ck_assert(has(airing) && has(airing - 10) && has(airing + 9) && has(bulletin));
	ck_assert(!has(airing - 11) && !has(0));
	ck_assert_uint_lt(p.numbers.count, 60);
	for (size_t i = 1; i < p.numbers.count; i++)
		ck_assert_int_lt(p.numbers.list[i - 1], p.numbers.list[i]);
}
END_TEST

START_TEST(none_behind_what_the_view_has)
{
	p.entries = airing;
	p.from_ms = 0;
	p.to_ms = INT64_MAX;
	ck_assert(pick_period(&p, &e));
	ck_assert_uint_eq(p.numbers.count, (size_t)airing);
}
END_TEST

START_TEST(one_airing_names_few)
{
	ck_assert(pick_airing(&p, airing, airing, -1, &e));
	ck_assert(has(airing) && has(bulletin));
	ck_assert_uint_eq(p.numbers.count, 2);
}
END_TEST

Suite *suite_pick(void);
Suite *suite_pick(void)
{
	Suite *s = suite_create("pick");
	TCase *t = tcase_create("pick");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, those_of_the_period_and_what_they_name);
	tcase_add_test(t, none_behind_what_the_view_has);
	tcase_add_test(t, one_airing_names_few);
	suite_add_tcase(s, t);
	return s;
}
