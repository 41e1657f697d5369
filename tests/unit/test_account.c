/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/account.h"

#include "base/json.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static bool words(json_t *args, struct user *user, struct err *e)
{
	struct request rq = {.desk = &c.desk, .who = "uid:7", .args = args};
	bool ok = account_words(&rq, user, e);

	json_decref(args);
	return ok;
}

START_TEST(a_name_and_a_person_are_taken_or_refused)
{
	char long_name[USER_NAME_BYTES + 1], long_person[NAME_BYTES + 1];
	struct user user = {0};
	struct err e = {0};

	ck_assert(words(json_pack("{s:s, s:s}", "name", "lan", "person", "Lan"), &user, &e));
	ck_assert_str_eq(user.name, "lan");
	ck_assert_str_eq(user.person, "Lan");
	ck_assert(words(json_pack("{s:s}", "name", "minh"), &user, &e));
	ck_assert_str_eq(user.person, "");
	ck_assert(!words(json_pack("{s:s}", "person", "Lan"), &user, &e));
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	ck_assert(!words(json_pack("{s:s}", "name", long_name), &user, &e));
	memset(long_person, 'a', sizeof(long_person) - 1);
	long_person[sizeof(long_person) - 1] = '\0';
	ck_assert(!words(json_pack("{s:s, s:s}", "name", "lan", "person", long_person), &user, &e));
	ck_assert(!words(json_pack("{s:s, s:s}", "name", "lan", "person", "a\nb"), &user, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
}
END_TEST

START_TEST(the_stations_name_is_no_password)
{
	struct request rq = {.desk = &c.desk, .who = "uid:7"};
	struct err e = {0};

	ck_assert(!account_password_good(&rq, "daithu2026", "lan", &e));
	ck_assert(!account_password_good(&rq, "nguyenthilan", "nguyenthilan", &e));
	ck_assert(account_password_good(&rq, "loa xóm tôi hay rè", "lan", &e));
}
END_TEST

START_TEST(what_became_of_an_account_is_in_the_log)
{
	struct user user = {.id = 7, .name = "lan", .role = ROLE_APPROVER};
	struct err e = {0};
	int64_t before = ledger_next(c.desk.ledger);

	ck_assert(account_note(&c.desk, "user:1", &user, "disabled", &e));
	ck_assert_int_eq(ledger_next(c.desk.ledger), before + 1);
}
END_TEST

Suite *suite_account(void);
Suite *suite_account(void)
{
	Suite *s = suite_create("account");
	TCase *t = tcase_create("account");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_name_and_a_person_are_taken_or_refused);
	tcase_add_test(t, the_stations_name_is_no_password);
	tcase_add_test(t, what_became_of_an_account_is_in_the_log);
	suite_add_tcase(s, t);
	return s;
}
