/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/carry.h"

#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ASK "GET /api/pack?from=2026-11-01&to=2026-11-30 HTTP/1.1"

static struct web_case c;
static struct buf got;
static const char *file, *yes; /* NULL: that of a pack */
static const char *refusal; /* NULL: that it is busy */
static char question[600];
static size_t file_len;
static int asked;

static void say(int fd, const char *data, size_t len)
{
	ck_assert_int_eq(send(fd, data, len, MSG_NOSIGNAL), (ssize_t)len);
}

/* The line, the bytes, the end. */
static void carrier(int fd, const char *line)
{
	static const char packed[] = "{\"id\":1,\"ok\":true,\"file\":\"goi.zip\"}\n";
	static const char no[] = "{\"id\":1,\"error\":{\"code\":\"conflict\",\"text\":\"busy\"}}\n";

	if (strstr(line, "\"pack\"") == NULL && strstr(line, "\"report\"") == NULL) {
		web_case_answers(fd, line);
		return;
	}
	asked++;
	if (file == NULL) {
		say(fd, refusal != NULL ? refusal : no, strlen(refusal != NULL ? refusal : no));
		return;
	}
	snprintf(question, sizeof(question), "%s", line);
	say(fd, yes != NULL ? yes : packed, strlen(yes != NULL ? yes : packed));
	say(fd, file, file_len);
	shutdown(fd, SHUT_RDWR);
}

static void setup(void)
{
	web_case_start(&c);
	c.reply = carrier;
	asked = 0;
	yes = NULL;
}

static void teardown(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

START_TEST(what_the_station_carries_goes_out)
{
	static char whole[9000];

	memset(whole, 'z', sizeof(whole));
	memcpy(whole + sizeof(whole) - 22, "PK\5\6", 4);
	file = whole;
	file_len = sizeof(whole);
	got = web_case_ask(&c, ASK, NULL);
	ck_assert_msg(strstr(buf_str(&got), "200 OK") != NULL, "%s", buf_str(&got));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "attachment; filename=\"goi.zip\""));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "zzzz"));
	ck_assert_msg(memcmp(got.data + got.len - 5, "0\r\n\r\n", 5) == 0, "no end");
}
END_TEST

/* The last chunk is missing: a browser says that the download failed. */
START_TEST(half_a_file_has_no_end)
{
	file = "PK\3\4 and then the power failed";
	file_len = strlen(file);
	got = web_case_ask(&c, ASK, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "power failed"));
	ck_assert_msg(memcmp(got.data + got.len - 5, "0\r\n\r\n", 5) != 0, "it has an end");
}
END_TEST

START_TEST(a_refusal_is_told_and_a_head_asks_nobody)
{
	file = NULL;
	got = web_case_ask(&c, ASK, NULL);
	ck_assert_msg(strstr(buf_str(&got), "409") != NULL, "%s", buf_str(&got));
	buf_finish(&got);
	asked = 0;
	got = web_case_ask(&c, "HEAD /api/pack?from=2026-11-01&to=2026-11-30 HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "200 OK"));
	ck_assert_int_eq(asked, 0);
}
END_TEST

#define REPORT "/api/reports/B.html?period=2026-11&language=&fund=NS HTTP/1.1"

/* Its length is known, it is shown and not kept, and "" is a word. */
START_TEST(a_report_has_its_length_and_its_type)
{
	file = "<p>một</p>";
	file_len = strlen(file);
	yes = "{\"id\":1,\"ok\":true,\"file\":\"b.html\",\"type\":\"text/html; charset=utf-8\","
	      "\"bytes\":12}\n";
	got = web_case_ask(&c, "GET " REPORT, NULL);
	ck_assert_msg(strstr(buf_str(&got), "200 OK") != NULL, "%s", buf_str(&got));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "Content-Length: 12\r\n"));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "Content-Type: text/html; charset=utf-8"));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "inline; filename=\"b.html\""));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "Cache-Control: no-store"));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "style-src 'unsafe-inline'"));
	ck_assert_ptr_null(strstr(buf_str(&got), "script-src"));
	ck_assert_ptr_nonnull(strstr(question, "\"table\":\"B\""));
	ck_assert_ptr_nonnull(strstr(question, "\"format\":\"html\""));
	ck_assert_ptr_nonnull(strstr(question, "\"language\":\"\""));
	ck_assert_ptr_nonnull(strstr(question, "\"fund\":\"NS\""));
	ck_assert_ptr_null(strstr(question, "\"kind\""));
}
END_TEST

/* Fewer bytes come than were promised: the connection breaks before them. */
START_TEST(half_a_report_is_none)
{
	file = "half";
	file_len = strlen(file);
	yes = "{\"id\":1,\"ok\":true,\"file\":\"b.pdf\",\"type\":\"application/pdf\","
	      "\"bytes\":400}\n";
	got = web_case_ask(&c, "GET /api/reports/B.pdf?period=2026-11 HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "Content-Length: 400\r\n"));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "attachment; filename=\"b.pdf\""));
	ck_assert_msg(memcmp(got.data + got.len - 4, "half", 4) == 0, "%s", buf_str(&got));
}
END_TEST

START_TEST(a_wrong_word_is_named)
{
	static const char no[] = "{\"id\":1,\"error\":{\"code\":\"usage\",\"text\":\"bad\","
				 "\"field\":\"period\"}}\n";

	refusal = no;
	file = NULL;
	got = web_case_ask(&c, "GET " REPORT, NULL);
	refusal = NULL;
	ck_assert_ptr_nonnull(strstr(buf_str(&got), " 400 "));
	ck_assert_msg(strstr(buf_str(&got), "\"field\":\"period\"") != NULL, "%s", buf_str(&got));
	buf_finish(&got);
	got = web_case_ask(&c, "HEAD " REPORT, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "Content-Type: text/html"));
}
END_TEST

Suite *suite_carry(void);
Suite *suite_carry(void)
{
	Suite *s = suite_create("carry");
	TCase *t = tcase_create("carry");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_the_station_carries_goes_out);
	tcase_add_test(t, half_a_file_has_no_end);
	tcase_add_test(t, a_report_has_its_length_and_its_type);
	tcase_add_test(t, half_a_report_is_none);
	tcase_add_test(t, a_wrong_word_is_named);
	tcase_add_test(t, a_refusal_is_told_and_a_head_asks_nobody);
	suite_add_tcase(s, t);
	return s;
}
