/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/login.h"

#include "base/json.h"
#include "support/stationcase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD "loa xóm tôi hay rè"

static struct stationcase sc;
static struct deskcase *const c = &sc.c;

static void setup(void)
{
	struct err e = {0};

	stationcase_open(&sc);
	struct user user = {.name = "lan", .role = ROLE_OPERATOR};
	ck_assert(password_hash(PASSWORD, user.hash, &e));
	ck_assert(users_add(c->desk.users, &user, clock_wall(&c->clock.clock), &e));
}

static void teardown(void)
{
	stationcase_close(&sc);
}

/* session NULL: none is shown. */
static void say_with(const char *session, const char *name, const char *password,
		     const char *address)
{
	stationcase_say(&sc, json_pack("{s:s, s:s, s:s, s:s, s:s?}", "do", "user.login", "name",
				      name, "password", password, "address", address, "session",
				      session));
}

static void say(const char *name, const char *password, const char *address)
{
	say_with(NULL, name, password, address);
}

/* The code of the answer's error, "" if it is a session. */
static const char *log_in(const char *name, const char *password, const char *address)
{
	static char code[32], text[ERR_TEXT_BYTES];

	say(name, password, address);
	json_t *answer = stationcase_heard(&sc);
	const json_t *error = json_object_get(answer, "error");
	snprintf(code, sizeof(code), "%s", json_get_text(error, "code", ""));
	snprintf(text, sizeof(text), "%s", json_get_text(error, "text", ""));
	ck_assert_ptr_null(strstr(text, password));
	json_decref(answer);
	return code;
}

START_TEST(the_right_password_begins_a_session)
{
	struct user user;
	struct err e = {0};

	say("lan", PASSWORD, "192.0.2.1");
	json_t *answer = stationcase_heard(&sc);
	ck_assert_str_eq(json_get_text(json_object_get(answer, "account"), "role", ""),
			 "operator");
	ck_assert_ptr_null(json_object_get(json_object_get(answer, "account"), "hash"));
	ck_assert(users_session(c->desk.users, json_get_text(answer, "session", ""),
				clock_wall(&c->clock.clock), &user, &e));
	ck_assert_str_eq(user.name, "lan");
	json_decref(answer);
}
END_TEST

static int64_t whose(const char *token)
{
	struct user user;
	struct err e = {0};

	ck_assert(users_session(c->desk.users, token, clock_wall(&c->clock.clock), &user, &e));
	return user.id;
}

START_TEST(a_login_ends_the_session_it_was_sent_with)
{
	char before[SESSION_TOKEN_BYTES];

	say("lan", PASSWORD, "192.0.2.1");
	json_t *answer = stationcase_heard(&sc);
	snprintf(before, sizeof(before), "%s", json_get_text(answer, "session", ""));
	json_decref(answer);
	say_with(before, "lan", "không phải", "192.0.2.1");
	json_decref(stationcase_heard(&sc));
	ck_assert_int_eq(whose(before), 1);
	say_with(before, "lan", PASSWORD, "192.0.2.1");
	answer = stationcase_heard(&sc);
	ck_assert_int_eq(whose(json_get_text(answer, "session", "")), 1);
	ck_assert_int_eq(whose(before), 0);
	json_decref(answer);
}
END_TEST

/* me.password by the owner of the token. */
static void change(const char *token, const char *old, const char *fresh)
{
	stationcase_say(&sc, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "do", "me.password",
				       "old", old, "password", fresh, "address", "192.0.2.1",
				       "agent", "Mozilla", "session", token));
}

static void log_in_as(const char *password, char token[static SESSION_TOKEN_BYTES])
{
	say("lan", password, "192.0.2.1");
	json_t *answer = stationcase_heard(&sc);
	snprintf(token, SESSION_TOKEN_BYTES, "%s", json_get_text(answer, "session", ""));
	json_decref(answer);
}

static void change_refused(const char *token, const char *old, const char *fresh, const char *word)
{
	change(token, old, fresh);
	json_t *answer = stationcase_heard(&sc);
	const json_t *error = json_object_get(answer, "error");
	ck_assert_str_eq(json_get_text(error, "code", ""), "refused");
	ck_assert_msg(strstr(json_get_text(error, "text", ""), word) != NULL, "%s",
		      json_get_text(error, "text", ""));
	json_decref(answer);
}

