/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/reader.h"

#include "support/log_sample.h"

#include <check.h>

static struct log_sample sample;
static struct view *v;
static struct err e;

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	v = ledger_view(sample.ledger);
}

static void teardown(void)
{
	log_sample_close(&sample);
}

START_TEST(the_log_began_with_its_first_entry)
{
	struct wall began;
	bool found = true;

	ck_assert(reader_began(v, &began, &found, &e) && !found);
	log_sample_add(&sample, log_sample_note("một", NULL, NULL));
	clock_sim_advance(&sample.clock, 60 * NS_PER_S);
	log_sample_add(&sample, log_sample_note("hai", NULL, NULL));
	ck_assert(reader_began(v, &began, &found, &e) && found);
	ck_assert_int_eq(began.ns, LOG_SAMPLE_START.ns);
}
END_TEST

START_TEST(the_latest_up_to_a_moment)
{
	struct wall latest, minute = wall_add_ns(LOG_SAMPLE_START, 60 * NS_PER_S);
	bool found = true;

	ck_assert(reader_latest(v, minute, &latest, &found, &e) && !found);
	for (int i = 0; i < 3; i++) {
		log_sample_add(&sample, log_sample_note("một", NULL, NULL));
		clock_sim_advance(&sample.clock, 60 * NS_PER_S);
	}
	ck_assert(reader_latest(v, minute, &latest, &found, &e) && found);
	ck_assert_int_ge(latest.ns, LOG_SAMPLE_START.ns);
	ck_assert_int_le(latest.ns, minute.ns);
}
END_TEST

Suite *suite_reader_when(void);
Suite *suite_reader_when(void)
{
	Suite *s = suite_create("reader_when");
	TCase *t = tcase_create("times");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_log_began_with_its_first_entry);
	tcase_add_test(t, the_latest_up_to_a_moment);
	suite_add_tcase(s, t);
	return s;
}
