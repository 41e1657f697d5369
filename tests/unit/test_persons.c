/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/persons.h"

#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

START_TEST(accounts_have_names_and_nobody_else)
{
	static const char *const nobody[] = {"uid:7", "user:99", "user:", "Nguyễn Văn A", ""};
	struct user an = {.name = "an", .person = "Nguyễn Thị An", .hash = "x"};
	struct user binh = {.name = "binh", .hash = "x"};
	json_t *people = json_object();
	struct err e = {0};
	char who[32];

	ck_assert(users_add(c.desk.users, &an, clock_wall(c.desk.clock), &e));
	ck_assert(users_add(c.desk.users, &binh, clock_wall(c.desk.clock), &e));
	for (size_t i = 0; i < sizeof(nobody) / sizeof(nobody[0]); i++)
		persons_add(c.desk.users, people, nobody[i]);
	persons_add(NULL, people, "user:1");
	ck_assert_int_eq((int)json_object_size(people), 0);
	snprintf(who, sizeof(who), "user:%lld", (long long)an.id);
	persons_add(c.desk.users, people, who);
	ck_assert_str_eq(json_get_text(people, who, ""), "Nguyễn Thị An");
	snprintf(who, sizeof(who), "user:%lld", (long long)binh.id);
	persons_add(c.desk.users, people, who);
	ck_assert_str_eq(json_get_text(people, who, ""), "binh");
	json_decref(people);
	json_t *told = persons_tell(c.desk.users, who, true);
	ck_assert_str_eq(json_get_text(told, "name", ""), "binh");
	ck_assert_str_eq(json_get_text(told, "role", ""), "operator");
	json_decref(told);
	told = persons_tell(c.desk.users, who, false);
	ck_assert(json_is_null(json_object_get(told, "name")));
	ck_assert_str_eq(json_get_text(told, "role", ""), "operator");
	json_decref(told);
	told = persons_tell(c.desk.users, "uid:7", true);
	ck_assert(json_is_null(json_object_get(told, "name")));
	ck_assert(json_is_null(json_object_get(told, "role")));
	json_decref(told);
}
END_TEST

START_TEST(an_account_comes_before_a_person_of_that_name)
{
	json_t *accounts = json_pack("[{s:i, s:s, s:s}, {s:i, s:s, s:s}]", "id", 1, "name", "an",
				     "person", "binh", "id", 2, "name", "binh", "person", "An");

	ck_assert_int_eq(persons_find(accounts, "an"), 1);
	ck_assert_int_eq(persons_find(accounts, "binh"), 2);
	ck_assert_int_eq(persons_find(accounts, "An"), 2);
	ck_assert_int_eq(persons_find(accounts, "cúc"), 0);
	ck_assert_int_eq(persons_find(NULL, "an"), 0);
	json_decref(accounts);
}
END_TEST

START_TEST(whoever_sat_at_the_machine_is_told_in_words)
{
	char out[NAME_BYTES];

	ck_assert(persons_machine("uid:0", out));
	ck_assert_str_eq(out, "quản trị máy (uid 0)");
	ck_assert(persons_machine("uid:1000", out));
	ck_assert_str_eq(out, "người dùng của máy (uid 1000)");
	ck_assert(!persons_machine("user:7", out) && !persons_machine("Chị Hai", out));
}
END_TEST

Suite *suite_persons(void)
{
	Suite *s = suite_create("persons");
	TCase *t = tcase_create("persons");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, accounts_have_names_and_nobody_else);
	tcase_add_test(t, an_account_comes_before_a_person_of_that_name);
	tcase_add_test(t, whoever_sat_at_the_machine_is_told_in_words);
	suite_add_tcase(s, t);
	return s;
}
