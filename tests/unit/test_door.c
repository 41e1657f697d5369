/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/door.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static char dir[64];
static struct users *u;
static const struct wall now = {INT64_C(1795384800) * NS_PER_S};

static void setup(void)
{
	tmpdir_make(dir);
	u = users_create(dir);
}

static void teardown(void)
{
	users_destroy(u);
	tmpdir_remove(dir);
}

static enum err_kind comes(struct users *users, const char *token, const char *command)
{
	struct user user;
	struct err e = {0};
	bool in = door_open(users, token, command, now, &user, &e);

	ck_assert(in == (e.kind == ERR_NONE));
	return e.kind;
}

START_TEST(without_accounts_open_but_for_what_names_a_person)
{
	struct users *const none[] = {NULL, u};

	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(comes(none[i], "", "cut"), ERR_NONE);
		ck_assert_int_eq(comes(none[i], "x", "bulletin.add"), ERR_NONE);
		ck_assert_int_eq(comes(none[i], "", "bulletin.approve"), ERR_REFUSED);
		ck_assert_int_eq(comes(none[i], "", "user.add"), ERR_REFUSED);
		ck_assert_int_eq(comes(none[i], "", "unheard.of"), ERR_REFUSED);
		ck_assert_int_eq(comes(none[i], "", "user.login"), ERR_NONE);
	}
}
END_TEST

START_TEST(with_accounts_each_role_as_the_table_says)
{
	struct user user = {.name = "lan", .hash = "h"};
	char token[SESSION_TOKEN_BYTES];
	const char *command;
	struct err e = {0};

	for (int r = 0; r < ROLES; r++) {
		user.role = (enum role)r;
		snprintf(user.name, sizeof(user.name), "%s", role_code(user.role));
		ck_assert(users_add(u, &user, now, &e));
		ck_assert(users_begin_session(u, user.id, now, token, &e));
		for (int i = 0; (command = rights_command(i)) != NULL; i++) {
			enum err_kind want = rights_public(command)	       ? ERR_NONE
					     : rights_may(user.role, command) ? ERR_NONE
									       : ERR_REFUSED;
			ck_assert_msg(comes(u, token, command) == want, "%s %s", user.name,
				      command);
			ck_assert_int_eq(comes(u, "", command),
					 rights_public(command) ? ERR_NONE : ERR_LOGIN);
		}
		ck_assert_int_eq(comes(u, token, "unheard.of"), ERR_REFUSED);
	}
}
END_TEST

START_TEST(with_a_one_time_password_only_its_own_is_set)
{
	struct user user = {.name = "lan", .role = ROLE_ADMIN, .hash = "h", .once_until_s = 1};
	char token[SESSION_TOKEN_BYTES];
	struct err e = {0};

	ck_assert(users_add(u, &user, now, &e));
	ck_assert(users_begin_session(u, user.id, now, token, &e));
	ck_assert_int_eq(comes(u, token, "status"), ERR_REFUSED);
	ck_assert_int_eq(comes(u, token, "cut"), ERR_REFUSED);
	ck_assert_int_eq(comes(u, token, "me.sessions"), ERR_REFUSED);
	ck_assert_int_eq(comes(u, token, RIGHT_OWN_PASSWORD), ERR_NONE);
	ck_assert_int_eq(comes(u, token, "user.logout"), ERR_NONE);
}
END_TEST

START_TEST(a_disabled_account_is_told_why)
{
	struct user user = {.name = "lan", .role = ROLE_OPERATOR, .hash = "h"};
	char token[SESSION_TOKEN_BYTES];
	struct err e = {0};

	ck_assert(users_add(u, &user, now, &e));
	ck_assert(users_begin_session(u, user.id, now, token, &e));
	ck_assert(users_set_enabled(u, user.id, false, &e));
	ck_assert(!door_open(u, token, "status", now, &user, &e));
	ck_assert_int_eq(e.kind, ERR_LOGIN);
	ck_assert_ptr_nonnull(strstr(e.text, "bị khóa"));
	ck_assert_int_eq(user.id, 0);
}
END_TEST

Suite *suite_door(void);
Suite *suite_door(void)
{
	Suite *s = suite_create("door");
	TCase *t = tcase_create("door");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, without_accounts_open_but_for_what_names_a_person);
	tcase_add_test(t, with_accounts_each_role_as_the_table_says);
	tcase_add_test(t, with_a_one_time_password_only_its_own_is_set);
	tcase_add_test(t, a_disabled_account_is_told_why);
	suite_add_tcase(s, t);
	return s;
}
