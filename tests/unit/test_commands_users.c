/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "people/users.h"
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

static json_t *adding(const char *name, const char *role, const char *password)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "do", "user.add", "name", name, "role", role,
			 "password", password);
}

static void done(json_t *request)
{
	json_t *answer = deskcase_told(&c, request);
	json_decref(answer);
}

START_TEST(an_account_is_made_changed_and_listed)
{
	struct user user;
	struct err e = {0};

	done(adding("lan", "approver", "loa xóm tôi hay rè"));
	ck_assert(users_named(c.desk.users, "lan", &user, &e));
	ck_assert(password_matches(user.hash, "loa xóm tôi hay rè"));
	done(json_pack("{s:s, s:s, s:s}", "do", "user.passwd", "name", "lan", "password",
		       "chim sẻ đậu cành đa"));
	ck_assert(users_named(c.desk.users, "lan", &user, &e));
	ck_assert(!password_matches(user.hash, "loa xóm tôi hay rè"));
	done(json_pack("{s:s, s:s}", "do", "user.disable", "name", "lan"));
	json_t *answer = deskcase_ask(&c, json_pack("{s:s}", "do", "user.list"));
	const json_t *one = json_array_get(json_object_get(answer, "accounts"), 0);
	ck_assert_str_eq(json_get_text(one, "name", ""), "lan");
	ck_assert(!json_get_bool(one, "enabled", true));
	json_decref(answer);
	done(json_pack("{s:s, s:s}", "do", "user.enable", "name", "lan"));
	ck_assert(users_named(c.desk.users, "lan", &user, &e) && user.enabled);
}
END_TEST

START_TEST(bad_input_makes_no_account)
{
	bool any;
	struct err e = {0};

	deskcase_refused(&c, adding("lan", "root", "loa xóm tôi hay rè"), "usage", "root");
	deskcase_refused(&c, adding("Lan", "admin", "loa xóm tôi hay rè"), "usage", "Lan");
	deskcase_refused(&c, adding("lan", "admin", "12345678"), "refused", "mật khẩu");
	deskcase_refused(&c, adding("lan", "admin", "Đài thử"), "refused", "mật khẩu");
	deskcase_refused(&c, adding("lan", "admin", ""), "usage", "password");
	deskcase_refused(&c, adding("lananhlananhlananhlananhlananhlananh", "admin",
				    "loa xóm tôi hay rè"), "usage", "tên");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "user.disable", "name", "ma"),
			 "not_found", "ma");
	ck_assert(users_any(c.desk.users, &any, &e) && !any);
}
END_TEST

START_TEST(an_administrator_does_not_lock_themselves_out)
{
	done(adding("lan", "admin", "loa xóm tôi hay rè"));
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "user.disable", "name", "lan", "as",
				       "user:1"), "conflict", "khóa");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "user.disable", "name", "lan"),
			 "conflict", "cuối cùng");
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "user.role", "user", "1", "role",
				       "producer"), "conflict", "cuối cùng");
	done(adding("minh", "admin", "loa xóm tôi hay rè"));
	done(json_pack("{s:s, s:s}", "do", "user.disable", "name", "lan"));
}
END_TEST

/* The answer's text field; the request must be done. */
static void told(json_t *request, const char *field, char out[static NAME_BYTES])
{
	json_t *answer = deskcase_told(&c, request);
	snprintf(out, NAME_BYTES, "%s", json_get_text(answer, field, ""));
	json_decref(answer);
}

START_TEST(without_a_password_one_is_made_for_one_time)
{
	char once[NAME_BYTES], again[NAME_BYTES];
	struct user user;
	struct err e = {0};

	told(json_pack("{s:s, s:s, s:s}", "do", "user.add", "name", "lan", "role", "producer"),
	     "password", once);
	ck_assert_uint_eq(strlen(once), 14);
	ck_assert(users_named(c.desk.users, "lan", &user, &e));
	ck_assert(password_matches(user.hash, once));
	ck_assert_int_eq(user.once_until_s,
			 clock_wall(&c.clock.clock).ns / NS_PER_S + 3 * 24 * 3600);
	told(json_pack("{s:s, s:s}", "do", "user.passwd", "user", "user:1"), "password", again);
	ck_assert_str_ne(once, again);
	ck_assert(users_named(c.desk.users, "lan", &user, &e));
	ck_assert(password_matches(user.hash, again));
	/* One that is typed in at the machine is its owner's. */
	told(json_pack("{s:s, s:s, s:s}", "do", "user.passwd", "name", "lan", "password",
		       "chim sẻ đậu cành đa"), "password", again);
	ck_assert_str_eq(again, "");
	ck_assert(users_named(c.desk.users, "lan", &user, &e) && user.once_until_s == 0);
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "user.add", "name", "minh", "role",
				       "king"), "usage", "king");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "user.passwd", "user", "1x"),
			 "not_found", "user:0");
}
END_TEST

START_TEST(nobody_gives_themselves_a_one_time_password)
{
	done(adding("lan", "admin", "loa xóm tôi hay rè"));
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "user.passwd", "user", "1", "as",
				       "user:1"), "conflict", "Tài khoản");
}
END_TEST

