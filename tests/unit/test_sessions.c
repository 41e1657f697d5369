/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/users.h"

#include "base/json.h"
#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static char dir[64];
static struct users *u;
static int64_t lan;
static const struct wall now = {INT64_C(1795384800) * NS_PER_S};

static void setup(void)
{
	struct user user = {.name = "lan", .role = ROLE_OPERATOR, .hash = "h"};
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

static int64_t whose(const char *token, struct wall at)
{
	struct user user;
	struct err e = {0};

	ck_assert_msg(users_session(u, token, at, &user, &e), "%s", e.text);
	return user.id;
}

static void begin(char token[static SESSION_TOKEN_BYTES], struct wall at)
{
	struct err e = {0};

	ck_assert_msg(users_begin_session(u, lan, at, token, &e), "%s", e.text);
}

START_TEST(a_token_is_its_owners_until_logout)
{
	char first[SESSION_TOKEN_BYTES], second[SESSION_TOKEN_BYTES];
	struct err e = {0};

	begin(first, now);
	begin(second, now);
	ck_assert_uint_eq(strlen(first), 64);
	ck_assert_str_ne(first, second);
	ck_assert_int_eq(whose(first, now), lan);
	ck_assert(users_end_session(u, first, &e));
	ck_assert_int_eq(whose(first, now), 0);
	ck_assert_int_eq(whose(second, now), lan);
	ck_assert(users_end_session(u, "khong co", &e));
}
END_TEST

START_TEST(what_is_no_token_is_nobodys)
{
	char token[SESSION_TOKEN_BYTES];

	begin(token, now);
	token[5] = token[5] == 'a' ? 'b' : 'a';
	ck_assert_int_eq(whose(token, now), 0);
	ck_assert_int_eq(whose("", now), 0);
	ck_assert_int_eq(whose("' OR 1=1 --", now), 0);
}
END_TEST

START_TEST(it_ends_after_a_week)
{
	char token[SESSION_TOKEN_BYTES];
	int64_t week_ns = INT64_C(7) * 24 * 3600 * NS_PER_S;

	begin(token, now);
	ck_assert_int_eq(whose(token, wall_add_ns(now, week_ns - NS_PER_S)), lan);
	ck_assert_int_eq(whose(token, wall_add_ns(now, week_ns)), 0);
}
END_TEST

START_TEST(a_new_password_or_a_lock_ends_all)
{
	char token[SESSION_TOKEN_BYTES];
	struct err e = {0};

	begin(token, now);
	ck_assert(users_set_hash(u, lan, "other", 0, &e));
	ck_assert_int_eq(whose(token, now), 0);
	begin(token, now);
	ck_assert(users_set_enabled(u, lan, false, &e));
	ck_assert_int_eq(whose(token, now), 0);
	ck_assert(!users_begin_session(u, lan, now, token, &e));
	ck_assert_int_eq(e.kind, ERR_LOGIN);
	ck_assert(users_set_enabled(u, lan, true, &e));
	ck_assert_int_eq(whose(token, now), 0); /* a lock is no pause */
	begin(token, now);
	ck_assert_int_eq(whose(token, now), lan);
}
END_TEST

START_TEST(one_account_keeps_its_newest_twenty)
{
	char tokens[22][SESSION_TOKEN_BYTES];

	for (int i = 0; i < 22; i++)
		begin(tokens[i], wall_add_ns(now, i * NS_PER_S));
	struct wall later = wall_add_ns(now, 30 * NS_PER_S);
	ck_assert_int_eq(whose(tokens[0], later), 0);
	ck_assert_int_eq(whose(tokens[1], later), 0);
	ck_assert_int_eq(whose(tokens[2], later), lan);
	ck_assert_int_eq(whose(tokens[21], later), lan);
}
END_TEST

START_TEST(who_comes_with_a_session_of_a_disabled_account_is_told_so)
{
	char token[SESSION_TOKEN_BYTES], old[SESSION_TOKEN_BYTES];
	struct wall later = wall_add_ns(now, INT64_C(3) * 24 * 3600 * NS_PER_S);
	struct err e = {0};

	begin(old, wall_add_ns(now, -INT64_C(6) * 24 * 3600 * NS_PER_S));
	begin(token, now);
	ck_assert(!users_shut_out(u, token, now));
	ck_assert(users_set_enabled(u, lan, false, &e));
	ck_assert(users_shut_out(u, token, now));
	ck_assert(!users_shut_out(u, old, later)); /* over by itself */
	ck_assert(!users_shut_out(u, "", now) && !users_shut_out(NULL, token, now));
	ck_assert(users_set_enabled(u, lan, true, &e));
	ck_assert(!users_shut_out(u, token, now));
	ck_assert_int_eq(whose(token, now), 0);
}
END_TEST

START_TEST(its_owner_sees_where_it_is_used_and_ends_the_others)
{
	char first[SESSION_TOKEN_BYTES], second[SESSION_TOKEN_BYTES];
	struct err e = {0};
	struct tz utc;

	tz_fixed(&utc, "UTC", 0);
	begin(first, now);
	begin(second, wall_add_ns(now, NS_PER_S));
	ck_assert(users_describe_session(u, first, "192.0.2.7", "Mozilla/5.0 (Android)", &e));
	ck_assert(users_describe_session(u, "khong co", "x", "y", &e));
	json_t *list = users_sessions(u, lan, second, now, &utc, &e);
	ck_assert_uint_eq(json_array_size(list), 2);
	const json_t *older = json_array_get(list, 1);
	ck_assert(json_get_bool(json_array_get(list, 0), "own", false));
	ck_assert(!json_get_bool(older, "own", true));
	ck_assert_str_eq(json_get_text(older, "address", ""), "192.0.2.7");
	ck_assert_str_eq(json_get_text(older, "agent", ""), "Mozilla/5.0 (Android)");
	ck_assert_str_eq(json_get_text(older, "begun", ""), "2026-11-22T22:00:00.000+00:00");
	json_decref(list);
	ck_assert(users_end_others(u, lan, second, &e));
	ck_assert_int_eq(whose(first, now), 0);
	ck_assert_int_eq(whose(second, now), lan);
	ck_assert(users_end_others(u, lan, "", &e));
	ck_assert_int_eq(whose(second, now), 0);
}
END_TEST

Suite *suite_sessions(void);
Suite *suite_sessions(void)
{
	Suite *s = suite_create("sessions");
	TCase *t = tcase_create("sessions");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_token_is_its_owners_until_logout);
	tcase_add_test(t, what_is_no_token_is_nobodys);
	tcase_add_test(t, it_ends_after_a_week);
	tcase_add_test(t, a_new_password_or_a_lock_ends_all);
	tcase_add_test(t, one_account_keeps_its_newest_twenty);
	tcase_add_test(t, who_comes_with_a_session_of_a_disabled_account_is_told_so);
	tcase_add_test(t, its_owner_sees_where_it_is_used_and_ends_the_others);
	suite_add_tcase(s, t);
	return s;
}
