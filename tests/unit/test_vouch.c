/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/vouch.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/notary.h"
#include "support/deskcase.h"
#include "support/outside.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;
static struct outside outside;
static struct loop *loop;
static struct vouch v;
static int changes;

static void on_changed(void *arg)
{
	(*(int *)arg)++;
}

static void place(const char *key)
{
	char lines[1024];

	snprintf(lines, sizeof(lines),
		 "evidence: {witnesses: [{name: mot, url: \"%s\", key: \"%s\"}]}\n", outside.url,
		 key);
	deskcase_settings(&c, lines);
}

static void setup(void)
{
	deskcase_open(&c);
	outside_open(&outside);
	/* Its clock is the station's. */
	outside_time(&outside, clock_wall(&c.clock.clock).ns / NS_PER_S);
	place(outside.vkey);
	changes = 0;
	loop = loop_create();
	vouch_init(&v, &c.desk, loop, on_changed, &changes);
	deskcase_add(&c, "Tin"); /* something is in the log */
	vouch_look(&v);
}

static void teardown(void)
{
	vouch_stop(&v);
	loop_destroy(loop);
	outside_close(&outside);
	deskcase_close(&c);
}

/* So long later, and until whoever was asked has answered; how many have been. */
static int after(int64_t seconds)
{
	int before = changes;

	clock_sim_advance(&c.clock, seconds * NS_PER_S);
	vouch_look(&v);
	while (v.work.running)
		loop_once(loop, 1000);
	return changes - before;
}

struct counting {
	const char *kind;
	int count;
};

static bool count_one(int64_t n, const char *text, size_t len, void *arg)
{
	struct counting *k = arg;

	(void)n;
	k->count += memmem(text, len, k->kind, strlen(k->kind)) != NULL;
	return true;
}

static int entries(const char *kind)
{
	struct counting k = {kind, 0};
	struct err e;

	ck_assert(ledger_read(c.desk.ledger, 0, INT64_MAX, count_one, &k, &e));
	return k.count;
}

static bool fault_is(const char *code)
{
	json_t *said = saying_read(v.list[0].fault);
	bool same = strcmp(json_get_text(said, "code", ""), code) == 0;

	json_decref(said);
	return same;
}

START_TEST(a_head_is_shown_soon_and_then_every_hour_and_told_once_a_day)
{
	ck_assert_int_eq(after(0), 0); /* the station has just started */
	ck_assert_int_eq(after(5), 1);
	ck_assert_str_eq(v.list[0].fault, "");
	ck_assert_int_eq(entries("witness.seen"), 1);
	ck_assert_int_eq(after(60), 0);
	ck_assert_int_eq(after(3600), 1); /* the entry that told of it made the log grow */
	ck_assert_int_eq(entries("witness.seen"), 1);
	ck_assert_int_eq(after(3600), 0); /* nothing new to be seen */
	ck_assert_int_eq(outside_asked(&outside), 2);
	deskcase_add(&c, "Tin");
	ck_assert_int_eq(after(86400), 1);
	ck_assert_int_eq(entries("witness.seen"), 2);
}
END_TEST

START_TEST(who_cannot_be_reached_is_tried_again_later_and_later)
{
	outside_says(&outside, 500, NULL);
	ck_assert_int_eq(after(5), 1);
	ck_assert(fault_is("witness-status"));
	ck_assert_int_eq(after(1), 0);
	ck_assert_int_eq(after(1), 1);
	ck_assert_int_eq(after(3), 0);
	ck_assert_int_eq(after(1), 1);
	for (int i = 0; i < 12; i++)
		after(900);
	ck_assert_int_eq(after(899), 0);
	ck_assert_int_eq(after(1), 1);
	ck_assert_int_eq(entries("witness."), 0);
	outside_says(&outside, 200, NULL); /* the network is back */
	ck_assert_int_eq(after(900), 1);
	ck_assert_str_eq(v.list[0].fault, "");
	ck_assert_int_eq(entries("witness.seen"), 1);
}
END_TEST

