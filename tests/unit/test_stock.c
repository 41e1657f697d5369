/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/stock.h"

#include "proof/entry.h"
#include "support/log_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct stock s;
static struct bulletin sample;

static void setup(void)
{
	s = (struct stock){0};
	sample = log_sample_bulletin("Tin");
}

static void teardown(void)
{
	stock_finish(&s);
}

static void receive(int64_t n)
{
	json_t *entry = entry_bulletin_received(&sample, "", json_array(), "user:1");

	json_object_set_new(entry, "at", json_string("2026-11-23T05:30:00.000+07:00"));
	stock_receive(&s, n, entry);
	json_decref(entry);
}

static bool decide(int64_t n, json_t *entry)
{
	bool decided = stock_decide(&s, n, entry);

	json_decref(entry);
	return decided;
}

START_TEST(what_was_received_has_its_words_and_waits)
{
	receive(7);
	ck_assert_int_eq(s.count, 1);
	ck_assert_str_eq(s.list[0].id, "B7");
	ck_assert_str_eq(s.list[0].title, "Tin");
	ck_assert_str_eq(s.list[0].sha256, sample.sha256);
	ck_assert_int_eq(s.list[0].frames, sample.frames);
	ck_assert_int_eq(s.list[0].state, BULLETIN_RECEIVED);
	ck_assert(s.list[0].received.ns == LOG_SAMPLE_START.ns);
}
END_TEST

/* What is put aside are bytes, whoever sends them and how often. */
START_TEST(bytes_are_put_aside_and_let_back)
{
	receive(7);
	receive(8);
	sample.sha256[0] = sample.sha256[0] == 'a' ? 'b' : 'a';
	receive(9);
	json_t *put = entry_item_quarantined("B7", s.list[0].sha256, "A1", "A2");
	json_t *back = entry_item_released("B7", s.list[0].sha256, "user:1");
	ck_assert(stock_decide(&s, 10, put));
	ck_assert_int_eq(s.list[0].aside_n, 10);
	ck_assert_int_eq(s.list[1].aside_n, 10);
	ck_assert_int_eq(s.list[2].aside_n, 0);
	memcpy(sample.sha256, s.list[0].sha256, sizeof(sample.sha256));
	receive(11);
	ck_assert_int_eq(s.list[3].aside_n, 10);
	stock_aside(&s, 9, back); /* that was said before */
	ck_assert_int_eq(s.list[0].aside_n, 10);
	ck_assert(decide(12, back));
	ck_assert_int_eq(s.list[0].aside_n, 0);
	ck_assert_int_eq(s.list[3].aside_n, 0);
	json_decref(put);
}
END_TEST

START_TEST(each_is_found_and_no_other)
{
	char id[ID_BYTES];

	for (int n = 0; n < 101; n++)
		receive(n);
	for (int n = 0; n < 101; n++) {
		entry_id('B', n, id);
		ck_assert_ptr_eq(stock_find(&s, id), &s.list[n]);
	}
	ck_assert_ptr_null(stock_find(&s, "B101"));
	ck_assert_ptr_null(stock_find(&s, ""));
}
END_TEST

START_TEST(decisions_follow_one_another)
{
	receive(0);
	receive(1);
	ck_assert(decide(2, entry_bulletin_endorsed("B0", "00", "", "user:2")));
	ck_assert_int_eq(s.list[0].state, BULLETIN_ENDORSED);
	ck_assert_str_eq(s.list[0].endorsed_by, "user:2");
	ck_assert(decide(3, entry_bulletin_approved("B0", "00", "", NULL, "user:3")));
	ck_assert_int_eq(s.list[0].state, BULLETIN_APPROVED);
	ck_assert(decide(4, entry_bulletin_approved("B1", "00", "", "B0", "user:3")));
	ck_assert_int_eq(s.list[0].state, BULLETIN_REPLACED);
	ck_assert_str_eq(s.list[0].replaced_by, "B1");
	ck_assert(decide(5, entry_bulletin_withdrawn("B1", "sai", "user:3")));
	ck_assert_int_eq(s.list[1].state, BULLETIN_WITHDRAWN);
}
END_TEST

START_TEST(new_words_are_taken_and_old_ones_come_back)
{
	receive(0);
	struct bulletin words = s.list[0];
	json_t *first = entry_bulletin_received(&sample, "", json_array(), "user:1");

	snprintf(words.title, sizeof(words.title), "Khác");
	decide(1, entry_bulletin_endorsed("B0", "00", "", "user:2"));
	ck_assert(decide(2, entry_bulletin_edited(&s.list[0], &words, "user:1")));
	ck_assert_str_eq(s.list[0].title, "Khác");
	ck_assert_int_eq(s.list[0].revision, 2);
	ck_assert_int_eq(s.list[0].state, BULLETIN_RECEIVED);
	decide(3, entry_bulletin_approved("B0", "00", "", NULL, "user:3"));
	stock_renew(&s.list[0], 0, first);
	ck_assert_str_eq(s.list[0].title, "Tin");
	ck_assert_int_eq(s.list[0].state, BULLETIN_RECEIVED);
	json_decref(first);
}
END_TEST

START_TEST(what_names_nobody_decides_nothing)
{
	receive(0);
	ck_assert(!decide(1, entry_bulletin_approved("B5", "00", "", NULL, "user:3")));
	ck_assert(!decide(1, entry_past_accounted()));
	ck_assert(!decide(1, json_string("không phải mục nào")));
	ck_assert_int_eq(s.list[0].state, BULLETIN_RECEIVED);
}
END_TEST

START_TEST(an_order_gives_places_until_a_newer_one)
{
	receive(3);
	receive(4);
	ck_assert(decide(8, json_pack("{s:s, s:[s, s, s]}", "kind", KIND_ORDER_SET, "bulletins",
				      "B9", "B4", "B3")));
	ck_assert_int_eq(s.list[0].order_n, 8);
	ck_assert_int_eq(s.list[0].order_place, 2);
	ck_assert_int_eq(s.list[1].order_place, 1);
	ck_assert(decide(7, json_pack("{s:s, s:[s]}", "kind", KIND_ORDER_SET, "bulletins", "B3")));
	ck_assert_int_eq(s.list[0].order_n, 8);
	ck_assert(decide(9, json_pack("{s:s, s:[s, i]}", "kind", KIND_ORDER_SET, "bulletins", "B3",
				      5)));
	ck_assert_int_eq(s.list[0].order_n, 9);
	ck_assert_int_eq(s.list[1].order_n, 8);
	ck_assert(decide(10, json_pack("{s:s, s:s}", "kind", KIND_ORDER_SET, "bulletins", "B3")));
	ck_assert_int_eq(s.list[0].order_n, 9);
}
END_TEST

Suite *suite_stock(void);
Suite *suite_stock(void)
{
	Suite *suite = suite_create("stock");
	TCase *c = tcase_create("stock");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, what_was_received_has_its_words_and_waits);
	tcase_add_test(c, bytes_are_put_aside_and_let_back);
	tcase_add_test(c, each_is_found_and_no_other);
	tcase_add_test(c, decisions_follow_one_another);
	tcase_add_test(c, new_words_are_taken_and_old_ones_come_back);
	tcase_add_test(c, what_names_nobody_decides_nothing);
	tcase_add_test(c, an_order_gives_places_until_a_newer_one);
	suite_add_tcase(suite, c);
	return suite;
}
