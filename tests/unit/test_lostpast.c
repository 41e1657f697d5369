/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log that was put back, and the start behind it. */
#include "station/lostpast.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/reader.h"
#include "station/day.h"
#include "station/recover.h"
#include "station/why.h"
#include "support/deskcase.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define HOUR_NS (3600 * NS_PER_S)

static struct deskcase c; /* five o'clock of the 23rd; a slot "Sáng" begins at half past */
static struct err e;
static const struct date monday = {2026, 11, 23};

/* A run that was on air, and hours later another start. */
static void setup(void)
{
	struct airing_facts f;
	int64_t n;

	deskcase_open(&c);
	f = log_sample_airing("B1", clock_wall(&c.clock.clock));
	f.slot = "Chiều";
	ck_assert(desk_append(&c.desk, entry_station_started("0", "thu", "another"), &n, &e) &&
		  desk_append(&c.desk, entry_station_recovered(false, f.planned, 0, 0,
							       &c.desk.tz), &n, &e) &&
		  desk_append(&c.desk, entry_airing_intended(&f, &c.desk.tz), &n, &e));
	clock_sim_advance(&c.clock, 5 * HOUR_NS);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static void lose(const char *why)
{
	const struct notary_state *log = ledger_state(c.desk.ledger);

	ck_assert(heads_doubt(c.desk.disk, log->log, log->size, why, &e));
	ck_assert_msg(ledger_reopen(c.desk.ledger, &e), "%s", e.text);
}

static struct recovery start(void)
{
	struct recovery r;

	ck_assert_msg(recover(&c.desk, &r, &e), "%s", e.text);
	return r;
}

static json_t *last(void)
{
	json_t *o;

	ck_assert(reader_last(ledger_view(c.desk.ledger), KIND_PAST_LOST, &o, &e));
	return o;
}

START_TEST(no_miss_is_claimed_of_a_time_whose_log_is_lost)
{
	struct wall now = clock_wall(&c.clock.clock);
	struct airing_row row;
	struct lostpast l;

	lose("recording-newer");
	ck_assert(lostpast_find(&c.desk, &l, &e) && l.found);
	struct recovery r = start();
	ck_assert_int_eq(r.accounted_to.ns / NS_PER_S, now.ns / NS_PER_S);
	ck_assert_int_eq(r.end_reason, REASON_LOG_LOST);
	json_t *o = last();
	ck_assert_str_eq(json_get_text(o, "from", ""), "2026-11-23T05:00:00.000+07:00");
	ck_assert_str_eq(json_get_text(o, "to", ""), "2026-11-23T10:00:00.000+07:00");
	ck_assert_str_eq(json_get_text(o, "why", ""), "recording-newer");
	json_decref(o);
	ck_assert_msg(reader_airing(ledger_view(c.desk.ledger), "A2", &row, &e), "%s", e.text);
	ck_assert_str_eq(row.reason, "log-lost");
	ck_assert(lostpast_find(&c.desk, &l, &e) && !l.found); /* the next start knows */
}
END_TEST

START_TEST(whoever_asks_is_told_that_nobody_knows)
{
	struct wall now;
	json_t *o;

	lose("recording-newer");
	start();
	clock_sim_advance(&c.clock, NS_PER_S);
	now = clock_wall(&c.clock.clock);
	o = why_make(&c.desk, NULL, "Sáng", monday, NULL, &e);
	ck_assert_msg(o != NULL, "%s", e.text);
	const char *en = json_get_text(json_object_get(o, "texts"), "en", "");
	ck_assert_msg(strstr(en, "nobody knows what aired") != NULL, "%s", en);
	json_decref(o);
	o = day_lines(&c.desk, NULL, monday, NULL, &e);
	ck_assert(json_is_object(json_object_get(o, "lost")));
	json_decref(o);
	o = day_lines(&c.desk, NULL, date_add_days(monday, 1), NULL, &e);
	ck_assert(json_is_null(json_object_get(o, "lost")));
	json_decref(o);
	o = lostpast_banner(&c.desk, now);
	ck_assert_ptr_nonnull(o);
	json_decref(o);
	ck_assert_ptr_null(lostpast_banner(&c.desk, wall_add_ns(now, 8 * 24 * HOUR_NS)));
}
END_TEST

START_TEST(another_log_by_itself_loses_nothing)
{
	struct lostpast l;

	ck_assert(lostpast_find(&c.desk, &l, &e) && !l.found);
	lose("witness-forked");
	ck_assert(lostpast_find(&c.desk, &l, &e) && !l.found);
	struct recovery r = start();
	ck_assert_int_eq(r.end_reason, REASON_POWER_OFF);
	ck_assert_ptr_null(last());
	ck_assert_ptr_null(lostpast_banner(&c.desk, clock_wall(&c.clock.clock)));
}
END_TEST

Suite *suite_lostpast(void);
Suite *suite_lostpast(void)
{
	Suite *s = suite_create("lostpast");
	TCase *t = tcase_create("lostpast");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, no_miss_is_claimed_of_a_time_whose_log_is_lost);
	tcase_add_test(t, whoever_asks_is_told_that_nobody_knows);
	tcase_add_test(t, another_log_by_itself_loses_nothing);
	suite_add_tcase(s, t);
	return s;
}
