/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/gui.h"

#include "base/text.h"
#include "support/web_case.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FORM "POST /gui HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=xx"
#define PART(name) "--xx\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILE_PART                                                                                  \
	"--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tin bão.mp3\"\r\n"      \
	"Content-Type: audio/mpeg\r\n\r\n"
#define END "\r\n--xx--\r\n"

static struct web_case c;
static struct buf got;
static char asked[2000]; /* of the station, last */

static void listen_in(int fd, const char *line)
{
	if (strstr(line, "bulletin.add") != NULL || strstr(line, "user.login") != NULL)
		snprintf(asked, sizeof(asked), "%s", line);
	web_case_answers(fd, line);
}

static void setup(void)
{
	text_own_english = true;
	web_case_start(&c);
	c.reply = listen_in;
	asked[0] = '\0';
}

static void teardown(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

static const char *ask(const char *head, const char *body)
{
	buf_finish(&got);
	got = web_case_ask(&c, head, body);
	return got.data;
}

static bool says(const char *text)
{
	return strstr(buf_str(&got), text) != NULL;
}

static int incoming(void)
{
	char path[100];
	int count = 0;

	snprintf(path, sizeof(path), "%s/incoming", c.dir);
	DIR *d = opendir(path);
	for (struct dirent *f; d != NULL && (f = readdir(d)) != NULL;)
		count += f->d_name[0] != '.';
	if (d != NULL)
		closedir(d);
	return count;
}

/* The page that the answer leads to, looked at until it has this text. */
static void follow(const char *text)
{
	char head[100];
	const char *at = strstr(buf_str(&got), "Location: /gui/");

	ck_assert_msg(at != NULL, "%s", buf_str(&got));
	snprintf(head, sizeof(head), "GET %.37s HTTP/1.1", at + 10);
	for (int i = 0; i < 500; i++) {
		web_case_step(&c);
		ask(head, NULL);
		if (says(text))
			return;
	}
	ck_abort_msg("never %s: %s", text, buf_str(&got));
}

START_TEST(the_form_says_where_it_comes_from)
{
	ask("GET /gui HTTP/1.1", NULL);
	ck_assert(says(" 200 ") && says("text/html") && says("enctype=\"multipart/form-data\""));
	ck_assert(says("Referrer-Policy: same-origin") && !says("no-referrer"));
	ck_assert(says("Content-Security-Policy: default-src 'none'"));
}
END_TEST

START_TEST(a_form_becomes_a_bulletin)
{
	ask(FORM, PART("title") "Tin bão\r\n" PART("language") "vi\r\n" FILE_PART "ID3\r\n--x" END);
	ck_assert(says(" 303 "));
	follow("Number B7");
	ck_assert(says("/api/bulletins/B7/audio") && !says("http-equiv"));
	ck_assert_ptr_nonnull(strstr(asked, "\"title\":\"Tin bão\""));
	ck_assert_ptr_nonnull(strstr(asked, "\"name\":\"tin bão.mp3\""));
	ck_assert_ptr_nonnull(strstr(asked, "\"language\":\"vi\""));
}
END_TEST

START_TEST(words_may_come_behind_the_file_or_not_at_all)
{
	ask(FORM, FILE_PART "ID3\r\n" PART("level") "uu-tien" END);
	follow("Number B7");
	ck_assert_ptr_nonnull(strstr(asked, "\"title\":\"tin bão\""));
	ck_assert_ptr_nonnull(strstr(asked, "\"level\":\"uu-tien\""));
}
END_TEST

START_TEST(it_waits_for_the_station)
{
	web_case_station(&c, false);
	ask(FORM, PART("title") "Tin\r\n" FILE_PART "ID3" END);
	follow("is tried again by itself");
	ck_assert(says("http-equiv=\"refresh\""));
	web_case_station(&c, true);
}
END_TEST

static void refuse(int fd, const char *line)
{
	const char *no = "{\"id\":1,\"error\":{\"code\":\"unsupported\","
			 "\"text\":\"<no> sound\"}}\n";

	if (strstr(line, "bulletin.add") != NULL)
		ck_assert_int_gt(send(fd, no, strlen(no), MSG_NOSIGNAL), 0);
	else
		web_case_answers(fd, line);
}

START_TEST(what_the_station_refuses_is_told)
{
	c.reply = refuse;
	ask(FORM, PART("title") "Tin\r\n" FILE_PART "MZ" END);
	follow("&lt;no&gt; sound");
	ck_assert(says("Send again"));
}
END_TEST

static const struct {
	const char *head, *body, *status, *word;
} bad[] = {
	{FORM, PART("title") "Tin" END, " 400 ", "choose a sound file"},
	{FORM, PART("title") "Tin\r\n" FILE_PART END, " 400 ", "0 bytes"},
	{FORM, PART("title") "a\xe2\x80\xae" "b\r\n" FILE_PART "ID3" END, " 400 ", "do not show"},
	{FORM, PART("from") "mai\r\n" FILE_PART "ID3" END, " 400 ", "from"},
	{FORM, FILE_PART "ID3\r\n" FILE_PART "ID3" END, " 400 ", "one file at a time"},
	{FORM, FILE_PART "ID3 and no end", " 415 ", "malformed"},
	{FORM, "no form", " 4", "<p>"},
	{"POST /gui HTTP/1.1\r\nContent-Type: audio/mpeg", "ID3", " 415 ", "malformed"},
	{"POST /gui HTTP/1.1\r\nContent-Type: multipart/form-data", "ID3", " 415 ", "malformed"},
	{FORM "\r\nOrigin: http://evil.example", FILE_PART "ID3" END, " 403 ", "<p>"},
	{"GET /gui/0123456789abcdef0123456789abcdef HTTP/1.1", NULL, " 404 ", "send it anew"},
};

START_TEST(bad_forms_leave_nothing)
{
	ask(bad[_i].head, bad[_i].body);
	ck_assert_msg(says(bad[_i].status) && says(bad[_i].word), "%s", buf_str(&got));
	ck_assert(says("text/html"));
	for (int i = 0; i < 100 && incoming() > 0; i++)
		web_step(c.web, 5);
	ck_assert_int_eq(incoming(), 0);
}
END_TEST

START_TEST(a_form_that_breaks_off_leaves_nothing)
{
	int fd = web_case_connect(&c, FORM "\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n"
				      FILE_PART "ID3 and a little more, and then the line is cut");

	for (int i = 0; i < 1000 && incoming() == 0; i++)
		web_step(c.web, 5);
	ck_assert_int_eq(incoming(), 1);
	close(fd);
	for (int i = 0; i < 1000 && incoming() > 0; i++)
		web_step(c.web, 5);
	ck_assert_int_eq(incoming(), 0);
}
END_TEST

START_TEST(logging_in_is_a_form_too)
{
	ask("POST /gui/login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded",
	    "name=lan&password=lo%61+x%C3%B3m");
	ck_assert(says(" 303 ") && says("Location: /gui\r\n") && says("Set-Cookie: "));
	ck_assert_ptr_nonnull(strstr(asked, "\"name\":\"lan\""));
	ck_assert_ptr_nonnull(strstr(asked, "\"password\":\"loa xóm\""));
	ask("POST /gui/login HTTP/1.1\r\nContent-Type: application/json", "{}");
	ck_assert(says(" 415 ") && says("text/html"));
}
END_TEST

Suite *suite_gui(void);
Suite *suite_gui(void)
{
	Suite *s = suite_create("gui");
	TCase *t = tcase_create("forms");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_form_says_where_it_comes_from);
	tcase_add_test(t, a_form_becomes_a_bulletin);
	tcase_add_test(t, words_may_come_behind_the_file_or_not_at_all);
	tcase_add_test(t, it_waits_for_the_station);
	tcase_add_test(t, what_the_station_refuses_is_told);
	tcase_add_loop_test(t, bad_forms_leave_nothing, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(t, a_form_that_breaks_off_leaves_nothing);
	tcase_add_test(t, logging_in_is_a_form_too);
	suite_add_tcase(s, t);
	return s;
}
