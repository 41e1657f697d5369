/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/begun.h"

#include "proof/history.h"
#include "support/log_sample.h"

#include <check.h>

static struct log_sample log_of;
static struct err e;

static void setup(void)
{
	log_sample_open(&log_of, ":memory:");
}

static void teardown(void)
{
	log_sample_close(&log_of);
}

static void begin(const char *a, const char *b)
{
	log_sample_add(&log_of, entry_recording_begun(
		json_pack("[o, o]", entry_begun_file(a, "a", LOG_SAMPLE_START, &log_of.tz),
			  entry_begun_file(b, "b", LOG_SAMPLE_START, &log_of.tz))));
}

static bool named(const char *file)
{
	bool is;

	ck_assert(history_names(ledger_view(log_of.ledger), file, &is, &e));
	return is;
}

START_TEST(a_name_is_known_from_its_beginning_on)
{
	bool any;

	ck_assert(!named("aircheck/05-a.mp3"));
	ck_assert(begun_any(ledger_view(log_of.ledger), 99, &any, &e) && !any);
	begin("aircheck/05-a.mp3", "aircheck/05-b.mp3");
	ck_assert(named("aircheck/05-a.mp3") && named("aircheck/05-b.mp3"));
	ck_assert(!named("aircheck/06-a.mp3"));
	ck_assert(begun_any(ledger_view(log_of.ledger), 99, &any, &e) && any);
	ck_assert(begun_any(ledger_view(log_of.ledger), 0, &any, &e) && !any);
	log_sample_add(&log_of, entry_recording_unknown("aircheck/x", 1, LOG_SAMPLE_START,
							&log_of.tz));
	ck_assert(named("aircheck/x"));
}
END_TEST

struct seen {
	int count;
	struct begun_row last;
};

static bool take(const struct begun_row *r, void *arg)
{
	struct seen *s = arg;

	s->count++;
	s->last = *r;
	return true;
}

static struct seen open_now(void)
{
	struct seen s = {0};

	ck_assert(begun_open(ledger_view(log_of.ledger), take, &s, &e));
	return s;
}

START_TEST(open_is_what_an_earlier_run_began_and_nobody_closed)
{
	struct wall t = LOG_SAMPLE_START;

	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	begin("aircheck/05-a.mp3", "aircheck/05-b.mp3");
	ck_assert_int_eq(open_now().count, 0);
	log_sample_add(&log_of, entry_station_started("1", "s", "boot"));
	ck_assert_int_eq(open_now().count, 2);
	log_sample_add(&log_of, entry_recording_closed("aircheck/05-a.mp3", "00", "a", t, t, 9,
						       &log_of.tz));
	ck_assert_int_eq(open_now().count, 1);
	ck_assert_str_eq(open_now().last.file, "aircheck/05-b.mp3");
	ck_assert_str_eq(open_now().last.zone, "b");
	ck_assert(open_now().last.from.ns == t.ns);
	/* One that was told lost may come back. */
	log_sample_add(&log_of, entry_recording_lost("aircheck/05-b.mp3", "b", t, t, "power-off",
						     &log_of.tz));
	ck_assert_int_eq(open_now().count, 1);
}
END_TEST

Suite *suite_begun(void);
Suite *suite_begun(void)
{
	Suite *s = suite_create("begun");
	TCase *t = tcase_create("begun");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_name_is_known_from_its_beginning_on);
	tcase_add_test(t, open_is_what_an_earlier_run_began_and_nobody_closed);
	suite_add_tcase(s, t);
	return s;
}
