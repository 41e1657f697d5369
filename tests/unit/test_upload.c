/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/upload.h"

#include "support/web_case.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

START_TEST(a_file_becomes_a_bulletin)
{
	got = web_case_ask(&c, "POST /api/bulletins?title=Tin HTTP/1.1", "sound");
	ck_assert_ptr_nonnull(strstr(got.data, "201 Created"));
	ck_assert_ptr_nonnull(strstr(got.data, "{\"bulletin\":{\"id\":\"B7\"}}"));
	ck_assert_int_eq(incoming(), 0);
}
END_TEST

START_TEST(progress_comes_line_by_line)
{
	got = web_case_ask(&c,
			   "POST /api/bulletins?title=a HTTP/1.1\r\nAccept: application/x-ndjson",
			   "sound");
	ck_assert_ptr_nonnull(strstr(got.data, "200 OK"));
	ck_assert_ptr_nonnull(strstr(got.data, "{\"progress\":0.5}\n"));
	ck_assert_ptr_nonnull(strstr(got.data, "{\"bulletin\":{\"id\":\"B7\"}}\n"));
}
END_TEST

static void refuse(int fd, const char *line)
{
	const char *no = "{\"id\":1,\"error\":{\"code\":\"usage\",\"text\":\"no sound\"}}\n";

	if (strstr(line, "bulletin.add") != NULL)
		ck_assert_int_gt(send(fd, no, strlen(no), MSG_NOSIGNAL), 0);
	else
		web_case_answers(fd, line);
}

START_TEST(a_refused_file_is_removed)
{
	c.reply = refuse;
	got = web_case_ask(&c, "POST /api/bulletins?title=a HTTP/1.1", "letter");
	ck_assert_ptr_nonnull(strstr(got.data, "400 "));
	ck_assert_ptr_nonnull(strstr(got.data, "no sound"));
	ck_assert_int_eq(incoming(), 0);
}
END_TEST

START_TEST(half_a_file_is_removed)
{
	struct buf nothing = {0};
	int fd = web_case_connect(&c, "POST /api/bulletins?title=a HTTP/1.1\r\nHost: localhost\r\n"
				      "Content-Length: 1000\r\n\r\nabc");

	while (incoming() == 0)
		web_step(c.web, 5);
	ck_assert_int_eq(incoming(), 1);
	close(fd);
	while (incoming() > 0)
		web_step(c.web, 5);
	ck_assert_int_eq(incoming(), 0);
	buf_finish(&nothing);
}
END_TEST

/* What has come whole is not lost, however long the station is away. */
START_TEST(a_file_waits_for_the_station_and_its_sender_hears_where)
{
	char place[64];

	web_case_station(&c, false);
	got = web_case_ask(&c, "POST /api/bulletins?title=Tin HTTP/1.1", "sound");
	ck_assert_ptr_nonnull(strstr(got.data, "202 Accepted"));
	ck_assert_ptr_nonnull(strstr(got.data, "\"state\":\"waiting\""));
	const char *at = strstr(got.data, "/files/");
	ck_assert_ptr_nonnull(at);
	snprintf(place, sizeof(place), "GET %.39s HTTP/1.1", at);
	web_case_station(&c, true);
	for (;;) {
		buf_finish(&got);
		got = web_case_ask(&c, place, NULL);
		if (strstr(got.data, "\"done\"") != NULL)
			break;
	}
	ck_assert_ptr_nonnull(strstr(got.data, "\"bulletin\":{\"id\":\"B7\"}"));
}
END_TEST

static int added;

static void count_adds(int fd, const char *line)
{
	added += strstr(line, "bulletin.add") != NULL;
	web_case_answers(fd, line);
}

START_TEST(a_client_that_leaves_takes_nothing_whole_along)
{
	web_case_station(&c, false);
	int fd = web_case_connect(&c, "POST /api/bulletins?title=a HTTP/1.1\r\nHost: localhost\r\n"
				      "Content-Length: 3\r\n\r\nabc");
	while (incoming() < 2)
		web_step(c.web, 5);
	close(fd);
	ck_assert_int_eq(incoming(), 2); /* the bytes, and what is known of them */
	added = 0;
	c.reply = count_adds;
	web_case_station(&c, true);
	while (incoming() == 2)
		web_case_step(&c);
	ck_assert_int_eq(added, 1);
	ck_assert_int_lt(incoming(), 2); /* at most what became of it */
}
END_TEST

static const struct {
	const char *head, *body, *status, *word;
} bad[] = {
	{"POST /api/bulletins HTTP/1.1", "x", "400 ", "\"field\":\"title\""},
	{"POST /api/bulletins?title=%20 HTTP/1.1", "x", "400 ", "\"field\":\"title\""},
	{"POST /api/bulletins?title=a%0ab HTTP/1.1", "x", "400 ", "\"field\":\"title\""},
	{"POST /api/bulletins?title=%ff HTTP/1.1", "x", "400 ", "\"field\":\"title\""},
	{"POST /api/bulletins?title=a HTTP/1.1", "", "400 ", "usage"},
	{"POST /api/bulletins?title=a HTTP/1.1\r\nContent-Type: multipart/form-data", "x", "415 ",
	 "usage"},
	{"POST /api/bulletins?title=a HTTP/1.1\r\nOrigin: http://evil.example", "x", "403 ",
	 "refused"},
};

START_TEST(bad_uploads_leave_nothing)
{
	got = web_case_ask(&c, bad[_i].head, bad[_i].body);
	ck_assert_ptr_nonnull(strstr(got.data, bad[_i].status));
	ck_assert_ptr_nonnull(strstr(got.data, bad[_i].word));
	ck_assert_int_eq(incoming(), 0);
}
END_TEST

Suite *suite_upload(void);
Suite *suite_upload(void)
{
	Suite *s = suite_create("upload");
	TCase *t = tcase_create("files");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, a_file_becomes_a_bulletin);
	tcase_add_test(t, progress_comes_line_by_line);
	tcase_add_test(t, a_refused_file_is_removed);
	tcase_add_test(t, half_a_file_is_removed);
	tcase_add_test(t, a_file_waits_for_the_station_and_its_sender_hears_where);
	tcase_add_test(t, a_client_that_leaves_takes_nothing_whole_along);
	tcase_add_loop_test(t, bad_uploads_leave_nothing, 0, sizeof(bad) / sizeof(bad[0]));
	suite_add_tcase(s, t);
	return s;
}
