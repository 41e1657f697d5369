/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/order.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "support/log_sample.h"

#include <check.h>
#include <string.h>

static struct log_sample sample;
static struct bulletin shelf[3];
static struct err e;

static void setup(void)
{
	log_sample_open(&sample, ":memory:");
	for (int i = 0; i < 3; i++) {
		shelf[i] = log_sample_bulletin("Tin");
		entry_id('B', log_sample_add(&sample, entry_bulletin_received(
			 &shelf[i], "", json_array(), "user:1")), shelf[i].id);
	}
}

static void teardown(void)
{
	log_sample_close(&sample);
}

static int64_t order(int first, int second)
{
	const struct bulletin *list[] = {&shelf[first], &shelf[second]};

	return log_sample_add(&sample, order_entry_set(list, 2, "user:7"));
}

static bool take(const struct bulletin *b, void *arg)
{
	(void)arg;
	for (int i = 0; i < 3; i++)
		if (strcmp(shelf[i].id, b->id) == 0)
			shelf[i] = *b;
	return true;
}

static void ck_place(int i, int64_t n, int place)
{
	ck_assert(reader_bulletins(ledger_view(sample.ledger), -1, take, NULL, &e));
	ck_assert_int_eq(shelf[i].order_n, n);
	ck_assert_int_eq(shelf[i].order_place, place);
}

START_TEST(the_newest_order_that_names_it_gives_its_place)
{
	ck_place(0, 0, 0);
	int64_t first = order(1, 0), second = order(2, 0);
	ck_place(0, second, 1);
	ck_place(1, first, 0);
	ck_place(2, second, 0);
}
END_TEST

START_TEST(an_order_that_names_nobody_known_changes_nothing)
{
	log_sample_add(&sample, json_pack("{s:s, s:[s, s, i]}", "kind", KIND_ORDER_SET, "bulletins",
					  "B999", "chị Tư", 3));
	log_sample_add(&sample, json_pack("{s:s, s:s}", "kind", KIND_ORDER_SET, "bulletins", "B0"));
	for (int i = 0; i < 3; i++)
		ck_place(i, 0, 0);
}
END_TEST

START_TEST(the_default_is_told_and_gives_no_place)
{
	const struct bulletin *list[] = {&shelf[1], &shelf[0]};
	json_t *entry = order_entry_default(list, 2, "Sáng", LOG_SAMPLE_START, "Tối", &sample.tz);

	ck_assert_str_eq(json_get_text(entry, "slot", ""), "Sáng");
	ck_assert_str_eq(json_get_text(entry, "occurrence", ""), "2026-11-23T05:30:00.000+07:00");
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(entry, "bulletins"), 0)),
			 shelf[1].id);
	log_sample_add(&sample, entry);
	ck_place(1, 0, 0);
}
END_TEST

Suite *suite_order(void);
Suite *suite_order(void)
{
	Suite *s = suite_create("order");
	TCase *t = tcase_create("order");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_newest_order_that_names_it_gives_its_place);
	tcase_add_test(t, an_order_that_names_nobody_known_changes_nothing);
	tcase_add_test(t, the_default_is_told_and_gives_no_place);
	suite_add_tcase(s, t);
	return s;
}
