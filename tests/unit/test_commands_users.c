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
	json_t *answer = deskcase_ask(&c, request);

	ck_assert_msg(json_is_true(json_object_get(answer, "ok")), "%s",
		      json_get_text(json_object_get(answer, "error"), "text", ""));
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
	done(json_pack("{s:s, s:s}", "do", "user.disable", "name", "lan"));
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
	suite_add_tcase(s, t);
	return s;
}
