/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/saying.h"
#include "proof/outages.h"

#include "base/buf.h"
#include "proof/entry.h"
#include "proof/reason.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>

#define HOUR_NS (3600 * NS_PER_S)

static struct log_sample sample;
static struct buf told;
static struct err e;

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
}

static void teardown(void)
{
	buf_finish(&told);
	log_sample_close(&sample);
}

static struct wall hours(int count)
{
	return wall_add_ns(LOG_SAMPLE_START, count * HOUR_NS);
}

/* In that hour, seconds after the one before. */
static void at(int hour, json_t *entry)
{
	int64_t ns = hours(hour).ns - clock_wall(&sample.clock.clock).ns;

	clock_sim_advance(&sample.clock, ns > 0 ? ns : 0);
	log_sample_add(&sample, entry);
}

static bool add(const struct outage *o, void *arg)
{
	int64_t start = LOG_SAMPLE_START.ns / NS_PER_MS;
	int to = o->to_ms != 0 ? (int)((o->to_ms - start) / 3600000) : -1;

	(void)arg;
	buf_print(&told, "%d %s %d-%d; ", (int)o->kind, o->name,
		  (int)((o->from_ms - start) / 3600000), to);
	return true;
}

static const char *outages(int from, int to)
{
	buf_reset(&told);
	ck_assert_msg(outages_rows(ledger_view(sample.ledger), hours(from), hours(to), add, NULL,
				   &e), "%s", e.text);
	return buf_str(&told);
}

START_TEST(stretches_between_two_entries)
{
	at(1, entry_device_lost("hw:1", NULL));
	at(2, entry_relay_lost("vov1", "Sáng", hours(2), json_null(), json_null(), &sample.tz));
	at(3, entry_device_back("hw:1", 7200));
	at(4, entry_disk_low(5, false));
	at(5, entry_relay_back("vov1", "Sáng", hours(2), 1, saying(SAYING_RELAY_AT_END),
			       &sample.tz));
	ck_assert_str_eq(outages(0, 9), "0 hw:1 1-3; 3  4-4; 1 vov1 2-5; ");
	/* What ended before, and what comes after, is of another period. */
	ck_assert_str_eq(outages(6, 9), "");
	ck_assert_str_eq(outages(0, 1), "");
}
END_TEST

START_TEST(what_began_before_and_what_is_not_over)
{
	at(1, entry_device_lost("hw:1", NULL));
	at(1, entry_device_lost("hw:2", NULL));
	at(2, entry_device_back("hw:2", 3600));
	at(7, entry_device_lost("hw:1", NULL)); /* it never came back */
	at(9, entry_device_back("hw:1", 3600));
	ck_assert_str_eq(outages(3, 5), "0 hw:1 1--1; ");
	ck_assert_str_eq(outages(5, 8), "0 hw:1 1--1; ");
	ck_assert_str_eq(outages(5, 10), "0 hw:1 1-9; ");
}
END_TEST

/* The station is back, and tells, after the period. */
START_TEST(that_it_was_off_is_told_later)
{
	struct wall to = hours(30);

	at(30, entry_past_owed(hours(2), &to, reason_code(REASON_POWER_OFF), &sample.tz));
	ck_assert_str_eq(outages(0, 9), "2 power-off 2-30; ");
	ck_assert_str_eq(outages(31, 40), "");
}
END_TEST

Suite *suite_outages(void);
Suite *suite_outages(void)
{
	Suite *s = suite_create("outages");
	TCase *t = tcase_create("outages");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, stretches_between_two_entries);
	tcase_add_test(t, what_began_before_and_what_is_not_over);
	tcase_add_test(t, that_it_was_off_is_told_later);
	suite_add_tcase(s, t);
	return s;
}
