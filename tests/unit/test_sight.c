/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A producer is told of nobody else's bulletins, whatever is asked. */
#include "station/sight.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct deskcase c;
static char mine[ID_BYTES], other[ID_BYTES];

static void setup(void)
{
	deskcase_open(&c);
	deskcase_people(&c);
	c.as = "user:2";
	snprintf(mine, sizeof(mine), "%s", deskcase_add(&c, "Tin của tôi"));
	c.as = NULL;
	snprintf(other, sizeof(other), "%s", deskcase_add(&c, "Việc riêng"));
	for (int i = 0; i < 2; i++)
		json_decref(deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "bulletin.approve",
						       "bulletin", i ? mine : other)));
}

static void teardown(void)
{
	deskcase_close(&c);
}

/* The whole answer as text. */
static char *answer(const char *as, const char *what)
{
	c.as = as;
	json_t *reply = deskcase_ask(&c, json_pack("{s:s}", "do", what));
	c.as = NULL;
	char *text = json_dumps(reply, JSON_COMPACT);

	ck_assert_msg(json_is_true(json_object_get(reply, "ok")), "%s", text);
	json_decref(reply);
	return text;
}

static void airing_of(const char *id, int item)
{
	struct err e = {0};
	int64_t n;
	struct wall planned = wall_add_ns(clock_wall(&c.clock.clock), -item * NS_PER_S);
	struct airing_facts f = {.bulletin = id, .slot = "Khung", .occurrence = planned,
				 .item = item, .planned = planned, .reason = "power-off"};

	ck_assert(desk_append(&c.desk, entry_airing_missed(&f, &c.desk.tz), &n, &e));
}

START_TEST(a_producer_is_told_of_nothing_else)
{
	static const char *const commands[] = {"bulletins", "day", "plan", "log", "log.csv"};

	airing_of(mine, 1);
	airing_of(other, 2);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		char *own = answer("user:2", commands[i]), *all = answer("user:4", commands[i]);
		ck_assert_msg(strstr(own, "Tin của tôi") != NULL, "%s", commands[i]);
		ck_assert_msg(strstr(own, "Việc riêng") == NULL, "%s: %s", commands[i], own);
		ck_assert_msg(strstr(all, "Việc riêng") != NULL, "%s", commands[i]);
		free(own);
		free(all);
	}
}
END_TEST

START_TEST(who_may_see_all_sees_all)
{
	for (int i = 1; i <= ROLES; i++) {
		char as[24], *all;
		snprintf(as, sizeof(as), "user:%d", i);
		all = answer(as, "bulletins");
		ck_assert_int_eq(strstr(all, "Việc riêng") != NULL, i != 2);
		free(all);
	}
}
END_TEST

/* It could as well not be there: what exists is no producer's affair. */
START_TEST(another_ones_bulletin_is_not_there)
{
	c.as = "user:2";
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "bulletin", "bulletin", other),
			 "not_found", other);
	json_t *told = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "bulletin", "bulletin",
						   mine));
	json_decref(told);
}
END_TEST

START_TEST(nor_is_another_ones_airing)
{
	static const char *const commands[] = {"airing", "airing.recording"};
	char own[ID_BYTES], others[ID_BYTES];

	airing_of(mine, 1);
	entry_id('M', ledger_next(c.desk.ledger) - 1, own);
	airing_of(other, 2);
	entry_id('M', ledger_next(c.desk.ledger) - 1, others);
	c.as = "user:2";
	for (int i = 0; i < 2; i++)
		deskcase_refused(&c, json_pack("{s:s, s:s}", "do", commands[i], "airing", others),
				 "not_found", others);
	json_t *told = deskcase_told(&c, json_pack("{s:s, s:s}", "do", "airing", "airing", own));
	json_decref(told);
}
END_TEST

START_TEST(a_slot_of_the_plan_stays_without_what_is_in_it)
{
	c.as = "user:2";
	json_t *plan = deskcase_ask(&c, json_pack("{s:s}", "do", "plan"));
	const json_t *slot = json_array_get(json_object_get(plan, "occurrences"), 0);
	const json_t *items = json_object_get(slot, "items"), *item;
	int hidden = 0;
	size_t i;

	ck_assert_uint_eq(json_array_size(items), 2);
	json_array_foreach(items, i, item)
		hidden += json_is_null(json_object_get(item, "bulletin")) &&
			  json_is_null(json_object_get(item, "sha256")) &&
			  json_get_number(item, "length_s", 0) == 2.0;
	ck_assert_int_eq(hidden, 1);
	json_decref(plan);
}
END_TEST

START_TEST(narrow_is_nobody)
{
	json_t *all = deskcase_ask(&c, json_pack("{s:s, s:b}", "do", "bulletins", "narrow", 1));

	ck_assert_uint_eq(json_array_size(json_object_get(all, "bulletins")), 0);
	json_decref(all);
	ck_assert(sight_has(NULL, "user:3") && sight_has("user:3", "user:3"));
	ck_assert(!sight_has("user:3", "user:33") && !sight_has("", ""));
	ck_assert(sight_has_bulletin("", NULL));
}
END_TEST

Suite *suite_sight(void);
Suite *suite_sight(void)
{
	Suite *s = suite_create("sight");
	TCase *t = tcase_create("sight");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_producer_is_told_of_nothing_else);
	tcase_add_test(t, who_may_see_all_sees_all);
	tcase_add_test(t, another_ones_bulletin_is_not_there);
	tcase_add_test(t, nor_is_another_ones_airing);
	tcase_add_test(t, a_slot_of_the_plan_stays_without_what_is_in_it);
	tcase_add_test(t, narrow_is_nobody);
	suite_add_tcase(s, t);
	return s;
}
