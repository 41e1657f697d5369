/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/told.h"

#include "support/web_case.h"
#include "web/web.h"

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct web_case c;
static struct buf got;
static int station_fd;
static const char *at_once; /* what the station says to bulletin.add */

static void setup(void)
{
	station_fd = -1;
	at_once = "{\"id\":1,\"progress\":0.25}\n";
	web_case_start(&c);
}

static void teardown(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

static void station_says(const char *line)
{
	ck_assert_int_gt(send(station_fd, line, strlen(line), MSG_NOSIGNAL), 0);
}

/* A station that decodes for as long as the test likes. */
static void think(int fd, const char *line)
{
	if (strstr(line, "bulletin.add") == NULL) {
		web_case_answers(fd, line);
		return;
	}
	station_fd = fd;
	station_says(at_once);
}

static int post(const char *header)
{
	char text[300];

	c.reply = think;
	snprintf(text, sizeof(text),
		 "POST /api/bulletins?title=a HTTP/1.1\r\nHost: localhost\r\n"
		 "Connection: close\r\n%sContent-Length: 5\r\n\r\nsound",
		 header);
	return web_case_connect(&c, text);
}

/* The one object of a chunked answer: its JSON lines without the chunk sizes between them. */
static json_t *body(void)
{
	struct buf text = {0};
	const char *at = strstr(got.data, "\r\n\r\n") + 4;

	for (;;) {
		size_t len = strtoul(at, NULL, 16);
		if (len == 0)
			break;
		at = strstr(at, "\r\n") + 2;
		buf_add(&text, at, len);
		at += len + 2;
	}
	json_error_t why;
	json_t *o = json_loads(buf_str(&text), JSON_REJECT_DUPLICATES, &why);
	ck_assert_msg(o != NULL, "%s: %s", why.text, buf_str(&text));
	buf_finish(&text);
	return o;
}

START_TEST(who_waits_long_hears_of_it_early)
{
	c.web->config.early_ms = 1;
	int fd = post("");
	ck_assert(web_case_until(&c, fd, &got, "0.25"));
	ck_assert_ptr_nonnull(strstr(got.data, "202 Accepted"));
	station_says("{\"id\":1,\"ok\":true,\"bulletin\":{\"id\":\"B9\"}}\n");
	web_case_until(&c, fd, &got, NULL);
	json_t *o = body();
	ck_assert_str_eq(json_string_value(json_object_get(json_object_get(o, "bulletin"), "id")),
			 "B9");
	ck_assert_uint_ge(json_array_size(json_object_get(o, "progress")), 2);
	json_decref(o);
	close(fd);
}
END_TEST

START_TEST(a_late_refusal_stands_in_the_same_object)
{
	c.web->config.early_ms = 1;
	int fd = post("");
	ck_assert(web_case_until(&c, fd, &got, "0.25"));
	station_says("{\"id\":1,\"error\":{\"code\":\"damaged\",\"text\":\"half\"}}\n");
	web_case_until(&c, fd, &got, NULL);
	json_t *o = body();
	ck_assert_str_eq(json_string_value(json_object_get(json_object_get(o, "error"), "code")),
			 "damaged");
	json_decref(o);
	close(fd);
}
END_TEST

START_TEST(what_is_known_soon_has_its_own_status)
{
	at_once = "{\"id\":1,\"error\":{\"code\":\"unsupported\",\"text\":\"a picture\"}}\n";
	int fd = post("");

	web_case_until(&c, fd, &got, NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "HTTP/1.1 415 "));
	ck_assert_ptr_nonnull(strstr(got.data, "a picture"));
	close(fd);
}
END_TEST

START_TEST(the_same_progress_is_told_once)
{
	at_once = "{\"id\":1,\"progress\":0.5}\n{\"id\":1,\"progress\":0.5}\n"
		  "{\"id\":1,\"progress\":0.5004}\n"
		  "{\"id\":1,\"ok\":true,\"bulletin\":{\"id\":\"B9\"}}\n";
	int fd = post("Accept: application/x-ndjson\r\n");

	web_case_until(&c, fd, &got, NULL);
	const char *first = strstr(got.data, "{\"progress\":0.5}\n");
	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_null(strstr(first + 12, "progress"));
	close(fd);
}
END_TEST

START_TEST(a_sender_who_leaves_costs_nothing)
{
	c.web->config.early_ms = 1;
	int fd = post("");
	ck_assert(web_case_until(&c, fd, &got, "0.25"));
	close(fd);
	station_says("{\"id\":1,\"progress\":0.75}\n");
	station_says("{\"id\":1,\"ok\":true,\"bulletin\":{\"id\":\"B9\"}}\n");
	for (int i = 0; i < 1000 && c.web->lines.count > 0; i++)
		web_step(c.web, 5);
	ck_assert_int_eq(c.web->lines.count, 0);
}
END_TEST

Suite *suite_told(void);
Suite *suite_told(void)
{
	Suite *s = suite_create("told");
	TCase *t = tcase_create("told");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, who_waits_long_hears_of_it_early);
	tcase_add_test(t, a_late_refusal_stands_in_the_same_object);
	tcase_add_test(t, what_is_known_soon_has_its_own_status);
	tcase_add_test(t, the_same_progress_is_told_once);
	tcase_add_test(t, a_sender_who_leaves_costs_nothing);
	suite_add_tcase(s, t);
	return s;
}
