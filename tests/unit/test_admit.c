/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/admit.h"

#include "base/json.h"
#include "station/commands.h"
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

static void add(const char *name, enum role role, struct user *user)
{
	struct err e = {0};

	*user = (struct user){.role = role, .hash = "h"};
	snprintf(user->name, sizeof(user->name), "%s", name);
	ck_assert_msg(users_add(c.desk.users, user, clock_wall(&c.clock.clock), &e), "%s", e.text);
}

static void log_in(const struct user *user, char token[static SESSION_TOKEN_BYTES])
{
	struct err e = {0};

	ck_assert(users_begin_session(c.desk.users, user->id, clock_wall(&c.clock.clock), token,
				      &e));
}

/* The kind of refusal, ERR_NONE if admitted; who then acts. */
static enum err_kind asked(const char *command, const char *field, json_t *value, char who[64])
{
	json_t *args = json_object();
	struct err e = {0};

	if (field != NULL)
		json_object_set_new(args, field, value);
	struct request rq = {.desk = &c.desk, .who = "uid:5", .args = args};
	bool in = admit(&rq, command, &e);
	ck_assert(in == (e.kind == ERR_NONE));
	snprintf(who, 64, "%s", rq.who);
	json_decref(args);
	return e.kind;
}

START_TEST(without_accounts_the_page_is_open_but_for_what_names_a_person)
{
	char who[64];

	ck_assert_int_eq(asked("cut", "session", json_null(), who), ERR_NONE);
	ck_assert_str_eq(who, "uid:5");
	ck_assert_int_eq(asked("cut", "session", json_string("made up"), who), ERR_NONE);
	ck_assert_int_eq(asked("bulletin.approve", "session", json_null(), who), ERR_REFUSED);
	ck_assert_int_eq(asked("user.add", "session", json_null(), who), ERR_REFUSED);
	ck_assert_int_eq(asked("bulletin.approve", NULL, NULL, who), ERR_NONE);
	ck_assert_int_eq(asked("status", "as", json_string("user:1"), who), ERR_NOT_FOUND);
}
END_TEST

START_TEST(with_accounts_a_session_is_needed_and_bounds)
{
	char token[SESSION_TOKEN_BYTES], who[64];
	struct user lan;

	add("lan", ROLE_OPERATOR, &lan);
	log_in(&lan, token);
	ck_assert_int_eq(asked("status", "session", json_null(), who), ERR_LOGIN);
	ck_assert_int_eq(asked("status", "session", json_string("x"), who), ERR_LOGIN);
	ck_assert_int_eq(asked("status", "session", json_integer(1), who), ERR_LOGIN);
	ck_assert_int_eq(asked("user.login", "session", json_null(), who), ERR_NONE);
	ck_assert_int_eq(asked("cut", "session", json_string(token), who), ERR_NONE);
	ck_assert_str_eq(who, "user:1");
	ck_assert_int_eq(asked("bulletin.approve", "session", json_string(token), who),
			 ERR_REFUSED);
	ck_assert_int_eq(asked("no.such", "session", json_string(token), who), ERR_REFUSED);
	ck_assert_int_eq(asked("bulletin.approve", NULL, NULL, who), ERR_NONE);
	ck_assert_str_eq(who, "uid:5");
}
END_TEST

START_TEST(in_the_name_of_an_account_is_no_more_than_it_may)
{
	struct user lan, minh;
	char who[64];
	struct err e = {0};

	add("lan", ROLE_APPROVER, &lan);
	add("minh", ROLE_INSPECTOR, &minh);
	ck_assert_int_eq(asked("bulletin.approve", "as", json_string("user:1"), who), ERR_NONE);
	ck_assert_str_eq(who, "user:1");
	ck_assert_int_eq(asked("bulletin.approve", "as", json_string("user:2"), who), ERR_REFUSED);
	ck_assert_int_eq(asked("status", "as", json_string("user:9"), who), ERR_NOT_FOUND);
	ck_assert_int_eq(asked("status", "as", json_string("user:1x"), who), ERR_REFUSED);
	ck_assert_int_eq(asked("status", "as", json_string("root"), who), ERR_REFUSED);
	ck_assert_int_eq(asked("status", "as", json_null(), who), ERR_REFUSED);
	ck_assert(users_set_enabled(c.desk.users, lan.id, false, &e));
	ck_assert_int_eq(asked("status", "as", json_string("user:1"), who), ERR_REFUSED);
}
END_TEST

/* A command that the table forgets is closed to everybody, which somebody would notice late. */
START_TEST(every_command_is_in_the_table)
{
	json_t *answer = deskcase_ask(&c, json_pack("{s:s}", "do", "help"));
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(answer, "commands"), i, one)
		ck_assert_msg(rights_known(json_get_text(one, "do", "")), "%s",
			      json_get_text(one, "do", ""));
	json_decref(answer);
}
END_TEST

/* Every command as every role: carried out or refused as the table says, whatever else it lacks. */
START_TEST(no_command_goes_round_the_table)
{
	json_t *answer = deskcase_ask(&c, json_pack("{s:s}", "do", "help"));
	char tokens[ROLES][SESSION_TOKEN_BYTES];
	const json_t *one;
	size_t i;

	for (int r = 0; r < ROLES; r++) {
		struct user user;
		add(role_code((enum role)r), (enum role)r, &user);
		log_in(&user, tokens[r]);
	}
	json_array_foreach(json_object_get(answer, "commands"), i, one) {
		const char *name = json_get_text(one, "do", "");
		for (int r = 0; r < ROLES && strcmp(name, "user.logout") != 0; r++) {
			json_t *got = deskcase_ask(&c, json_pack("{s:s, s:s}", "do", name,
								 "session", tokens[r]));
			const char *code = json_get_text(json_object_get(got, "error"), "code",
							 "");
			bool refused = strcmp(code, "refused") == 0;
			ck_assert_msg(refused != rights_may((enum role)r, name), "%s as %s: %s",
				      name, role_code((enum role)r), code);
			json_decref(got);
		}
	}
	json_decref(answer);
}
END_TEST

Suite *suite_admit(void);
Suite *suite_admit(void)
{
	Suite *s = suite_create("admit");
	TCase *t = tcase_create("admit");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, without_accounts_the_page_is_open_but_for_what_names_a_person);
	tcase_add_test(t, with_accounts_a_session_is_needed_and_bounds);
	tcase_add_test(t, in_the_name_of_an_account_is_no_more_than_it_may);
	tcase_add_test(t, every_command_is_in_the_table);
	tcase_add_test(t, no_command_goes_round_the_table);
	suite_add_tcase(s, t);
	return s;
}