START_TEST(another_address_or_key_is_tried_at_once)
{
	place("w.example/a+00000000+AA==");
	ck_assert_int_eq(after(5), 1);
	ck_assert(fault_is("witness-key"));
	place(outside.vkey);
	ck_assert_int_eq(after(0), 1);
	ck_assert_str_eq(v.list[0].fault, "");
	deskcase_settings(&c, "evidence: {}\n");
	ck_assert_int_eq(after(0), 0);
	ck_assert_int_eq(v.count, 0);
}
END_TEST

START_TEST(what_it_said_is_what_has_passed_at_least)
{
	struct wall bound;

	/* Before our clock, which nobody disciplines. */
	int64_t theirs = clock_wall(&c.clock.clock).ns / NS_PER_S + 1800;
	outside_time(&outside, theirs);
	ck_assert_int_eq(after(5), 1);
	ck_assert(ledger_bound(c.desk.ledger, &bound));
	ck_assert_int_ge(bound.ns, theirs * NS_PER_S);
}
END_TEST

START_TEST(a_larger_log_than_ours_ends_this_one)
{
	const char *grade;

	outside_says(&outside, 409, "5000\n");
	ck_assert_int_eq(after(5), 1);
	ck_assert_int_eq(ledger_state(c.desk.ledger)->log, 2);
	ck_assert_int_eq(entries("witness.doubted"), 1);
	ck_assert_int_eq(entries("log.continued"), 1);
	json_t *said = vouch_banner(&v, &grade);
	ck_assert_str_eq(json_get_text(said, "code", ""), "witness-larger");
	ck_assert_int_eq(json_get_integer(said, "theirs", 0), 5000);
	ck_assert_str_eq(grade, "error");
	json_decref(said);
	after(900); /* it says so again, of the log that has ended: once is enough */
	ck_assert_int_eq(ledger_state(c.desk.ledger)->log, 2);
	ck_assert_int_eq(entries("witness.doubted"), 1);
}
END_TEST

START_TEST(status_tells_what_was_seen)
{
	const char *grade;

	after(5);
	json_t *list = vouch_status(&v), *one = json_array_get(list, 0);
	ck_assert_str_eq(json_get_text(one, "name", ""), "mot");
	ck_assert_int_gt(json_get_integer(one, "size", 0), 0);
	ck_assert_ptr_nonnull(json_get_text(one, "time", NULL));
	ck_assert(json_is_null(json_object_get(one, "fault")));
	json_decref(list);
	ck_assert_ptr_null(vouch_banner(&v, &grade));
}
END_TEST

/* As a start of the station with these settings. */
static void start_again(void)
{
	struct err e = {0};

	vouch_stop(&v);
	desk_close(&c.desk);
	ck_assert_msg(desk_open(&c.desk, c.dir, &c.clock.clock, &e), "%s", e.text);
	vouch_init(&v, &c.desk, loop, on_changed, &changes);
	deskcase_add(&c, "Tin");
}

static int64_t unsigned_entries(void)
{
	const struct notary_state *log = ledger_state(c.desk.ledger);

	return log->size - log->head;
}

START_TEST(no_new_head_before_the_witness_is_asked)
{
	start_again();
	ck_assert_int_gt(unsigned_entries(), 0);
	ck_assert_int_eq(after(0), 1); /* at once */
	ck_assert_int_eq(unsigned_entries(), 0);
	ck_assert_int_eq(entries("witness-unasked"), 0);
	ck_assert_int_eq(ledger_state(c.desk.ledger)->log, 1);
}
END_TEST

