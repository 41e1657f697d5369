/* SPDX-License-Identifier: GPL-3.0-or-later */
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

/* As the page asks: it always says whose session, if any. */
static json_t *of_page(const char *token)
{
	return json_pack("{s:s, s:n, s:s, s:s}", "do", "calendar", "session", "token", token,
			 "address", "::1");
}

static void told(json_t *request)
{
	json_t *answer = deskcase_ask(&c, request);

	ck_assert_msg(strstr(json_get_text(answer, "ics", ""), "BEGIN:VEVENT") != NULL, "%s",
		      json_get_text(json_object_get(answer, "error"), "text", "?"));
	json_decref(answer);
}

static void done(const char *command)
{
	json_t *answer = deskcase_told(&c, json_pack("{s:s, s:s}", "do", command, "as", c.as));
	json_decref(answer);
}

START_TEST(without_accounts_and_at_the_machine_it_is_open)
{
	told(of_page(""));
	deskcase_people(&c);
	deskcase_refused(&c, of_page(""), "login", "địa chỉ");
	told(json_pack("{s:s}", "do", "calendar"));
}
END_TEST

START_TEST(who_is_logged_in_downloads_it)
{
	char session[SESSION_TOKEN_BYTES];
	struct err e = {0};

	deskcase_people(&c);
	ck_assert(users_begin_session(c.desk.users, 2, clock_wall(&c.clock.clock), session, &e));
	json_t *request = of_page("");
	json_object_set_new(request, "session", json_string(session));
	told(json_incref(request));
	session[0] = session[0] == '0' ? '1' : '0';
	json_object_set_new(request, "session", json_string(session));
	deskcase_refused(&c, request, "login", "địa chỉ");
}
END_TEST

START_TEST(a_token_opens_it_until_it_is_taken_back)
{
	char token[80];

	deskcase_people(&c);
	deskcase_refused(&c, json_pack("{s:s}", "do", "me.calendar.new"), "usage", "tài khoản");
	c.as = "user:2";
	json_t *made = deskcase_ask(&c, json_pack("{s:s, s:s}", "do", "me.calendar.new", "as",
						  c.as));
	snprintf(token, sizeof(token), "%s", json_get_text(made, "token", ""));
	json_decref(made);
	c.as = NULL;
	told(of_page(token));
	c.as = "user:2";
	done("me.calendar");
	done("me.calendar.end");
	c.as = NULL;
	deskcase_refused(&c, of_page(token), "login", "địa chỉ");
}
END_TEST

static bool count_tokens(int64_t n, const char *text, size_t len, void *arg)
{
	int *counts = arg;

	(void)n;
	counts[0] += memmem(text, len, "\"what\":\"calendar-token\"", 23) != NULL;
	counts[1] += memmem(text, len, "\"what\":\"calendar-token-ended\"", 29) != NULL;
	return true;
}

START_TEST(making_and_ending_an_address_is_in_the_log_without_the_token)
{
	int counts[2] = {0};
	struct err e = {0};

	deskcase_people(&c);
	c.as = "user:2";
	done("me.calendar.end"); /* there is none: nothing to write down */
	done("me.calendar.new");
	done("me.calendar.new");
	done("me.calendar.end");
	done("me.calendar.end");
	ck_assert(ledger_read(c.desk.ledger, 0, ledger_next(c.desk.ledger), count_tokens, counts,
			      &e));
	ck_assert_int_eq(counts[0], 2);
	ck_assert_int_eq(counts[1], 1);
}
END_TEST

Suite *suite_commands_calendar(void);
Suite *suite_commands_calendar(void)
{
	Suite *s = suite_create("commands_calendar");
	TCase *t = tcase_create("commands_calendar");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, without_accounts_and_at_the_machine_it_is_open);
	tcase_add_test(t, who_is_logged_in_downloads_it);
	tcase_add_test(t, a_token_opens_it_until_it_is_taken_back);
	tcase_add_test(t, making_and_ending_an_address_is_in_the_log_without_the_token);
	suite_add_tcase(s, t);
	return s;
}
