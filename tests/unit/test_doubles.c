/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/doubles.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/registers.h"
#include "proof/sameness.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct log_sample s;
static struct doubles d;

static void setup(void)
{
	log_sample_open(&s, ":memory:");
	log_sample_add(&s, log_sample_note("mở đầu", NULL, NULL));
}

static void teardown(void)
{
	doubles_finish(&d);
	log_sample_close(&s);
}

static void find(void)
{
	struct err e = {0};

	doubles_finish(&d);
	ck_assert_msg(doubles_find(&d, ledger_view(s.ledger), &e), "%s", e.text);
}

static void row(const char *id, json_t *fields)
{
	log_sample_add(&s, registers_entry("products", json_pack("{s:o}", id, fields), "user:1",
					   "", NULL, NULL));
}

/* The entry's own SHA-256 of the master is the same for all; another one each, here. */
static void bulletin(const char *title, const char *sha, const char *replaces, json_t *findings)
{
	struct bulletin b = log_sample_bulletin(title);

	snprintf(b.sha256, sizeof(b.sha256), "%064d", (int)strlen(sha));
	memcpy(b.sha256, sha, strlen(sha));
	snprintf(b.replaces, sizeof(b.replaces), "%s", replaces);
	log_sample_add(&s, entry_bulletin_received(&b, NULL, findings, "user:3"));
}

static void decide(const char *first, const char *second, const char *decision)
{
	log_sample_add(&s, entry_duplicate_decided(first, second, "same", "same-title", decision,
						   "xem rồi", "user:1"));
}

static void is(int i, const char *first, const char *second, const char *kind)
{
	ck_assert_int_lt(i, d.pairs.count);
	ck_assert_str_eq(doubles_name(&d, d.pairs.list[i].first), first);
	ck_assert_str_eq(doubles_name(&d, d.pairs.list[i].second), second);
	ck_assert_str_eq(pair_kind_code(d.pairs.list[i].kind), kind);
}

START_TEST(a_row_of_the_province_and_the_bulletin_that_uses_it)
{
	bulletin("Phòng, chống lũ!", "a", "", json_array());
	row("SP1", json_pack("{s:s, s:s, s:i, s:s}", "title", "PHONG CHONG LU", "language", "vi",
			     "length_s", 90, "level", "tinh"));
	find();
	ck_assert_int_eq(d.pairs.count, 1);
	is(0, "SP1", "B1", "reuse");
	ck_assert_ptr_nonnull(doubles_open(&d, "B1", ""));
	ck_assert_ptr_null(doubles_open(&d, "", "SP1"));
}
END_TEST

/* What the fingerprints said when it came in stands in the log. */
START_TEST(what_was_heard_at_its_arrival_counts)
{
	json_t *said = saying(SAYING_SOUNDS_SAME);

	json_object_set_new(said, "bulletin", json_string("B1"));
	json_object_set_new(said, "percent", json_integer(93));
	bulletin("Một", "a", "", json_array());
	bulletin("Hai", "b", "", json_pack("[o]", said));
	find();
	ck_assert_int_eq(d.pairs.count, 1);
	is(0, "B1", "B2", "same");
	ck_assert_str_eq(pair_how_code(d.pairs.list[0].how), "same-sound");
	ck_assert_int_eq(d.pairs.list[0].percent, 93);
}
END_TEST

START_TEST(versions_and_what_was_refused_are_none)
{
	bulletin("Một", "a", "", json_array());
	bulletin("Một", "b", "B1", json_array());
	bulletin("Một", "c", "B2", json_array());
	bulletin("Một", "d", "", json_array());
	log_sample_add(&s, entry_bulletin_refused("B4", "trùng", "user:7"));
	find();
	ck_assert_int_eq(d.pairs.count, 0);
	ck_assert_int_eq(doubles_index(&d, "B4"), -1);
}
END_TEST

START_TEST(two_rows_of_one_bulletin_with_two_funds)
{
	bulletin("Một", "a", "", json_array());
	row("SP1", json_pack("{s:s, s:s}", "bulletin", "B1", "fund", "1719"));
	row("SP2", json_pack("{s:s, s:s}", "bulletin", "B1", "fund", "xa"));
	find();
	ck_assert_int_eq(d.pairs.count, 1);
	is(0, "B1", "SP2", "two-funds");
	ck_assert_int_eq(doubles_index(&d, "SP1"), doubles_index(&d, "B1"));
}
END_TEST

START_TEST(a_decision_holds_until_the_next)
{
	row("SP1", json_pack("{s:s, s:s}", "title", "Tờ rơi", "kind", "to-roi"));
	row("SP2", json_pack("{s:s, s:s}", "title", "Tờ rơi", "kind", "to-roi"));
	decide("SP1", "SP2", "same");
	find();
	ck_assert(!doubles_waits(&d, &d.pairs.list[0]));
	ck_assert_ptr_null(doubles_open(&d, "", "SP2"));
	ck_assert_str_eq(json_get_text(doubles_struck(&d, "", "SP2"), "first", ""), "SP1");
	ck_assert_ptr_null(doubles_struck(&d, "", "SP1"));
	decide("SP2", "SP1", "different");
	find();
	ck_assert(!doubles_waits(&d, &d.pairs.list[0]));
	ck_assert_ptr_null(doubles_struck(&d, "", "SP2"));
	decide("SP1", "SP2", "open");
	find();
	ck_assert(doubles_waits(&d, &d.pairs.list[0]));
	ck_assert_ptr_nonnull(doubles_open(&d, "", "SP2"));
}
END_TEST

/* Decided by its row, then the row is said to be a bulletin's: the decision is of that now. */
START_TEST(a_decision_goes_with_any_of_the_names)
{
	bulletin("Một", "a", "", json_array());
	row("SP1", json_pack("{s:s, s:s, s:i}", "title", "Một", "language", "vi", "length_s", 90));
	row("SP2", json_pack("{s:s, s:s, s:i}", "title", "Một", "language", "vi", "length_s", 90));
	decide("SP1", "SP2", "different");
	row("SP1", json_pack("{s:s}", "bulletin", "B1"));
	find();
	ck_assert_int_eq(d.pairs.count, 1);
	is(0, "B1", "SP2", "same");
	ck_assert(!doubles_waits(&d, &d.pairs.list[0]));
}
END_TEST

Suite *suite_doubles(void);
Suite *suite_doubles(void)
{
	Suite *suite = suite_create("doubles");
	TCase *t = tcase_create("doubles");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_row_of_the_province_and_the_bulletin_that_uses_it);
	tcase_add_test(t, what_was_heard_at_its_arrival_counts);
	tcase_add_test(t, versions_and_what_was_refused_are_none);
	tcase_add_test(t, two_rows_of_one_bulletin_with_two_funds);
	tcase_add_test(t, a_decision_holds_until_the_next);
	tcase_add_test(t, a_decision_goes_with_any_of_the_names);
	suite_add_tcase(suite, t);
	return suite;
}
