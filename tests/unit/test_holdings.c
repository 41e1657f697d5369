/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/holdings.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct holdings h;
static struct bulletin sample;

static void setup(void)
{
	h = (struct holdings){0};
	sample = log_sample_bulletin("Tin");
}

static void teardown(void)
{
	holdings_finish(&h);
}

static struct wall at(int64_t s)
{
	return (struct wall){s * NS_PER_S};
}

static void take(int64_t n, int64_t s, bool synced, json_t *entry)
{
	json_object_set_new(entry, "clock", json_pack("{s:b}", "synced", synced));
	holdings_take(&h, n, at(s), entry);
	json_decref(entry);
}

static void receive(int64_t n)
{
	take(n, n, true, entry_bulletin_received(&sample, "", json_array(), "user:1"));
}

static void approve(int64_t n, int64_t s, const char *id)
{
	take(n, s, true, entry_bulletin_approved(id, sample.sha256, "", NULL, "user:1"));
}

static enum bulletin_state then(const char *id)
{
	return stock_find(&h.then, id)->state;
}

START_TEST(each_moment_has_what_was_decided_by_then)
{
	receive(0);
	approve(1, 100, "B0");
	take(2, 200, true, entry_bulletin_withdrawn("B0", "sai", "user:1"));
	ck_assert_int_eq(stock_find(&h.now, "B0")->state, BULLETIN_WITHDRAWN);
	ck_assert_int_eq(holdings_at(&h, at(99)).ns, INT64_MIN);
	ck_assert_int_eq(then("B0"), BULLETIN_RECEIVED);
	ck_assert_int_eq(holdings_next(&h).ns, at(100).ns);
	ck_assert_int_eq(holdings_at(&h, at(150)).ns, at(100).ns);
	ck_assert_int_eq(then("B0"), BULLETIN_APPROVED);
	ck_assert_int_eq(holdings_at(&h, at(1000)).ns, at(200).ns);
	ck_assert_int_eq(then("B0"), BULLETIN_WITHDRAWN);
	ck_assert_int_eq(holdings_next(&h).ns, INT64_MAX);
}
END_TEST

/* A clock that ran ahead: what comes behind was decided later. */
START_TEST(nothing_was_in_force_later_than_what_came_behind_it)
{
	receive(0);
	approve(1, 500, "B0");
	take(2, 200, true, entry_bulletin_withdrawn("B0", "sai", "user:1"));
	ck_assert_int_eq(holdings_next(&h).ns, at(200).ns);
	holdings_at(&h, at(200));
	ck_assert_int_eq(then("B0"), BULLETIN_WITHDRAWN);
}
END_TEST

START_TEST(a_decision_on_what_nobody_knows_leaves_nothing_sure)
{
	receive(0);
	approve(1, 100, "B0");
	ck_assert_int_eq(h.sure_from.ns, 0);
	approve(2, 100, "B77");
	ck_assert_int_eq(h.sure_from.ns, INT64_MAX);
	holdings_rest(&h, at(300));
	ck_assert_int_eq(h.sure_from.ns, INT64_MAX);
}
END_TEST

START_TEST(a_doubt_ends_when_the_past_is_told_of)
{
	holdings_rest(&h, at(100));
	ck_assert_int_eq(h.sure_from.ns, 0);
	holdings_doubt(&h);
	holdings_rest(&h, at(300));
	ck_assert_int_eq(h.sure_from.ns, at(300).ns);
}
END_TEST

START_TEST(a_clock_without_discipline_is_noticed)
{
	receive(0);
	approve(1, 100, "B0");
	ck_assert(!holdings_vague(&h, -1));
	take(2, 200, false, entry_bulletin_withdrawn("B0", "sai", "user:1"));
	ck_assert(holdings_vague(&h, 1));
	ck_assert(!holdings_vague(&h, 2));
	holdings_at(&h, at(200));
	ck_assert(!holdings_vague(&h, -1));
}
END_TEST

/* Twenty years of bulletins, each gone after its day. */
START_TEST(what_airs_no_more_is_forgotten_in_time)
{
	char id[ID_BYTES];

	receive(0);
	approve(1, 1, "B0");
	for (int n = 2; n < 30000; n += 3) {
		receive(n);
		entry_id('B', n, id);
		approve(n + 1, n + 1, id);
		take(n + 2, n + 2, true, entry_bulletin_withdrawn(id, "", "user:1"));
		holdings_at(&h, at(n + 2));
	}
	ck_assert_int_lt(h.now.count, 5000);
	ck_assert_int_lt(h.then.count, 5000);
	ck_assert_int_eq(then("B0"), BULLETIN_APPROVED);
	ck_assert_ptr_nonnull(stock_find(&h.now, id));
}
END_TEST

START_TEST(more_decisions_than_are_kept_leave_nothing_sure)
{
	receive(0);
	for (int n = 1; n < THEN_CHANGES_MAX + 10; n++)
		approve(n, n, "B0");
	ck_assert_int_le(h.count, THEN_CHANGES_MAX);
	ck_assert_int_eq(h.sure_from.ns, INT64_MAX);
}
END_TEST

Suite *suite_holdings(void);
Suite *suite_holdings(void)
{
	Suite *s = suite_create("holdings");
	TCase *t = tcase_create("holdings");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, each_moment_has_what_was_decided_by_then);
	tcase_add_test(t, nothing_was_in_force_later_than_what_came_behind_it);
	tcase_add_test(t, a_decision_on_what_nobody_knows_leaves_nothing_sure);
	tcase_add_test(t, a_doubt_ends_when_the_past_is_told_of);
	tcase_add_test(t, a_clock_without_discipline_is_noticed);
	tcase_add_test(t, what_airs_no_more_is_forgotten_in_time);
	tcase_add_test(t, more_decisions_than_are_kept_leave_nothing_sure);
	suite_add_tcase(s, t);
	return s;
}