/* The whole folder was put back, with everything that remembers. */
START_TEST(a_restored_folder_signs_nothing_twice)
{
	const struct notary_state *log;
	char theirs[32];

	start_again();
	int64_t head = ledger_state(c.desk.ledger)->head;
	for (int i = 0; i < 20; i++) /* more than the witness has seen */
		deskcase_add(&c, "Tin");
	snprintf(theirs, sizeof(theirs), "%d\n", (int)head + 10);
	outside_says(&outside, 409, theirs);
	ck_assert_int_eq(after(0), 1);
	log = ledger_state(c.desk.ledger);
	ck_assert_int_eq(log->log, 2);
	ck_assert_str_eq(log->why, "witness-larger");
	ck_assert_int_eq(log->previous_size, head);
	ck_assert_int_eq(unsigned_entries(), 0);
	ck_assert_int_eq(entries("witness-unasked"), 0);
}
END_TEST

START_TEST(without_a_network_it_goes_on_and_says_so)
{
	outside_says(&outside, 500, NULL);
	start_again();
	ck_assert_int_eq(after(0), 1);
	ck_assert_int_gt(unsigned_entries(), 0); /* it may still come */
	after(5);
	ck_assert_int_eq(unsigned_entries(), 0);
	ck_assert_int_eq(entries("witness-unasked"), 1);
	ck_assert_int_eq(ledger_state(c.desk.ledger)->log, 1);
}
END_TEST

static int64_t days_told(void)
{
	const char *grade;
	json_t *said = vouch_banner(&v, &grade);
	int64_t days = said != NULL ? json_get_integer(said, "days", 0) : 0;

	if (said != NULL) {
		ck_assert_str_eq(json_get_text(said, "code", ""), "witness-long");
		ck_assert_str_eq(grade, "warn");
	}
	json_decref(said);
	return days;
}

START_TEST(after_a_week_of_silence_the_page_says_so)
{
	clock_sim_sync(&c.clock, 10, "chrony");
	outside_time(&outside, clock_wall(&c.clock.clock).ns / NS_PER_S);
	after(5);
	ck_assert_str_eq(v.list[0].fault, "");
	outside_says(&outside, 500, NULL);
	after(6 * 86400);
	ck_assert_int_eq(days_told(), 0);
	after(86400);
	ck_assert_int_eq(days_told(), 7);
	/* By a clock that nobody disciplines nobody can say how long it was. */
	clock_sim_unsync(&c.clock);
	ck_assert_int_eq(days_told(), 0);
	clock_sim_sync(&c.clock, 10, "chrony");
	after(3 * 86400);
	ck_assert_int_eq(days_told(), 10);
	outside_says(&outside, 200, NULL);
	outside_time(&outside, clock_wall(&c.clock.clock).ns / NS_PER_S);
	after(900);
	ck_assert_str_eq(v.list[0].fault, "");
	ck_assert_int_eq(days_told(), 0);
	/* Who asks nobody any more is not told either. */
	clock_sim_advance(&c.clock, 8 * 86400 * NS_PER_S);
	deskcase_settings(&c, "evidence: {}\n");
	after(0);
	ck_assert_int_eq(days_told(), 0);
}
END_TEST

Suite *suite_vouch(void)
{
	Suite *s = suite_create("vouch");
	TCase *t = tcase_create("vouch");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_head_is_shown_soon_and_then_every_hour_and_told_once_a_day);
	tcase_add_test(t, who_cannot_be_reached_is_tried_again_later_and_later);
	tcase_add_test(t, another_address_or_key_is_tried_at_once);
	tcase_add_test(t, what_it_said_is_what_has_passed_at_least);
	tcase_add_test(t, a_larger_log_than_ours_ends_this_one);
	tcase_add_test(t, no_new_head_before_the_witness_is_asked);
	tcase_add_test(t, a_restored_folder_signs_nothing_twice);
	tcase_add_test(t, without_a_network_it_goes_on_and_says_so);
	tcase_add_test(t, status_tells_what_was_seen);
	tcase_add_test(t, after_a_week_of_silence_the_page_says_so);
	suite_add_tcase(s, t);
	return s;
}
