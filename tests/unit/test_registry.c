/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/registry.h"

#include "people/users.h"
#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define POST "POST /api/registers/products HTTP/1.1\r\nContent-Type: application/json"

static struct web_case c;
static struct users *u;
static char token[SESSION_TOKEN_BYTES], last[8192];

static void reply(int fd, const char *line)
{
	static const char said[] = "{\"id\":1,\"ok\":true,\"row\":{\"row\":\"SP1\"}}\n";

	snprintf(last, sizeof(last), "%s", line);
	send(fd, said, sizeof(said) - 1, MSG_NOSIGNAL);
}

static void setup(void)
{
	struct user user = {.name = "lan", .role = ROLE_OPERATOR, .hash = "h"};
	struct err e = {0};

	web_case_start(&c);
	c.reply = reply;
	last[0] = '\0';
	u = users_create(c.dir);
	ck_assert(users_add(u, &user, clock_wall(&c.clock.clock), &e));
	ck_assert(users_begin_session(u, user.id, clock_wall(&c.clock.clock), token, &e));
}

static void teardown(void)
{
	users_destroy(u);
	web_case_end(&c);
}

static void asked(const char *head, const char *body, const char *want)
{
	char text[600];

	snprintf(text, sizeof(text), "%s\r\nAuthorization: Bearer %s", head, token);
	struct buf got = web_case_ask(&c, text, body);
	ck_assert_msg(strstr(buf_str(&got), want) != NULL, "%s\n%s", text, buf_str(&got));
	buf_finish(&got);
}

START_TEST(a_row_goes_to_the_station_as_it_is)
{
	asked(POST, "{\"row\":\"SP1\",\"if_n\":7,\"fields\":{\"title\":\"a\",\"number\":null}}",
	      "\"SP1\"");
	ck_assert_ptr_nonnull(strstr(last, "\"do\":\"register.write\""));
	ck_assert_ptr_nonnull(strstr(last, "\"register\":\"products\""));
	ck_assert_ptr_nonnull(strstr(last, "\"number\":null"));
	ck_assert_ptr_nonnull(strstr(last, "\"if_n\":7"));
}
END_TEST

/* Else a body could say in whose name it comes. */
START_TEST(no_other_word_of_a_command_comes_in)
{
	asked(POST, "{\"fields\":{},\"user\":\"user:5\"}", "user");
	ck_assert_str_eq(last, "");
	asked(POST, "{\"fields\":{},\"do\":\"cut\"}", " 400 ");
	ck_assert_str_eq(last, "");
	asked(POST, "[1]", " 400 ");
	asked(POST, "{", " 400 ");
	ck_assert_str_eq(last, "");
}
END_TEST

START_TEST(rows_are_asked_for_by_page_and_by_id)
{
	asked("GET /api/registers/works?after=20&limit=10 HTTP/1.1", NULL, " 200 ");
	ck_assert_ptr_nonnull(strstr(last, "\"do\":\"register.list\""));
	ck_assert_ptr_nonnull(strstr(last, "\"register\":\"works\""));
	ck_assert_ptr_nonnull(strstr(last, "\"after\":\"20\""));
	asked("GET /api/registers/works?row=TL3 HTTP/1.1", NULL, " 200 ");
	ck_assert_ptr_nonnull(strstr(last, "\"row\":\"TL3\""));
}
END_TEST

Suite *suite_registry(void);
Suite *suite_registry(void)
{
	Suite *s = suite_create("registry");
	TCase *t = tcase_create("rows");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_row_goes_to_the_station_as_it_is);
	tcase_add_test(t, no_other_word_of_a_command_comes_in);
	tcase_add_test(t, rows_are_asked_for_by_page_and_by_id);
	suite_add_tcase(s, t);
	return s;
}
