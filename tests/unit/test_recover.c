/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/recover.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "proof/row.h"
#include "support/deskcase.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;

#define HOUR_NS (3600 * NS_PER_S)

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

/* A run that has accounted for all before it. */
static void run_began(const char *boot)
{
	append(entry_station_started("0", "thu", boot));
	append(entry_station_recovered(false, clock_wall(&c.clock.clock), 0, 0, &c.desk.tz));
}

START_TEST(an_open_airing_is_interrupted_and_says_when)
{
	struct wall planned = clock_wall(&c.clock.clock);
	struct airing_facts f = log_sample_airing("B1", planned);
	struct airing_row row;
	struct err e = {0};

	run_began("another-boot");
	append(entry_airing_intended(&f, &c.desk.tz));
	clock_sim_advance(&c.clock, 30 * NS_PER_S);
	recover_alive(&c.desk);
	clock_sim_advance(&c.clock, 600 * NS_PER_S);
	struct recovery r = start();
	ck_assert_int_eq(r.interrupted, 1);
	ck_assert_int_eq(r.gap_reason, REASON_POWER_OFF);
	ck_assert_msg(reader_airing(ledger_view(c.desk.ledger), "A2", &row, &e), "%s", e.text);
	ck_assert_str_eq(row.result, "interrupted");
	ck_assert_str_eq(row.reason, "power-off");
	/* Written as a code and a figure: its words come when somebody reads it. */
	ck_assert_str_eq(row.detail, "{\"at\":\"2026-11-23T05:00:30.000+07:00\","
				     "\"code\":\"last-alive\"}");
	ck_assert(r.accounted_to.ns <= planned.ns);
	ck_assert_int_eq(start().interrupted, 0);
}
END_TEST

/* An airing that a run in this boot leaves open, and the reason that the next start gives. */
static void interrupt_in(const char *boot, enum reason expected)
{
	struct airing_facts f = log_sample_airing("B1", clock_wall(&c.clock.clock));
	struct airing_row row;
	struct err e = {0};

	run_began(boot);
	append(entry_airing_intended(&f, &c.desk.tz));
	clock_sim_advance(&c.clock, 60 * NS_PER_S);
	ck_assert_int_eq(start().end_reason, expected);
	ck_assert_msg(reader_airing(ledger_view(c.desk.ledger), "A2", &row, &e), "%s", e.text);
	ck_assert_str_eq(row.reason, reason_code(expected));
}

START_TEST(a_killed_program_is_no_power_cut)
{
	interrupt_in(c.desk.boot.id, REASON_PROGRAM_ENDED);
}
END_TEST

/* Closed by the next start: the row of what this run intended. */
static struct airing_row closed(const struct airing_facts *f)
{
	struct airing_row row;
	struct err e = {0};

	run_began(c.desk.boot.id);
	append(entry_airing_intended(f, &c.desk.tz));
	clock_sim_advance(&c.clock, 60 * NS_PER_S);
	ck_assert_int_eq(start().interrupted, 1);
	ck_assert_msg(reader_airing(ledger_view(c.desk.ledger), "A2", &row, &e), "%s", e.text);
	ck_assert_str_eq(row.result, "interrupted");
	return row;
}

START_TEST(a_drill_stays_one_though_the_program_died)
{
	struct airing_facts f = {.planned = clock_wall(&c.clock.clock), .emergency = "K1",
				 .drill = true, .file = "memory:siren", .sha256 = "",
				 .zones = {"thu"}, .zone_count = 1, .who = "uid:7"};
	struct airing_row row = closed(&f);

	ck_assert_str_eq(row.emergency, "K1");
	ck_assert(row.drill);
	ck_assert_str_eq(row.file, "memory:siren");
	ck_assert_str_eq(row.who, "uid:7");
	json_t *o = row_airing_json(&row, &c.desk.tz);
	ck_assert(!json_get_bool(o, "manual", true));
	json_decref(o);
}
END_TEST

START_TEST(a_demonstration_stays_one)
{
	struct airing_facts f = log_sample_airing("B1", clock_wall(&c.clock.clock));

	f.demo = true;
	f.resumes = "A1";
	f.from_frames = 4800;
	ck_assert(closed(&f).demo);
}
END_TEST

START_TEST(who_spoke_is_known_still)
{
	struct airing_facts f = {.planned = clock_wall(&c.clock.clock), .live = "browser",
				 .by = "user:3", .why = "họp thôn", .slot = "",
				 .zones = {"thu"}, .zone_count = 1};
	struct airing_row row = closed(&f);

	ck_assert_str_eq(row.file, "live:browser");
	ck_assert_str_eq(row.speaker, "user:3");
}
END_TEST

