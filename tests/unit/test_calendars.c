/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/users.h"

#include "support/tmpdir.h"

#include <check.h>
#include <string.h>

static char dir[64];
static struct users *u;
static int64_t lan;
static const struct wall now = {INT64_C(1795384800) * NS_PER_S};

static void setup(void)
{
	struct user user = {.name = "lan", .role = ROLE_OPERATOR, .hash = "h", .enabled = true};
	struct err e = {0};

	tmpdir_make(dir);
	u = users_create(dir);
	ck_assert(users_add(u, &user, now, &e));
	lan = user.id;
}

static void teardown(void)
{
	users_destroy(u);
	tmpdir_remove(dir);
}

static int64_t whose(const char *token)
{
	struct user user;
	struct err e = {0};

	ck_assert_msg(users_calendar(u, token, &user, &e), "%s", e.text);
	return user.id;
}

static void begin(char token[static SESSION_TOKEN_BYTES])
{
	struct err e = {0};

	ck_assert_msg(users_begin_calendar(u, lan, now, token, &e), "%s", e.text);
}

static bool is_made(void)
{
	struct err e = {0};
	struct tz utc;

	tz_fixed(&utc, "UTC", 0);
	json_t *made = users_calendar_made(u, lan, &utc, &e);
	ck_assert_ptr_nonnull(made);
	bool is = json_is_string(made);
	json_decref(made);
	return is;
}

START_TEST(a_new_one_takes_the_place_of_the_old)
{
	char first[SESSION_TOKEN_BYTES], second[SESSION_TOKEN_BYTES];
	struct err e = {0};

	ck_assert(!is_made());
	begin(first);
	ck_assert_uint_eq(strlen(first), 64);
	ck_assert_int_eq(whose(first), lan);
	ck_assert(is_made());
	begin(second);
	ck_assert_int_eq(whose(first), 0);
	ck_assert_int_eq(whose(second), lan);
	ck_assert(users_end_calendar(u, lan, &e));
	ck_assert_int_eq(whose(second), 0);
	ck_assert(!is_made());
	ck_assert(users_end_calendar(u, lan, &e));
}
END_TEST

START_TEST(it_is_no_session_and_a_session_is_none)
{
	char token[SESSION_TOKEN_BYTES], session[SESSION_TOKEN_BYTES];
	struct err e = {0};
	struct user user;

	begin(token);
	ck_assert(users_begin_session(u, lan, now, session, &e));
	ck_assert(users_session(u, token, now, &user, &e));
	ck_assert_int_eq(user.id, 0);
	ck_assert_int_eq(whose(session), 0);
	ck_assert_int_eq(whose(""), 0);
	ck_assert_int_eq(whose("' OR 1=1 --"), 0);
}
END_TEST

START_TEST(it_ends_with_the_account_and_with_its_password)
{
	char token[SESSION_TOKEN_BYTES];
	struct err e = {0};

	begin(token);
	ck_assert(users_set_enabled(u, lan, false, &e));
	ck_assert_int_eq(whose(token), 0);
	ck_assert(!users_begin_calendar(u, lan, now, token, &e));
	ck_assert_int_eq(e.kind, ERR_LOGIN);
	ck_assert(users_set_enabled(u, lan, true, &e));
	ck_assert_int_eq(whose(token), 0);
	begin(token);
	ck_assert(users_set_role(u, lan, ROLE_PRODUCER, &e));
	ck_assert_int_eq(whose(token), lan);
	ck_assert(users_set_hash(u, lan, "other", 0, &e));
	ck_assert_int_eq(whose(token), 0);
}
END_TEST

Suite *suite_calendars(void);
Suite *suite_calendars(void)
{
	Suite *s = suite_create("calendars");
	TCase *t = tcase_create("calendars");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_new_one_takes_the_place_of_the_old);
	tcase_add_test(t, it_is_no_session_and_a_session_is_none);
	tcase_add_test(t, it_ends_with_the_account_and_with_its_password);
	suite_add_tcase(s, t);
	return s;
}
