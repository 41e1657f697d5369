/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/api.h"

#include "base/limits.h"
#include "support/web_case.h"
#include "web/web.h"

#include <check.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define JSON "Content-Type: application/json"

static struct web_case c;
static struct buf got;

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

START_TEST(fields_are_checked)
{
	const char *const fields[] = {"bulletin", "zone", NULL};
	json_t *command = json_object();
	const char *field;
	struct err e = {0};
	const char *good = "{\"bulletin\":\"B1\",\"zone\":\"thôn 2\"}";

	ck_assert(api_take_body(good, strlen(good), fields, command, &field, &e));
	ck_assert_str_eq(json_string_value(json_object_get(command, "zone")), "thôn 2");
	ck_assert(api_take_body("", 0, fields, command, &field, &e));
	ck_assert(!api_take_body("{\"zone\":5}", 10, fields, command, &field, &e));
	ck_assert_str_eq(field, "zone");
	ck_assert(!api_take_body("{\"do\":\"x\"}", 10, fields, command, &field, &e));
	ck_assert_ptr_null(field);
	ck_assert(!api_take_body("[]", 2, fields, command, &field, &e));
	ck_assert(!api_take_body("{\"zone\":\"a\",\"zone\":\"b\"}", 23, fields, command, &field,
				 &e));
	ck_assert(!api_take_body("{\"zone\":\"\\u202e\"}", 17, fields, command, &field, &e));
	json_decref(command);
}
END_TEST

START_TEST(dates_are_checked)
{
	struct err e = {0};

	ck_assert(api_check("date", "2028-02-29", &e));
	ck_assert(!api_check("date", "2026-02-29", &e));
	ck_assert(api_check("from", "2026-11-23", &e));
	ck_assert(api_check("to", "2026-11-23T05:30:00+07:00", &e));
	ck_assert(!api_check("to", "tomorrow", &e));
	ck_assert(!api_check("zone", "a\nb", &e));
}
END_TEST

