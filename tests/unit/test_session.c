/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/session.h"

#include "people/users.h"
#include "support/web_case.h"
#include "web/web.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define JSON "Content-Type: application/json"
#define OTHER "0123456789012345678901234567890123456789012345678901234567890123"

static struct web_case c;
static struct users *u;
static char token[SESSION_TOKEN_BYTES], last[4096];

static void reply(int fd, const char *line)
{
	static const char session[] = "{\"id\":1,\"ok\":true,\"session\":\"" OTHER
				      "\",\"account\":{\"name\":\"lan\"}}\n";

	snprintf(last, sizeof(last), "%s", line);
	if (strstr(line, "\"user.login\"") != NULL || strstr(line, "\"user.first\"") != NULL ||
	    strstr(line, "\"me.password\"") != NULL)
		send(fd, session, strlen(session), MSG_NOSIGNAL);
	else
		web_case_answers(fd, line);
}

static void setup(void)
{
	web_case_start(&c);
	c.reply = reply;
	last[0] = '\0';
	u = users_create(c.dir);
}

static void teardown(void)
{
	users_destroy(u);
	web_case_end(&c);
}

static void log_in(enum role role)
{
	struct user user = {.name = "lan", .role = role, .hash = "h"};
	struct wall now = clock_wall(&c.clock.clock);
	struct err e = {0};

	ck_assert_msg(users_add(u, &user, now, &e), "%s", e.text);
	ck_assert(users_begin_session(u, user.id, now, token, &e));
}

static void asked(const char *head, const char *field, const char *body, const char *want)
{
	char text[600];

	snprintf(text, sizeof(text), "%s%s%s", head, field[0] != '\0' ? "\r\n" : "", field);
	struct buf got = web_case_ask(&c, text, body);
	ck_assert_msg(strstr(buf_str(&got), want) != NULL, "%s\n%s", text, buf_str(&got));
	buf_finish(&got);
}

static const char *cookie(void)
{
	static char text[120];

	snprintf(text, sizeof(text), "Cookie: a=b; vangxa=%s", token);
	return text;
}

START_TEST(without_accounts_all_is_as_before)
{
	asked("GET /api/status HTTP/1.1", "", NULL, " 200 ");
	ck_assert_ptr_nonnull(strstr(last, "\"session\":null"));
	asked("POST /api/cut HTTP/1.1\r\n" JSON, "", "{}", " 200 ");
	asked("POST /api/bulletins/B1/approve HTTP/1.1\r\n" JSON, "", "{}", " 403 ");
	asked("GET /api/me HTTP/1.1", "", NULL, "{\"accounts\":false,\"account\":null,");
}
END_TEST

START_TEST(with_accounts_a_stranger_sees_the_page_and_hears_the_stream)
{
	log_in(ROLE_ADMIN);
	last[0] = '\0';
	asked("GET / HTTP/1.1", "", NULL, " 200 ");
	asked("GET /api/me HTTP/1.1", "", NULL,
	      "{\"accounts\":true,\"account\":null,\"rights\":[],\"shut\":false,"
	      "\"disabled\":false,\"tls\":null}");
	asked("GET /api/start HTTP/1.1", "", NULL,
	      "\"disabled\":false,\"tls\":null},\"day\":null,\"day_tag\":\"\"}");
	asked("GET /api/status HTTP/1.1", "", NULL, " 401 ");
	asked("HEAD /api/status HTTP/1.1", "", NULL, " 401 ");
	asked("GET /api/events HTTP/1.1", "", NULL, " 401 ");
	asked("POST /api/cut HTTP/1.1\r\n" JSON, "", "{}", " 401 ");
	asked("POST /api/bulletins?title=x HTTP/1.1", "", "RIFF", " 401 ");
	asked("GET /api/status HTTP/1.1", "Cookie: vangxa=" OTHER, NULL, " 401 ");
	asked("GET /api/status HTTP/1.1", "Authorization: Bearer " OTHER, NULL, " 401 ");
	asked("GET /api/status HTTP/1.1", "Cookie: vangxa=\xff\xfe", NULL, " 401 ");
	ck_assert_str_eq(last, ""); /* the station was not troubled */
}
END_TEST