START_TEST(who_knows_the_old_password_sets_a_new_one_and_every_session_ends)
{
	char first[SESSION_TOKEN_BYTES], second[SESSION_TOKEN_BYTES];

	log_in_as(PASSWORD, first);
	log_in_as(PASSWORD, second);
	change_refused(second, "không phải", "chim sẻ đậu cành đa", "cũ");
	change_refused(second, PASSWORD, PASSWORD, "khác");
	change_refused(second, PASSWORD, "12345678", "dễ đoán");
	ck_assert_int_eq(whose(second), 1);
	change(second, PASSWORD, "chim sẻ đậu cành đa");
	json_t *answer = stationcase_heard(&sc);
	ck_assert_int_eq(whose(json_get_text(answer, "session", "")), 1);
	json_decref(answer);
	ck_assert_int_eq(whose(first), 0);
	ck_assert_int_eq(whose(second), 0);
	ck_assert_str_eq(log_in("lan", PASSWORD, "192.0.2.1"), "login");
	ck_assert_str_eq(log_in("lan", "chim sẻ đậu cành đa", "192.0.2.1"), "");
}
END_TEST

START_TEST(a_one_time_password_is_used_once_and_in_time)
{
	char token[SESSION_TOKEN_BYTES], hash[PASSWORD_HASH_BYTES];
	int64_t until_s = clock_wall(&c->clock.clock).ns / NS_PER_S + 3600;
	struct user user;
	struct err e = {0};

	ck_assert(password_hash("k7pm-3xq9-t2hv", hash, &e));
	ck_assert(users_set_hash(c->desk.users, 1, hash, until_s, &e));
	log_in_as("k7pm-3xq9-t2hv", token);
	change(token, "k7pm-3xq9-t2hv", PASSWORD);
	json_t *answer = stationcase_heard(&sc);
	ck_assert(!json_get_bool(json_object_get(answer, "account"), "must_change", true));
	json_decref(answer);
	ck_assert(users_numbered(c->desk.users, 1, &user, &e) && user.once_until_s == 0);
	ck_assert_str_eq(log_in("lan", "k7pm-3xq9-t2hv", "192.0.2.1"), "login");
	ck_assert(users_set_hash(c->desk.users, 1, hash, until_s, &e));
	clock_sim_advance(&c->clock, 3600 * NS_PER_S);
	say("lan", "k7pm-3xq9-t2hv", "192.0.2.1");
	answer = stationcase_heard(&sc);
	ck_assert_ptr_nonnull(strstr(json_get_text(json_object_get(answer, "error"), "text", ""),
				     "quá hạn"));
	json_decref(answer);
}
END_TEST

START_TEST(guessing_the_old_password_is_slowed_down_too)
{
	char token[SESSION_TOKEN_BYTES];

	log_in_as(PASSWORD, token);
	for (int i = 0; i < 10; i++)
		change_refused(token, "không phải", "chim sẻ đậu cành đa", "cũ");
	change(token, PASSWORD, "chim sẻ đậu cành đa");
	json_t *answer = stationcase_heard(&sc);
	ck_assert_str_eq(json_get_text(json_object_get(answer, "error"), "code", ""), "too_many");
	json_decref(answer);
	ck_assert_int_eq(whose(token), 1);
}
END_TEST

START_TEST(who_guesses_from_outside_keeps_nobody_from_a_new_password)
{
	char token[SESSION_TOKEN_BYTES];

	log_in_as(PASSWORD, token);
	for (int i = 0; i < 10; i++)
		ck_assert_str_eq(log_in("lan", "khong phai", "203.0.113.9"), "login");
	ck_assert_str_eq(log_in("lan", PASSWORD, "203.0.113.9"), "too_many");
	change(token, PASSWORD, "chim sẻ đậu cành đa");
	json_t *answer = stationcase_heard(&sc);
	json_t *wrong = json_object_get(answer, "error");
	ck_assert_msg(wrong == NULL, "%s", json_get_text(wrong, "text", ""));
	json_decref(answer);
}
END_TEST

START_TEST(whatever_is_wrong_is_told_in_the_same_words)
{
	struct err e = {0};
	char text[2][ERR_TEXT_BYTES];
	const char *const names[] = {"lan", "ma"};

	for (int i = 0; i < 2; i++) {
		say(names[i], "khong phai", "192.0.2.1");
		json_t *answer = stationcase_heard(&sc);
		snprintf(text[i], sizeof(text[i]), "%s",
			 json_get_text(json_object_get(answer, "error"), "text", ""));
		json_decref(answer);
	}
	ck_assert_str_eq(text[0], text[1]);
	ck_assert(users_set_enabled(c->desk.users, 1, false, &e));
	say("lan", "khong phai", "192.0.2.1");
	json_t *answer = stationcase_heard(&sc);
	ck_assert_str_eq(json_get_text(json_object_get(answer, "error"), "text", ""), text[0]);
	json_decref(answer);
	ck_assert_str_eq(log_in("lan", PASSWORD, "192.0.2.1"), "login");
}
END_TEST