START_TEST(the_station_answers_through)
{
	got = web_case_ask(&c, "GET /api/status HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "200 OK"));
	ck_assert_ptr_nonnull(strstr(got.data, "{\"station\":{\"name\":\"Đài\"}}"));
}
END_TEST

START_TEST(the_stations_refusal_has_its_status)
{
	got = web_case_ask(&c, "POST /api/play HTTP/1.1\r\n" JSON, "{\"bulletin\":\"B9\"}");
	ck_assert_ptr_nonnull(strstr(got.data, "404 Not Found"));
	ck_assert_ptr_nonnull(strstr(got.data, "\"text\":\"no B9\""));
}
END_TEST

static void repeat(int fd, const char *line)
{
	const char *told = strstr(line, "\"bulletin\":\"B17\"") != NULL
				   ? "{\"id\":1,\"ok\":true,\"heard\":\"B17\"}\n"
				   : "{\"id\":1,\"ok\":true}\n";

	ck_assert_int_gt(send(fd, told, strlen(told), MSG_NOSIGNAL), 0);
}

START_TEST(the_paths_parameter_goes_to_the_station)
{
	c.reply = repeat;
	got = web_case_ask(&c, "GET /api/bulletins/B17?bulletin=B2 HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "{\"heard\":\"B17\"}"));
	buf_finish(&got);
	got = web_case_ask(&c, "GET /api/bulletins/B17/.. HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "404 "));
	buf_finish(&got);
	got = web_case_ask(&c, "POST /api/bulletins/B17 HTTP/1.1\r\n" JSON, "{}");
	ck_assert_ptr_nonnull(strstr(got.data, "405 "));
}
END_TEST

static void tell_sheet(int fd, const char *line)
{
	static const char answer[] =
		"{\"id\":1,\"ok\":true,\"csv\":\"id,planned\\r\\nA1,\\r\\n\"}\n";

	ck_assert_ptr_nonnull(strstr(line, "\"log.csv\""));
	ck_assert_ptr_nonnull(strstr(line, "\"2026-11-23\""));
	ck_assert_int_gt(send(fd, answer, sizeof(answer) - 1, MSG_NOSIGNAL), 0);
}

START_TEST(a_sheet_is_a_file)
{
	c.reply = tell_sheet;
	got = web_case_ask(&c, "GET /api/airings.csv?from=2026-11-22&to=2026-11-23 HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "200 OK"));
	ck_assert_ptr_nonnull(strstr(got.data, "text/csv; charset=utf-8"));
	ck_assert_ptr_nonnull(strstr(got.data, "attachment"));
	ck_assert_ptr_nonnull(strstr(got.data, "\r\n\r\nid,planned\r\nA1,\r\n"));
}
END_TEST

START_TEST(no_station_is_503)
{
	web_case_station(&c, false);
	got = web_case_ask(&c, "POST /api/cut HTTP/1.1\r\n" JSON, "{}");
	ck_assert_ptr_nonnull(strstr(got.data, "503 "));
}
END_TEST

static void hang_up(int fd, const char *line)
{
	(void)line;
	shutdown(fd, 2);
}

START_TEST(a_station_that_hangs_up_is_503)
{
	c.reply = hang_up;
	got = web_case_ask(&c, "GET /api/day HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "503 "));
}
END_TEST

static void babble(int fd, const char *line)
{
	(void)line;
	ck_assert_int_gt(send(fd, "42\n", 3, MSG_NOSIGNAL), 0);
}

START_TEST(a_station_that_babbles_is_503)
{
	c.reply = babble;
	got = web_case_ask(&c, "GET /api/day HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "503 "));
}
END_TEST

#define MANY (HTTP_ASKS_MAX + 8)

static int asked[MANY], asked_count;

static void answer_later(int fd, const char *line)
{
	(void)line;
	ck_assert_int_lt(asked_count, MANY);
	asked[asked_count++] = fd;
}

static void ask_many(int fds[MANY])
{
	asked_count = 0;
	c.reply = answer_later;
	for (int i = 0; i < MANY; i++)
		fds[i] = web_case_connect(&c, "GET /api/day HTTP/1.1\r\nConnection: close\r\n"
					      "Host: localhost\r\n\r\n");
	while (c.web->waiting == NULL || asked_count < HTTP_ASKS_MAX)
		web_case_step(&c);
	ck_assert_int_eq(c.web->asks, HTTP_ASKS_MAX);
}

/* More ask than may at once: the rest waits, one of them goes away, and all others are answered. */
START_TEST(who_comes_too_many_waits_for_a_turn)
{
	int fds[MANY];

	ask_many(fds);
	close(fds[MANY - 1]);
	c.reply = web_case_answers;
	for (int i = 0; i < HTTP_ASKS_MAX; i++)
		web_case_answers(asked[i], "");
	for (int i = 0; i < MANY - 1; i++) {
		ck_assert(web_case_until(&c, fds[i], &got, NULL));
		ck_assert_ptr_nonnull(strstr(got.data, "200 OK"));
		buf_finish(&got);
		close(fds[i]);
	}
	while (c.web->asks > 0)
		web_case_step(&c);
	ck_assert_ptr_null(c.web->waiting);
}
END_TEST

/* A server that ends owes nobody an answer. */
START_TEST(some_wait_when_the_server_ends)
{
	int fds[MANY];

	ask_many(fds);
	web_destroy(c.web);
	c.web = NULL;
	for (int i = 0; i < MANY; i++)
		close(fds[i]);
}
END_TEST

Suite *suite_api(void);
Suite *suite_api(void)
{
	Suite *s = suite_create("api");
	TCase *t = tcase_create("questions");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, fields_are_checked);
	tcase_add_test(t, dates_are_checked);
	tcase_add_test(t, the_station_answers_through);
	tcase_add_test(t, the_stations_refusal_has_its_status);
	tcase_add_test(t, the_paths_parameter_goes_to_the_station);
	tcase_add_test(t, a_sheet_is_a_file);
	tcase_add_test(t, no_station_is_503);
	tcase_add_test(t, a_station_that_hangs_up_is_503);
	tcase_add_test(t, a_station_that_babbles_is_503);
	tcase_add_test(t, who_comes_too_many_waits_for_a_turn);
	tcase_add_test(t, some_wait_when_the_server_ends);
	suite_add_tcase(s, t);
	return s;
}