START_TEST(a_session_is_shown_by_cookie_or_bearer_and_passed_on)
{
	char bearer[120];

	log_in(ROLE_OPERATOR);
	snprintf(bearer, sizeof(bearer), "Authorization: Bearer %s", token);
	asked("GET /api/status HTTP/1.1", cookie(), NULL, " 200 ");
	ck_assert_ptr_nonnull(strstr(last, token));
	asked("GET /api/day HTTP/1.1", bearer, NULL, " 200 ");
	asked("GET /api/me HTTP/1.1", cookie(), NULL, "\"role\":\"operator\"");
	last[0] = '\0';
	asked("GET /api/start HTTP/1.1", cookie(), NULL, "\"role\":\"operator\"");
	ck_assert_ptr_nonnull(strstr(last, token));
	asked("GET /api/start HTTP/1.1", cookie(), NULL, "\"day\":{\"");
	asked("POST /api/bulletins?title=x HTTP/1.1", cookie(), "RIFF", " 201 ");
	ck_assert_ptr_nonnull(strstr(last, token));
	asked("POST /api/bulletins/B1/approve HTTP/1.1\r\n" JSON, cookie(), "{}", " 403 ");
	asked("POST /api/cut HTTP/1.1\r\n" JSON "\r\nOrigin: http://evil.example", cookie(), "{}",
	      " 403 ");
}
END_TEST

START_TEST(what_a_visitor_says_of_themselves_counts_for_nothing)
{
	log_in(ROLE_ADMIN);
	asked("POST /api/cut HTTP/1.1\r\n" JSON, cookie(), "{\"session\":\"x\"}", " 400 ");
	asked("POST /api/cut HTTP/1.1\r\n" JSON, cookie(), "{\"as\":\"user:1\"}", " 400 ");
	asked("POST /api/login HTTP/1.1\r\n" JSON, "",
	      "{\"name\":\"lan\",\"password\":\"x\",\"address\":\"9.9.9.9\"}", " 400 ");
	asked("GET /api/status?session=x&as=user:1 HTTP/1.1", "", NULL, " 401 ");
}
END_TEST

/* On a network, as long as there is no account: nothing but making the first one, and the radio. */
START_TEST(from_a_network_only_the_first_account_can_be_made)
{
	c.web->shut = true;
	asked("GET /api/me HTTP/1.1", "", NULL,
	      "{\"accounts\":false,\"account\":null,\"rights\":[],\"shut\":true,"
	      "\"disabled\":false,\"tls\":null}");
	asked("GET /api/status HTTP/1.1", "", NULL, " 401 ");
	asked("GET /api/events HTTP/1.1", "", NULL, " 401 ");
	asked("POST /api/cut HTTP/1.1\r\n" JSON, "", "{}", " 401 ");
	asked("POST /api/bulletins?title=x HTTP/1.1", "", "RIFF", " 401 ");
	asked("POST /api/users HTTP/1.1\r\n" JSON, "", "{\"name\":\"x\"}", " 403 ");
	ck_assert_str_eq(last, "");
	asked("GET / HTTP/1.1", "", NULL, " 200 ");
	asked("POST /api/first HTTP/1.1\r\n" JSON "\r\nUser-Agent: Phone", "",
	      "{\"code\":\"a\",\"name\":\"lan\",\"password\":\"b\"}",
	      "Set-Cookie: vangxa=" OTHER);
	ck_assert_ptr_nonnull(strstr(last, "\"address\":\"127.0.0.1\""));
	ck_assert_ptr_nonnull(strstr(last, "\"agent\":\"Phone\""));
	log_in(ROLE_OPERATOR);
	asked("GET /api/status HTTP/1.1", "", NULL, " 401 ");
	asked("GET /api/status HTTP/1.1", cookie(), NULL, " 200 ");
	asked("GET /api/me HTTP/1.1", cookie(), NULL, "\"shut\":false");
}
END_TEST

START_TEST(with_a_one_time_password_the_page_is_told_what_is_left)
{
	struct err e = {0};

	log_in(ROLE_ADMIN);
	ck_assert(users_set_hash(u, 1, "once", 1, &e));
	ck_assert(users_begin_session(u, 1, clock_wall(&c.clock.clock), token, &e));
	asked("GET /api/me HTTP/1.1", cookie(), NULL, "\"must_change\":true");
	asked("GET /api/me HTTP/1.1", cookie(), NULL,
	      "\"rights\":[\"calendar\",\"me.password\",\"user.first\",\"user.login\","
	      "\"user.logout\"]");
	asked("GET /api/status HTTP/1.1", cookie(), NULL, " 403 ");
	asked("POST /api/me/password HTTP/1.1\r\n" JSON, cookie(),
	      "{\"old\":\"a\",\"password\":\"b\"}", "Set-Cookie: vangxa=" OTHER);
}
END_TEST

START_TEST(a_session_of_a_disabled_account_says_so)
{
	struct err e = {0};

	log_in(ROLE_OPERATOR);
	asked("GET /api/me HTTP/1.1", cookie(), NULL, "\"disabled\":false");
	ck_assert(users_set_enabled(u, 1, false, &e));
	asked("GET /api/me HTTP/1.1", cookie(), NULL, "\"disabled\":true");
	asked("GET /api/start HTTP/1.1", cookie(), NULL, "\"disabled\":true");
	asked("GET /api/status HTTP/1.1", cookie(), NULL, "bị khóa");
}
END_TEST

