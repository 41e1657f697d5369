/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/live.h"

#include "support/web_case.h"

#include <check.h>
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

static int listener(void)
{
	int fd = web_case_connect(&c, "GET /live.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n");

	ck_assert(web_case_until(&c, fd, &got, "\r\n\r\n"));
	return fd;
}

/* A frame of 64 kbit/s at 48 kHz: 192 bytes, its number in every byte of its body. */
static void send_frame(int number)
{
	unsigned char frame[192] = {0xff, 0xfb, 0x54, 0xc0};

	memset(frame + 4, number & 0x7f, sizeof(frame) - 4);
	ck_assert_int_eq(send(c.listener, frame, sizeof(frame), MSG_NOSIGNAL), sizeof(frame));
}

static bool has_frame(int number)
{
	char body[20];

	memset(body, number, sizeof(body));
	return memmem(got.data, got.len, body, sizeof(body)) != NULL;
}

START_TEST(whole_frames_for_a_player_without_chunks)
{
	int fd = listener();

	ck_assert_ptr_nonnull(strstr(got.data, "HTTP/1.0 200"));
	ck_assert_ptr_nonnull(strstr(got.data, "icy-name: "));
	buf_reset(&got);
	ck_assert_int_gt(send(c.listener, "rubbish", 7, MSG_NOSIGNAL), 0);
	for (int i = 1; i <= 3; i++)
		send_frame(i);
	char last[180];
	memset(last, 3, sizeof(last));
	last[179] = '\0';
	ck_assert(web_case_until(&c, fd, &got, last));
	ck_assert_int_eq(got.data[0] & 0xff, 0xff);
	ck_assert_uint_eq(got.len, 3 * 192);
	ck_assert(has_frame(1) && has_frame(2));
	close(fd);
}
END_TEST

START_TEST(one_connection_serves_all)
{
	int first = listener(), source = c.listener, second = listener();
	struct buf also = {0};

	ck_assert_int_eq(c.listener, source);
	buf_reset(&got);
	send_frame(9);
	char body[100];
	memset(body, 9, sizeof(body));
	body[99] = '\0';
	ck_assert(web_case_until(&c, first, &got, body));
	ck_assert(web_case_until(&c, second, &also, body));
	close(first);
	close(second);
	buf_finish(&also);
}
END_TEST

START_TEST(no_station_is_503)
{
	web_case_station(&c, false);
	got = web_case_ask(&c, "GET /live.mp3 HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "503 "));
}
END_TEST

START_TEST(the_station_may_come_back_under_a_listener)
{
	int fd = listener();

	web_case_station(&c, false);
	web_case_station(&c, true);
	buf_reset(&got);
	for (int i = 0; i < 20000 && c.listener < 0; i++)
		web_case_step(&c);
	ck_assert_int_ge(c.listener, 0);
	close(fd);
}
END_TEST

Suite *suite_live(void);
Suite *suite_live(void)
{
	Suite *s = suite_create("live");
	TCase *t = tcase_create("listening");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, whole_frames_for_a_player_without_chunks);
	tcase_add_test(t, one_connection_serves_all);
	tcase_add_test(t, no_station_is_503);
	tcase_add_test(t, the_station_may_come_back_under_a_listener);
	suite_add_tcase(s, t);
	return s;
}