START_TEST(guessing_is_slowed_down_by_account_and_by_address)
{
	char address[32], name[32];

	for (int i = 0; i < 10; i++) { /* each from elsewhere */
		snprintf(address, sizeof(address), "192.0.2.%d", i);
		ck_assert_str_eq(log_in("lan", "khong phai", address), "login");
	}
	ck_assert_str_eq(log_in("lan", PASSWORD, "192.0.2.99"), "too_many");
	for (int i = 0; i < 30; i++) { /* each another name */
		snprintf(name, sizeof(name), "ai%d", i);
		log_in(name, "khong phai", "198.51.100.7");
	}
	ck_assert_str_eq(log_in("minh", "khong phai", "198.51.100.7"), "too_many");
	clock_sim_advance(&c->clock, 61 * NS_PER_S);
	ck_assert_str_eq(log_in("lan", PASSWORD, "192.0.2.99"), "");
}
END_TEST

START_TEST(a_name_that_does_not_exist_is_slowed_down_alike)
{
	char address[32];

	for (int i = 0; i < 10; i++) {
		snprintf(address, sizeof(address), "192.0.2.%d", i);
		ck_assert_str_eq(log_in("ma", "khong phai", address), "login");
	}
	ck_assert_str_eq(log_in("ma", "khong phai", "192.0.2.99"), "too_many");
}
END_TEST

START_TEST(too_many_at_once_are_told_to_wait)
{
	int told = 0;

	for (int i = 0; i < LOGINS_MAX + 1; i++)
		say("lan", PASSWORD, "192.0.2.1");
	for (int i = 0; i < LOGINS_MAX + 1; i++) {
		json_t *answer = stationcase_heard(&sc);
		told += strcmp(json_get_text(json_object_get(answer, "error"), "code", ""),
			       "too_many") == 0;
		json_decref(answer);
	}
	ck_assert_int_eq(told, 1);
}
END_TEST

START_TEST(who_left_or_a_station_that_stops_leaves_nothing_behind)
{
	say("lan", PASSWORD, "192.0.2.1");
	while (later_count(sc.st, NULL) == 0)
		loop_once(sc.st->loop, 1000);
	ck_assert_int_eq(later_count(sc.st, NULL), 1);
	later_stop_all(sc.st);
	ck_assert_int_eq(later_count(sc.st, NULL), 0);
}
END_TEST

START_TEST(endless_words_are_wrong_at_once)
{
	char word[1000];

	memset(word, 'a', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	ck_assert_str_eq(log_in(word, "khong phai", "192.0.2.1"), "login");
	ck_assert_str_eq(log_in("lan", word, "192.0.2.1"), "login");
	ck_assert_int_eq(later_count(sc.st, NULL), 0);
}
END_TEST

Suite *suite_login(void);
Suite *suite_login(void)
{
	Suite *s = suite_create("login");
	TCase *t = tcase_create("login");

	tcase_set_timeout(t, 240);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_right_password_begins_a_session);
	tcase_add_test(t, a_login_ends_the_session_it_was_sent_with);
	tcase_add_test(t, who_guesses_from_outside_keeps_nobody_from_a_new_password);
	tcase_add_test(t, whatever_is_wrong_is_told_in_the_same_words);
	tcase_add_test(t, guessing_is_slowed_down_by_account_and_by_address);
	tcase_add_test(t, a_name_that_does_not_exist_is_slowed_down_alike);
	tcase_add_test(t, too_many_at_once_are_told_to_wait);
	tcase_add_test(t, who_left_or_a_station_that_stops_leaves_nothing_behind);
	tcase_add_test(t, endless_words_are_wrong_at_once);
	tcase_add_test(t, who_knows_the_old_password_sets_a_new_one_and_every_session_ends);
	tcase_add_test(t, a_one_time_password_is_used_once_and_in_time);
	tcase_add_test(t, guessing_the_old_password_is_slowed_down_too);
	suite_add_tcase(s, t);
	return s;
}
