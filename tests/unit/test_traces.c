/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/traces.h"

#include "proof/notary.h"
#include "station/vouching.h"
#include "support/deskcase.h"
#include "support/log_sample.h"
#include "support/program.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;
static struct err e;

static void note(int count)
{
	int64_t n;

	for (int i = 0; i < count; i++)
		ck_assert(ledger_append(c.desk.ledger, log_sample_note("x", NULL, "user:1"), &n,
					&e));
}

static void setup(void)
{
	deskcase_open(&c);
	note(5);
}

static void teardown(void)
{
	deskcase_close(&c);
}

/* A command in the closed folder. */
static void in_folder(const char *command)
{
	char line[256];
	const char *const argv[] = {"sh", "-c", line, NULL};

	snprintf(line, sizeof(line), "cd %s && %s", c.dir, command);
	run_program(argv);
}

static const struct notary_state *open_again(void)
{
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
	note(1);
	return ledger_state(c.desk.ledger);
}

START_TEST(an_ordinary_folder_goes_on)
{
	desk_close(&c.desk);
	in_folder("mkdir -p aircheck/2026 && echo 1 >alive");
	ck_assert_int_eq(open_again()->log, 1);
	ck_assert_int_eq(ledger_state(c.desk.ledger)->size, 6);
}
END_TEST

START_TEST(a_log_put_back_with_its_heads_behind_the_view)
{
	desk_close(&c.desk);
	in_folder("mkdir old && cp -r log heads old");
	open_again();
	note(9);
	desk_close(&c.desk);
	in_folder("rm -r log heads && mv old/log old/heads .");
	const struct notary_state *s = open_again();
	ck_assert_int_eq(s->log, 2);
	ck_assert_str_eq(s->why, "view-newer");
	ck_assert_int_eq(s->previous_size, 5);
	ck_assert_int_eq(s->base, 15);
}
END_TEST

START_TEST(a_log_that_is_gone_while_the_view_is_there)
{
	char vkey[NOTE_KEY_BYTES];

	snprintf(vkey, sizeof(vkey), "%s", ledger_state(c.desk.ledger)->vkey);
	desk_close(&c.desk);
	in_folder("rm -r log heads");
	const struct notary_state *s = open_again();
	ck_assert_int_eq(s->log, 2);
	ck_assert_int_eq(s->base, 5);
	ck_assert_str_eq(s->why, "view-newer");
	/* The old key, by which an inspector knows the station. */
	ck_assert_str_eq(s->previous_vkey, vkey);
}
END_TEST

START_TEST(a_log_that_is_gone_while_recordings_are_there)
{
	desk_close(&c.desk);
	in_folder("rm -r log heads view.sqlite* && mkdir -p aircheck/2026/11/23");
	ck_assert_int_eq(open_again()->log, 2);
	ck_assert_str_eq(ledger_state(c.desk.ledger)->why, "log-gone");
}
END_TEST

START_TEST(a_new_station_begins_with_its_first_log)
{
	desk_close(&c.desk);
	in_folder("rm -r log heads view.sqlite* && mkdir -p aircheck");
	ck_assert_int_eq(open_again()->log, 1);
}
END_TEST

START_TEST(what_a_witness_is_known_to_have_seen_counts)
{
	struct vouching_memory m = {.size = 30, .time_s = 1, .at_s = 1};

	snprintf(m.vkey, sizeof(m.vkey), "%s", ledger_state(c.desk.ledger)->vkey);
	ck_assert(vouching_keep(c.desk.disk, "mot", &m, &e));
	snprintf(m.vkey, sizeof(m.vkey), "vangxa/khac+1+x");
	m.size = 1000;
	ck_assert(vouching_keep(c.desk.disk, "hai", &m, &e));
	desk_close(&c.desk);
	const struct notary_state *s = open_again();
	ck_assert_int_eq(s->log, 2);
	ck_assert_str_eq(s->why, "witness-larger");
	ck_assert_int_eq(s->base, 30);
}
END_TEST

Suite *suite_traces(void);
Suite *suite_traces(void)
{
	Suite *s = suite_create("traces");
	TCase *t = tcase_create("traces");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, an_ordinary_folder_goes_on);
	tcase_add_test(t, a_log_put_back_with_its_heads_behind_the_view);
	tcase_add_test(t, a_log_that_is_gone_while_the_view_is_there);
	tcase_add_test(t, a_log_that_is_gone_while_recordings_are_there);
	tcase_add_test(t, a_new_station_begins_with_its_first_log);
	tcase_add_test(t, what_a_witness_is_known_to_have_seen_counts);
	suite_add_tcase(s, t);
	return s;
}