START_TEST(a_login_gives_a_cookie_that_scripts_cannot_read)
{
	const char *body = "{\"name\":\"lan\",\"password\":\"x\"}";
	struct buf got = web_case_ask(&c, "POST /api/login HTTP/1.1\r\n" JSON, body);
	char *end = strstr(buf_str(&got), "\r\n\r\n");

	ck_assert_ptr_nonnull(strstr(buf_str(&got),
				     "Set-Cookie: vangxa=" OTHER "; Max-Age=604800; Path=/; "
				     "HttpOnly; SameSite=Strict"));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "Cache-Control: no-store"));
	ck_assert_ptr_nonnull(end);
	ck_assert_ptr_null(strstr(end, OTHER));
	ck_assert_ptr_nonnull(strstr(last, "\"address\":\"127.0.0.1\""));
	buf_finish(&got);
	got = web_case_ask(&c, "POST /api/login HTTP/1.1\r\n" JSON,
			   "{\"name\":\"lan\",\"password\":\"x\",\"token\":\"bearer\"}");
	ck_assert_ptr_null(strstr(buf_str(&got), "Set-Cookie"));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "\"session\":\"" OTHER));
	buf_finish(&got);
	asked("POST /api/logout HTTP/1.1\r\n" JSON, "", "{}", "Set-Cookie: vangxa=; Max-Age=0");
	asked("POST /api/logout HTTP/1.1\r\n" JSON, "", "{}", "Clear-Site-Data: \"cache\"");
	asked("POST /api/login HTTP/1.1\r\n" JSON "\r\nOrigin: http://evil.example", "", body,
	      " 403 ");
	asked("GET /api/login HTTP/1.1", "", NULL, " 405 ");
}
END_TEST

START_TEST(a_page_that_watches_ends_with_its_session)
{
	struct buf got = {0};
	struct err e = {0};
	char text[300];

	log_in(ROLE_INSPECTOR);
	snprintf(text, sizeof(text), "GET /api/events HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n",
		 cookie());
	int fd = web_case_connect(&c, text);
	ck_assert(web_case_until(&c, fd, &got, "event: status"));
	ck_assert_ptr_nonnull(strstr(last, "\"narrow\":false"));
	ck_assert(users_set_enabled(u, 1, false, &e));
	ck_assert(web_case_until(&c, fd, &got, "\r\n0\r\n\r\n")); /* the last chunk */
	close(fd);
	buf_finish(&got);
	asked("GET /api/status HTTP/1.1", cookie(), NULL, " 401 ");
}
END_TEST

/* The station makes the narrow stream; here only which of the two a page gets. */
START_TEST(a_producer_watches_narrowly)
{
	struct buf got = {0};
	char text[300];

	log_in(ROLE_PRODUCER);
	snprintf(text, sizeof(text), "GET /api/events HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n",
		 cookie());
	int fd = web_case_connect(&c, text);
	ck_assert(web_case_until(&c, fd, &got, "event: status"));
	ck_assert_ptr_nonnull(strstr(last, "\"narrow\":true"));
	close(fd);
	buf_finish(&got);
}
END_TEST

START_TEST(accounts_that_cannot_be_read_let_nobody_in)
{
	char path[100], junk[8192];

	memset(junk, 'x', sizeof(junk));
	snprintf(path, sizeof(path), "%s/people/users.sqlite", c.dir);
	FILE *f = fopen(path, "w");
	ck_assert(f != NULL && fwrite(junk, sizeof(junk), 1, f) == 1 && fclose(f) == 0);
	asked("GET /api/status HTTP/1.1", "", NULL, " 500 ");
	asked("POST /api/cut HTTP/1.1\r\n" JSON, "", "{}", " 500 ");
	asked("GET /api/me HTTP/1.1", "", NULL, " 500 ");
}
END_TEST

Suite *suite_session(void);
Suite *suite_session(void)
{
	Suite *s = suite_create("session");
	TCase *t = tcase_create("session");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, without_accounts_all_is_as_before);
	tcase_add_test(t, with_accounts_a_stranger_sees_the_page_and_hears_the_stream);
	tcase_add_test(t, a_session_is_shown_by_cookie_or_bearer_and_passed_on);
	tcase_add_test(t, what_a_visitor_says_of_themselves_counts_for_nothing);
	tcase_add_test(t, from_a_network_only_the_first_account_can_be_made);
	tcase_add_test(t, with_a_one_time_password_the_page_is_told_what_is_left);
	tcase_add_test(t, a_session_of_a_disabled_account_says_so);
	tcase_add_test(t, a_login_gives_a_cookie_that_scripts_cannot_read);
	tcase_add_test(t, a_page_that_watches_ends_with_its_session);
	tcase_add_test(t, a_producer_watches_narrowly);
	tcase_add_test(t, accounts_that_cannot_be_read_let_nobody_in);
	suite_add_tcase(s, t);
	return s;
}
