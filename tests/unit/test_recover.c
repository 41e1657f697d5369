/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/recover.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "support/deskcase.h"
#include "support/log_sample.h"

#include <check.h>
#include <string.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static void append(json_t *entry)
{
	struct err e = {0};
	int64_t n;

	ck_assert_msg(desk_append(&c.desk, entry, &n, &e), "%s", e.text);
}

static struct recovery start(void)
{
	struct recovery r;
	struct err e = {0};

	ck_assert_msg(recover(&c.desk, &r, &e), "%s", e.text);
	return r;
}

START_TEST(a_first_start_has_nothing_to_make_good)
{
	struct recovery r = start();

	ck_assert_int_eq(r.interrupted, 0);
	ck_assert(r.accounted_to.ns == clock_wall(&c.clock.clock).ns);
	ck_assert_int_eq((int)ledger_next(c.desk.ledger), 1);
}
END_TEST

START_TEST(an_open_airing_is_interrupted_and_says_when)
{
	struct wall planned = clock_wall(&c.clock.clock);
	struct airing_facts f = log_sample_airing("B1", planned);
	struct airing_row row;
	struct err e = {0};

	append(entry_station_started("0", "thu"));
	append(entry_airing_intended(&f, &c.desk.tz));
	clock_sim_advance(&c.clock, 30 * NS_PER_S);
	recover_alive(&c.desk);
	clock_sim_advance(&c.clock, 600 * NS_PER_S);
	struct recovery r = start();
	ck_assert_int_eq(r.interrupted, 1);
	ck_assert_int_eq(r.gap_reason, REASON_POWER_OFF);
	ck_assert_msg(reader_airing(ledger_view(c.desk.ledger), "A1", &row, &e), "%s", e.text);
	ck_assert_str_eq(row.result, "interrupted");
	ck_assert_str_eq(row.reason, "power-off");
	ck_assert_ptr_nonnull(strstr(row.detail, "05:00:30"));
	ck_assert(r.accounted_to.ns <= planned.ns);
	ck_assert_int_eq(start().interrupted, 0);
}
END_TEST

START_TEST(a_stop_on_purpose_is_no_power_cut)
{
	start();
	append(entry_station_stopped("", ""));
	clock_sim_advance(&c.clock, 600 * NS_PER_S);
	ck_assert_int_eq(start().gap_reason, REASON_STATION_STOPPED);
}
END_TEST

/* A start that dies before it has written what was missed leaves that to the next. */
START_TEST(an_unfinished_account_is_taken_up_again)
{
	struct recovery first, second;

	append(entry_note_added("x", "", "uid:7"));
	clock_sim_advance(&c.clock, 3600 * NS_PER_S);
	first = start();
	clock_sim_advance(&c.clock, 3600 * NS_PER_S);
	second = start();
	ck_assert(second.accounted_to.ns / NS_PER_MS == first.accounted_to.ns / NS_PER_MS);
	recover_done(&c.desk, &second);
	clock_sim_advance(&c.clock, 3600 * NS_PER_S);
	ck_assert(start().accounted_to.ns > first.accounted_to.ns);
}
END_TEST

Suite *suite_recover(void)
{
	Suite *s = suite_create("recover");
	TCase *t = tcase_create("recover");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_first_start_has_nothing_to_make_good);
	tcase_add_test(t, an_open_airing_is_interrupted_and_says_when);
	tcase_add_test(t, a_stop_on_purpose_is_no_power_cut);
	tcase_add_test(t, an_unfinished_account_is_taken_up_again);
	suite_add_tcase(s, t);
	return s;
}