START_TEST(sessions_are_ended_by_the_administrator_and_by_their_owner)
{
	char token[2][SESSION_TOKEN_BYTES];
	struct wall at = clock_wall(&c.clock.clock);
	struct user user;
	struct err e = {0};

	done(adding("lan", "operator", "loa xóm tôi hay rè"));
	for (int i = 0; i < 2; i++)
		ck_assert(users_begin_session(c.desk.users, 1, at, token[i], &e));
	json_t *answer = deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "me.sessions", "session",
						    token[1]));
	ck_assert_uint_eq(json_array_size(json_object_get(answer, "sessions")), 2);
	json_decref(answer);
	done(json_pack("{s:s, s:s}", "do", "me.end", "session", token[1]));
	ck_assert(users_session(c.desk.users, token[0], at, &user, &e) && user.id == 0);
	ck_assert(users_session(c.desk.users, token[1], at, &user, &e) && user.id == 1);
	done(json_pack("{s:s, s:s}", "do", "user.end", "user", "1"));
	ck_assert(users_session(c.desk.users, token[1], at, &user, &e) && user.id == 0);
}
END_TEST

struct seen {
	int count, named;
	char last[400];
};

static bool look_at(int64_t n, const char *text, size_t len, void *arg)
{
	struct seen *seen = arg;

	(void)n;
	if (memmem(text, len, "account.changed", 15) == NULL)
		return true;
	seen->count++;
	snprintf(seen->last, sizeof(seen->last), "%.*s", (int)len, text);
	seen->named += strstr(seen->last, "lan") != NULL;
	return true;
}

START_TEST(each_change_is_an_entry_that_says_who_and_names_nobody)
{
	struct seen seen = {0};
	struct err e = {0};

	done(adding("boss", "admin", "loa xóm tôi hay rè"));
	done(adding("lan", "operator", "loa xóm tôi hay rè"));
	done(json_pack("{s:s, s:s, s:s, s:s}", "do", "user.role", "user", "2", "role", "approver",
		       "as", "user:1"));
	ck_assert(ledger_read(c.desk.ledger, 0, ledger_next(c.desk.ledger), look_at, &seen, &e));
	ck_assert_int_eq(seen.count, 3);
	ck_assert_int_eq(seen.named, 0);
	ck_assert_ptr_nonnull(strstr(seen.last, "\"account\":\"user:2\""));
	ck_assert_ptr_nonnull(strstr(seen.last, "\"role\":\"approver\""));
	ck_assert_ptr_nonnull(strstr(seen.last, "\"what\":\"role\""));
	ck_assert_ptr_nonnull(strstr(seen.last, "\"who\":\"user:1\""));
}
END_TEST

START_TEST(an_account_approves_the_bytes_that_it_names)
{
	done(adding("lan", "admin", "loa xóm tôi hay rè"));
	const char *id = deskcase_add(&c, "Tin");
	char sha256[SHA256_HEX_BYTES];
	json_t *answer = deskcase_ask(&c, json_pack("{s:s}", "do", "bulletins"));
	const json_t *list = json_object_get(answer, "bulletins");

	snprintf(sha256, sizeof(sha256), "%s", json_get_text(json_array_get(list, 0), "sha256",
							     ""));
	json_decref(answer);
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "bulletin.approve", "bulletin", id,
				       "as", "user:1"), "usage", "sha256");
	sha256[0] = sha256[0] == 'a' ? 'b' : 'a';
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.approve",
				       "bulletin", id, "as", "user:1", "sha256", sha256),
			 "conflict", "nghe lại");
	answer = deskcase_ask(&c, json_pack("{s:s}", "do", "bulletins"));
	list = json_object_get(answer, "bulletins");
	ck_assert_str_eq(json_get_text(json_array_get(list, 0), "state", ""), "received");
	snprintf(sha256, sizeof(sha256), "%s", json_get_text(json_array_get(list, 0), "sha256",
							     ""));
	json_decref(answer);
	done(json_pack("{s:s, s:s, s:s, s:s}", "do", "bulletin.approve", "bulletin", id, "as",
		       "user:1", "sha256", sha256));
}
END_TEST

Suite *suite_commands_users(void);
Suite *suite_commands_users(void)
{
	Suite *s = suite_create("commands_users");
	TCase *t = tcase_create("users");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, an_account_is_made_changed_and_listed);
	tcase_add_test(t, bad_input_makes_no_account);
	tcase_add_test(t, an_administrator_does_not_lock_themselves_out);
	tcase_add_test(t, an_account_approves_the_bytes_that_it_names);
	tcase_add_test(t, without_a_password_one_is_made_for_one_time);
	tcase_add_test(t, nobody_gives_themselves_a_one_time_password);
	tcase_add_test(t, sessions_are_ended_by_the_administrator_and_by_their_owner);
	tcase_add_test(t, each_change_is_an_entry_that_says_who_and_names_nobody);
	suite_add_tcase(s, t);
	return s;
}