/* An airing planned so many seconds after the last sign of life; the code of what is said of it. */
static const char *told_of(const char *boot, double ahead_s, double stepped_ms)
{
	static char code[CODE_BYTES];
	struct wall now = clock_wall(&c.clock.clock);
	struct airing_facts f;
	struct airing_row row;
	struct err e = {0};

	run_began(boot);
	f = log_sample_airing("B1", wall_add_ns(now, (int64_t)(ahead_s * NS_PER_S)));
	append(entry_airing_intended(&f, &c.desk.tz));
	if (stepped_ms != 0)
		append(entry_clock_stepped(stepped_ms, now, now, &c.desk.tz));
	recover_alive(&c.desk);
	clock_sim_advance(&c.clock, 60 * NS_PER_S);
	ck_assert_int_eq(start().interrupted, 1);
	ck_assert_msg(reader_airing(ledger_view(c.desk.ledger), "A2", &row, &e), "%s", e.text);
	json_t *said = saying_read(row.detail);
	snprintf(code, sizeof(code), "%s", json_get_text(said, "code", ""));
	json_decref(said);
	return code;
}

/* The program was killed between the intent and the start: nobody heard anything. */
START_TEST(what_had_not_begun_is_not_called_interrupted)
{
	ck_assert_str_eq(told_of(c.desk.boot.id, 3, 0), "never-began");
}
END_TEST

START_TEST(what_may_have_begun_stays_open)
{
	ck_assert_str_eq(told_of(c.desk.boot.id, -1, 0), "last-alive");
}
END_TEST

/* The file may be a second old, and what was to be heard in a moment is with the device. */
START_TEST(nor_is_it_claimed_of_what_was_about_to_begin)
{
	ck_assert_str_eq(told_of(c.desk.boot.id, 0.022, 0), "last-alive");
}
END_TEST

START_TEST(nor_within_the_pace_of_the_file)
{
	ck_assert_str_eq(told_of(c.desk.boot.id, 1.9, 0), "last-alive");
}
END_TEST

/* What was not synced a power cut takes: the file may be older than the start. */
START_TEST(nor_is_it_claimed_of_a_power_cut)
{
	ck_assert_str_eq(told_of("another-boot", 3, 0), "last-alive");
}
END_TEST

START_TEST(nor_by_a_clock_that_was_set)
{
	ck_assert_str_eq(told_of(c.desk.boot.id, 3, -5000), "last-alive");
}
END_TEST

START_TEST(nor_where_the_file_is_stale)
{
	ck_assert_str_eq(told_of(c.desk.boot.id, 60, 0), "last-alive");
}
END_TEST

START_TEST(what_cannot_be_told_is_not_claimed)
{
	interrupt_in("", REASON_NOT_RUNNING);
}
END_TEST

START_TEST(a_machine_that_does_not_name_its_boot_claims_nothing)
{
	c.desk.boot.id[0] = '\0';
	interrupt_in("another-boot", REASON_NOT_RUNNING);
}
END_TEST

