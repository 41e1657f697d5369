/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/first.h"

#include "base/json.h"
#include "station/login.h"
#include "station/station.h"
#include "support/deskcase.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD "loa xóm tôi hay rè"

static struct deskcase c;
static struct station *st;
static char code[ONETIME_TEXT_BYTES]; /* as the console shows it; "" none */

/* What first_begin tells on the console, and the code in it. */
static void begin(void)
{
	char path[96], text[1000] = "";
	int kept = dup(STDERR_FILENO);

	snprintf(path, sizeof(path), "%s/console", c.dir);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	ck_assert_int_ge(fd, 0);
	dup2(fd, STDERR_FILENO);
	first_begin(st);
	dup2(kept, STDERR_FILENO);
	ssize_t len = pread(fd, text, sizeof(text) - 1, 0);
	text[len > 0 ? len : 0] = '\0';
	close(fd);
	close(kept);
	const char *at = strstr(text, "đầu tiên: ");
	snprintf(code, sizeof(code), "%s", at != NULL ? at + strlen("đầu tiên: ") : "");
}

static void setup(void)
{
	deskcase_open(&c);
	st = calloc(1, sizeof(*st));
	st->desk = c.desk;
	begin();
}

static void teardown(void)
{
	free(st);
	deskcase_close(&c);
}

/* The answer as a visitor of the page gets it; the caller owns it. */
static json_t *ask(json_t *request)
{
	json_object_set_new(request, "session", json_null());
	json_object_set_new(request, "address", json_string("192.0.2.1"));
	struct request rq = {.desk = &st->desk, .station = st, .who = "uid:7", .args = request};
	json_t *answer = commands_run(&rq);
	json_decref(request);
	return answer;
}

static json_t *first(const char *typed, const char *name, const char *password)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "do", "user.first", "code", typed, "name",
			 name, "person", "Nguyễn Thị Lan", "password", password);
}

static void refused(json_t *request, const char *kind, const char *word)
{
	json_t *answer = ask(request);
	const json_t *error = json_object_get(answer, "error");

	ck_assert_str_eq(json_get_text(error, "code", ""), kind);
	ck_assert_msg(strstr(json_get_text(error, "text", ""), word) != NULL, "%s",
		      json_get_text(error, "text", ""));
	json_decref(answer);
}

START_TEST(the_code_of_the_console_makes_the_first_administrator)
{
	char typed[40];
	struct user user;
	struct err e = {0};

	ck_assert_uint_eq(strlen(code), 14);
	snprintf(typed, sizeof(typed), " %s ", code);
	json_t *answer = ask(first(typed, "lan", PASSWORD));
	ck_assert_msg(json_is_true(json_object_get(answer, "ok")), "%s",
		      json_get_text(json_object_get(answer, "error"), "text", ""));
	ck_assert(users_session(c.desk.users, json_get_text(answer, "session", ""),
				clock_wall(&c.clock.clock), &user, &e));
	ck_assert_str_eq(user.name, "lan");
	ck_assert_int_eq(user.role, ROLE_ADMIN);
	ck_assert_int_eq(user.once_until_s, 0);
	ck_assert(password_matches(user.hash, PASSWORD));
	json_decref(answer);
	refused(first(code, "minh", PASSWORD), "conflict", "đăng nhập"); /* good once */
}
END_TEST

START_TEST(no_other_code_does)
{
	bool any;
	struct err e = {0};

	refused(first("aaaa-bbbb-cccc", "lan", PASSWORD), "refused", "mã không đúng");
	refused(first("", "lan", PASSWORD), "usage", "code");
	st->first = (struct first){0}; /* none was told */
	refused(first(code, "lan", PASSWORD), "refused", "mã không đúng");
	ck_assert(users_any(c.desk.users, &any, &e) && !any);
}
END_TEST

START_TEST(a_fault_in_the_words_costs_no_code)
{
	refused(first(code, "Lan", PASSWORD), "usage", "Lan");
	refused(first(code, "lan", "12345678"), "refused", "mật khẩu");
	json_t *answer = ask(first(code, "lan", PASSWORD));
	ck_assert(json_is_true(json_object_get(answer, "ok")));
	json_decref(answer);
}
END_TEST

START_TEST(guessing_is_slowed_down)
{
	for (int i = 0; i < 30; i++)
		refused(first("aaaa-bbbb-cccc", "lan", PASSWORD), "refused", "mã");
	refused(first(code, "lan", PASSWORD), "too_many", "đợi");
}
END_TEST

START_TEST(each_start_has_another_code_and_with_accounts_none)
{
	char before[ONETIME_TEXT_BYTES];
	struct user user = {.name = "lan", .role = ROLE_OPERATOR, .hash = "h"};
	struct err e = {0};

	snprintf(before, sizeof(before), "%s", code);
	begin();
	ck_assert_str_ne(before, code);
	refused(first(before, "lan", PASSWORD), "refused", "mã không đúng");
	ck_assert(users_add(c.desk.users, &user, clock_wall(&c.clock.clock), &e));
	st->first = (struct first){0};
	begin();
	ck_assert_str_eq(code, "");
	ck_assert(!st->first.open);
}
END_TEST

Suite *suite_first(void);
Suite *suite_first(void)
{
	Suite *s = suite_create("first");
	TCase *t = tcase_create("first");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_code_of_the_console_makes_the_first_administrator);
	tcase_add_test(t, no_other_code_does);
	tcase_add_test(t, a_fault_in_the_words_costs_no_code);
	tcase_add_test(t, guessing_is_slowed_down);
	tcase_add_test(t, each_start_has_another_code_and_with_accounts_none);
	suite_add_tcase(s, t);
	return s;
}
