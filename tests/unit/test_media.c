/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/media.h"

#include "base/limits.h"
#include "support/soundfile.h"
#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define BYTES 1000

static struct web_case c;
static struct buf got;
static const char *sha = SHA;

static void tell(int fd, const char *line)
{
	char text[300];

	(void)line;
	snprintf(text, sizeof(text), "{\"id\":1,\"ok\":true,\"bulletin\":{\"sha256\":\"%s\"}}\n",
		 sha);
	ck_assert_int_gt(send(fd, text, strlen(text), MSG_NOSIGNAL), 0);
}

static void setup(void)
{
	char path[160], bytes[BYTES];

	web_case_start(&c);
	c.reply = tell;
	snprintf(path, sizeof(path), "%s/masters", c.dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	for (int i = 0; i < BYTES; i++)
		bytes[i] = (char)('a' + i % 26);
	snprintf(path, sizeof(path), "%s/masters/" SHA ".flac", c.dir);
	file_save(path, bytes, BYTES);
}

static void teardown(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

static void ask(const char *method, const char *headers)
{
	char head[300];

	snprintf(head, sizeof(head), "%s /api/bulletins/B1/audio HTTP/1.1%s%s", method,
		 headers[0] != '\0' ? "\r\n" : "", headers);
	buf_finish(&got);
	got = web_case_ask(&c, head, NULL);
}

static bool has(const char *text)
{
	return strstr(buf_str(&got), text) != NULL;
}

static const char *body(void)
{
	const char *end = strstr(buf_str(&got), "\r\n\r\n");

	ck_assert_ptr_nonnull(end);
	return end + 4;
}

static const struct {
	const char *header;
	enum media_range kind;
	int64_t first, last;
} ranges[] = {
	{NULL, MEDIA_WHOLE, 0, 0},
	{"bytes=0-0", MEDIA_PART, 0, 0},
	{"bytes=0-", MEDIA_PART, 0, 999},
	{"Bytes=10-19", MEDIA_PART, 10, 19},
	{"bytes=990-5000", MEDIA_PART, 990, 999},
	{"bytes=-1", MEDIA_PART, 999, 999},
	{"bytes=-5000", MEDIA_PART, 0, 999},
	{"bytes=999-99999999999999999999999999", MEDIA_PART, 999, 999},
	{"bytes=1000-", MEDIA_NONE, 0, 0},
	{"bytes=1000-2000", MEDIA_NONE, 0, 0},
	{"bytes=99999999999999999999999999-", MEDIA_NONE, 0, 0},
	{"bytes=-0", MEDIA_NONE, 0, 0},
	{"bytes=20-10", MEDIA_WHOLE, 0, 0},
	{"bytes=-", MEDIA_WHOLE, 0, 0},
	{"bytes=", MEDIA_WHOLE, 0, 0},
	{"bytes=a-b", MEDIA_WHOLE, 0, 0},
	{"bytes=1-2x", MEDIA_WHOLE, 0, 0},
	{"bytes=--5", MEDIA_WHOLE, 0, 0},
	{"bytes=0-1,5-6", MEDIA_WHOLE, 0, 0},
	{"frames=0-1", MEDIA_WHOLE, 0, 0},
};

START_TEST(a_range_is_read_as_the_rfc_says)
{
	int64_t first = 0, last = 0;

	ck_assert_int_eq(media_range(ranges[_i].header, BYTES, &first, &last), ranges[_i].kind);
	if (ranges[_i].kind != MEDIA_PART)
		return;
	ck_assert_int_eq(first, ranges[_i].first);
	ck_assert_int_eq(last, ranges[_i].last);
}
END_TEST

START_TEST(the_whole_file_is_there_to_hear)
{
	ask("GET", "");
	ck_assert(has("200 OK") && has("Content-Type: audio/flac") && has("\"" SHA "\""));
	ck_assert(has("Accept-Ranges: bytes") && has("Content-Length: 1000"));
	ck_assert_uint_eq(strlen(body()), BYTES);
	ask("HEAD", "Range: bytes=0-9");
	ck_assert(has("200 OK") && has("Content-Length: 1000"));
	ck_assert_str_eq(body(), "");
}
END_TEST

START_TEST(a_part_of_it_too)
{
	ask("GET", "Range: bytes=26-28");
	ck_assert(has("206 ") && has("Content-Range: bytes 26-28/1000"));
	ck_assert_str_eq(body(), "abc");
	ask("GET", "Range: bytes=0-");
	ck_assert(has("206 ") && has("Content-Range: bytes 0-999/1000"));
	ask("GET", "Range: bytes=1000-");
	ck_assert(has("416 ") && has("Content-Range: bytes */1000"));
}
END_TEST

START_TEST(conditions_are_kept)
{
	ask("GET", "Range: bytes=0-2\r\nIf-Range: \"" SHA "\"");
	ck_assert(has("206 "));
	ask("GET", "Range: bytes=0-2\r\nIf-Range: \"other\"");
	ck_assert(has("200 OK"));
	ask("GET", "Range: bytes=0-2\r\nIf-Range: Sun, 22 Nov 2026 08:00:00 GMT");
	ck_assert(has("200 OK"));
	ask("GET", "Range: bytes=0-2\r\nIf-None-Match: \"" SHA "\"");
	ck_assert(has("304 "));
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
	buf_finish(&got);
	got = web_case_ask(&c, "GET /api/bulletins/B1/waveform HTTP/1.1", NULL);
	ck_assert(has("404 ") && has(".wave"));
	sha = "../../../../../../../../../../../../../../../../../etc/passwd....";
	ask("GET", "");
	ck_assert(has("404 "));
	sha = SHA;
}
END_TEST

static const char *parts;

static void tell_parts(int fd, const char *line)
{
	char text[600];

	(void)line;
	snprintf(text, sizeof(text),
		 "{\"id\":1,\"ok\":true,\"airing\":\"A7\",\"recording\":{\"parts\":[%s]}}\n",
		 parts);
	ck_assert_int_gt(send(fd, text, strlen(text), MSG_NOSIGNAL), 0);
}

static void ask_recording(const char *header)
{
	char head[300], path[160];

	c.reply = tell_parts;
	snprintf(path, sizeof(path), "%s/aircheck", c.dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/aircheck/05.mp3", c.dir);
	file_save(path, "0123456789", 10);
	snprintf(path, sizeof(path), "%s/aircheck/06.mp3", c.dir);
	file_save(path, "abcdef", 6);
	snprintf(head, sizeof(head), "GET /api/airings/A7/recording HTTP/1.1%s%s",
		 header[0] != '\0' ? "\r\n" : "", header);
	buf_finish(&got);
	got = web_case_ask(&c, head, NULL);
}

#define PART(file, first, bytes)                                                                   \
	"{\"file\":\"" file "\",\"first\":" first ",\"bytes\":" bytes "}"

/* The end of one hour and the beginning of the next, which is still being written: shorter than
 * what was asked of it. */
START_TEST(an_airing_over_the_hour_is_one_sound)
{
	parts = PART("aircheck/05.mp3", "7", "3") "," PART("aircheck/06.mp3", "0", "100");
	ask_recording("");
	ck_assert(has("200 OK") && has("Content-Type: audio/mpeg") && has("Content-Length: 9"));
	ck_assert_str_eq(body(), "789abcdef");
	ask_recording("Range: bytes=1-4");
	ck_assert(has("206 ") && has("Content-Range: bytes 1-4/9"));
	ck_assert_str_eq(body(), "89ab");
	ask_recording("Range: bytes=4-4");
	ck_assert_str_eq(body(), "b");
	ask_recording("If-None-Match: \"A7-9\"");
	ck_assert(has("304 "));
}
END_TEST

START_TEST(a_recording_that_is_gone_is_told)
{
	static const char *const bad[] = {
		PART("aircheck/04.mp3", "0", "3"), PART("aircheck/05.mp3", "10", "3"), "",
		PART("aircheck/05.mp3", "0", "0")};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		parts = bad[i];
		ask_recording("");
		ck_assert_msg(has("404 ") && has("not_found"), "%s", buf_str(&got));
	}
	parts = PART("aircheck/../masters/" SHA ".flac", "0", "3");
	ask_recording("");
	ck_assert(has("500 "));
	parts = PART("aircheck/05.mp3", "-4", "3");
	ask_recording("");
	ck_assert(has("500 "));
}
END_TEST

Suite *suite_media(void);
Suite *suite_media(void)
{
	Suite *s = suite_create("media");
	TCase *t = tcase_create("media"), *pure = tcase_create("ranges");

	tcase_add_loop_test(pure, a_range_is_read_as_the_rfc_says, 0,
			    (int)(sizeof(ranges) / sizeof(ranges[0])));
	suite_add_tcase(s, pure);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, the_whole_file_is_there_to_hear);
	tcase_add_test(t, a_part_of_it_too);
	tcase_add_test(t, conditions_are_kept);
	tcase_add_test(t, what_is_not_there_is_not_found);
	tcase_add_test(t, an_airing_over_the_hour_is_one_sound);
	tcase_add_test(t, a_recording_that_is_gone_is_told);
	suite_add_tcase(s, t);
	return s;
}
