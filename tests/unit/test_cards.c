/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/cards.h"

#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

START_TEST(people_have_names_and_the_machine_has_none)
{
	struct cards cards;
	struct err e = {0};

	deskcase_people(&c);
	c.as = "user:2";
	const char *id = deskcase_add(&c, "Tin");
	ck_assert(cards_open(&cards, &c.desk, id, &e));
	json_t *card = cards_make(&cards, world_bulletin(&c.desk.world, id));
	ck_assert_str_eq(json_get_text(card, "sender_name", ""), "Người thứ 2");
	ck_assert_int_eq((int)json_get_integer(card, "aired", -1), 0);
	ck_assert(json_is_null(json_object_get(card, "decided")));
	json_t *nobody = cards_name(&cards, "uid:7");
	ck_assert(json_is_null(nobody));
	json_decref(nobody);
	json_decref(card);
	cards_close(&cards);
}
END_TEST

START_TEST(a_station_without_accounts_has_cards_too)
{
	struct cards cards;
	struct err e = {0};
	const char *id = deskcase_add(&c, "Tin");

	ck_assert(cards_open(&cards, &c.desk, NULL, &e));
	json_t *card = cards_make(&cards, world_bulletin(&c.desk.world, id));
	ck_assert(json_is_null(json_object_get(card, "sender_name")));
	json_decref(card);
	cards_close(&cards);
}
END_TEST

Suite *suite_cards(void);
Suite *suite_cards(void)
{
	Suite *s = suite_create("cards");
	TCase *t = tcase_create("cards");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, people_have_names_and_the_machine_has_none);
	tcase_add_test(t, a_station_without_accounts_has_cards_too);
	suite_add_tcase(s, t);
	return s;
}