/* A power cut, a program that dies before it has accounted for it, then one that was stopped. */
START_TEST(several_ends_have_one_reason_only_if_it_is_true_of_all)
{
	run_began("another-boot");
	clock_sim_advance(&c.clock, 600 * NS_PER_S);
	ck_assert_int_eq(start().gap_reason, REASON_POWER_OFF);
	clock_sim_advance(&c.clock, 10 * NS_PER_S);
	ck_assert_int_eq(start().gap_reason, REASON_POWER_OFF);
	append(entry_station_stopped("", ""));
	clock_sim_advance(&c.clock, 600 * NS_PER_S);
	struct recovery r = start();
	ck_assert_int_eq(r.end_reason, REASON_STATION_STOPPED);
	ck_assert_int_eq(r.gap_reason, REASON_NOT_RUNNING);
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

/* Somebody adds a bulletin by the command line hours later: nobody has told of those hours. */
START_TEST(what_a_command_writes_hides_nothing_of_the_time_before_it)
{
	run_began(c.desk.boot.id);
	append(entry_station_stopped("", ""));
	struct wall stopped = clock_wall(&c.clock.clock);
	clock_sim_advance(&c.clock, 2 * HOUR_NS);
	deskcase_add(&c, "Tin");
	clock_sim_advance(&c.clock, HOUR_NS);
	struct recovery r = start();
	ck_assert(r.accounted_to.ns <= stopped.ns);
	ck_assert_int_eq(r.gap_reason, REASON_STATION_STOPPED);
	ck_assert(r.floor.ns >= wall_add_ns(stopped, 2 * HOUR_NS).ns);
}
END_TEST

START_TEST(nor_behind_a_power_cut)
{
	struct airing_facts f = log_sample_airing("B1", clock_wall(&c.clock.clock));
	struct airing_row row;
	struct err e = {0};

	run_began("another-boot");
	append(entry_airing_intended(&f, &c.desk.tz));
	clock_sim_advance(&c.clock, 30 * NS_PER_S);
	recover_alive(&c.desk);
	struct wall alive = clock_wall(&c.clock.clock);
	clock_sim_advance(&c.clock, 2 * HOUR_NS);
	deskcase_add(&c, "Tin");
	struct recovery r = start();
	ck_assert(r.accounted_to.ns <= alive.ns);
	ck_assert_msg(reader_airing(ledger_view(c.desk.ledger), "A2", &row, &e), "%s", e.text);
	ck_assert_ptr_nonnull(strstr(row.detail, "05:00:30.000")); /* not two hours later */
}
END_TEST

/* The power took DIR/alive, too, which nobody syncs: the station's own last entry counts. */
START_TEST(nor_where_nothing_else_is_left_of_the_run)
{
	run_began("another-boot");
	struct wall last = clock_wall(&c.clock.clock);
	for (int i = 0; i < 300; i++) {
		clock_sim_advance(&c.clock, 30 * NS_PER_S);
		append(log_sample_note("x", "", "uid:7"));
	}
	struct recovery r = start();
	ck_assert(r.accounted_to.ns <= last.ns);
	ck_assert(r.accounted_to.ns > wall_add_ns(last, -60 * NS_PER_S).ns);
}
END_TEST

/* Of a relay's long evening nothing else may be in the log. */
START_TEST(what_became_of_a_relay_shows_that_the_station_ran)
{
	struct wall slot = clock_wall(&c.clock.clock);

	run_began("another-boot");
	clock_sim_advance(&c.clock, HOUR_NS);
	struct wall last = clock_wall(&c.clock.clock);
	append(entry_relay_back("vov1", "Tiếp sóng", slot, 3,
				saying(SAYING_RELAY_AT_END), &c.desk.tz));
	clock_sim_advance(&c.clock, HOUR_NS);
	deskcase_add(&c, "Tin");
	struct recovery r = start();
	ck_assert(r.accounted_to.ns <= last.ns);
	ck_assert(r.accounted_to.ns > wall_add_ns(last, -60 * NS_PER_S).ns);
}
END_TEST

/* A start that dies before it has written what was missed leaves that to the next. */
START_TEST(an_unfinished_account_is_taken_up_again)
{
	struct recovery first, second;

	append(log_sample_note("x", "", "uid:7"));
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

/* What was on its way when the clock leapt airs that much later than planned: it is looked for. */
START_TEST(a_leap_of_the_clock_is_looked_behind)
{
	struct wall before = clock_wall(&c.clock.clock);

	run_began("another-boot");
	clock_sim_set_wall(&c.clock, wall_add_ns(before, 300 * NS_PER_S));
	append(entry_clock_stepped(300e3, before, clock_wall(&c.clock.clock), &c.desk.tz));
	ck_assert_int_le(start().accounted_to.ns, before.ns);
}
END_TEST

/* Of a clock that leapt, or a disk that was full: the last entry's time says nothing of it. */
START_TEST(what_is_owed_is_looked_for_from_where_it_began)
{
	struct wall now = clock_wall(&c.clock.clock), from = wall_add_ns(now, -5 * HOUR_NS);
	struct wall to = wall_add_ns(now, -HOUR_NS);

	run_began(c.desk.boot.id);
	append(entry_past_owed(from, &to, "machine-slept", &c.desk.tz));
	struct recovery r = start();
	ck_assert(r.accounted_to.ns <= from.ns);
	ck_assert_int_eq(r.gaps.count, 1);
	ck_assert_int_eq(r.gaps.list[0].why, REASON_MACHINE_SLEPT);
	ck_assert(r.gaps.list[0].to.ns == to.ns);
	append(entry_past_accounted());
	r = start();
	ck_assert(r.accounted_to.ns > from.ns);
	ck_assert_int_eq(r.gaps.count, 0);
}
END_TEST

Suite *suite_recover(void)
{
	Suite *s = suite_create("recover");
	TCase *t = tcase_create("recover");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_first_start_has_nothing_to_make_good);
	tcase_add_test(t, an_open_airing_is_interrupted_and_says_when);
	tcase_add_test(t, a_killed_program_is_no_power_cut);
	tcase_add_test(t, a_drill_stays_one_though_the_program_died);
	tcase_add_test(t, a_demonstration_stays_one);
	tcase_add_test(t, who_spoke_is_known_still);
	tcase_add_test(t, what_had_not_begun_is_not_called_interrupted);
	tcase_add_test(t, what_may_have_begun_stays_open);
	tcase_add_test(t, nor_is_it_claimed_of_what_was_about_to_begin);
	tcase_add_test(t, nor_within_the_pace_of_the_file);
	tcase_add_test(t, nor_is_it_claimed_of_a_power_cut);
	tcase_add_test(t, nor_by_a_clock_that_was_set);
	tcase_add_test(t, nor_where_the_file_is_stale);
	tcase_add_test(t, what_cannot_be_told_is_not_claimed);
	tcase_add_test(t, a_machine_that_does_not_name_its_boot_claims_nothing);
	tcase_add_test(t, several_ends_have_one_reason_only_if_it_is_true_of_all);
	tcase_add_test(t, a_stop_on_purpose_is_no_power_cut);
	tcase_add_test(t, a_leap_of_the_clock_is_looked_behind);
	tcase_add_test(t, what_a_command_writes_hides_nothing_of_the_time_before_it);
	tcase_add_test(t, nor_behind_a_power_cut);
	tcase_add_test(t, nor_where_nothing_else_is_left_of_the_run);
	tcase_add_test(t, what_became_of_a_relay_shows_that_the_station_ran);
	tcase_add_test(t, an_unfinished_account_is_taken_up_again);
	tcase_add_test(t, what_is_owed_is_looked_for_from_where_it_began);
	suite_add_tcase(s, t);
	return s;
}
