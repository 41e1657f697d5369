/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/fetch.h"

#include "support/radio.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LIST "200 OK\r\nContent-Type: application/vnd.apple.mpegurl"
#define HEAD "#EXTM3U\n#EXT-X-TARGETDURATION:4\n"

static struct radio radio;
static char got[4096];
static int pauses;
static int64_t paused_ms;

/* What the playlist asks to wait is not waited for. */
static void count(int64_t ms)
{
	pauses++;
	paused_ms += ms;
}

static enum relay_fault fetch(const char *path)
{
	char url[256];
	int ends[2];

	pauses = 0;
	paused_ms = 0;
	snprintf(url, sizeof(url), "%s%s", radio.url, path);
	ck_assert_int_eq(pipe(ends), 0);
	enum relay_fault fault = fetch_run(url, ends[1], count);
	close(ends[1]);
	ssize_t n = read(ends[0], got, sizeof(got) - 1); /* so little fits into the pipe */
	got[n > 0 ? n : 0] = '\0';
	close(ends[0]);
	return fault;
}

/* Longer than what is looked at to see whether it is a list. */
static void segments(int from, int to)
{
	static char paths[32][16], bodies[32][40];

	for (int i = from; i <= to; i++) {
		snprintf(paths[i], sizeof(paths[i]), "/l/%d.ts", i);
		snprintf(bodies[i], sizeof(bodies[i]), "<%d.................>", i);
		radio_text(&radio, paths[i], "200 OK", bodies[i]);
	}
}

static void setup(void)
{
	radio = (struct radio){.fd = -1};
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
}

START_TEST(test_a_live_window_is_followed_from_its_end)
{
	radio_text(&radio, "/top.m3u8", LIST,
		   "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\nl/list.m3u8\n");
	radio_text(&radio, "/l/list.m3u8", LIST,
		   HEAD "#EXT-X-MEDIA-SEQUENCE:1\n1.ts\n2.ts\n3.ts\n4.ts\n5.ts\n");
	radio_text(&radio, "/l/list.m3u8", LIST,
		   HEAD "#EXT-X-MEDIA-SEQUENCE:1\n1.ts\n2.ts\n3.ts\n4.ts\n5.ts\n");
	radio_text(&radio, "/l/list.m3u8", LIST,
		   HEAD "#EXT-X-MEDIA-SEQUENCE:3\n3.ts\n4.ts\n5.ts\n6.ts\n7.ts\n#EXT-X-ENDLIST\n");
	segments(1, 7);
	radio_open(&radio);
	ck_assert_int_eq(fetch("/top.m3u8"), RELAY_ENDED);
	ck_assert_str_eq(got, "<3.................><4.................><5.................>"
			      "<6.................><7.................>");
	ck_assert_int_eq(pauses, 2);
	ck_assert_int_eq(paused_ms, 4000 + 2000); /* half after a look that found nothing new */
	radio_close(&radio);
}
END_TEST

START_TEST(test_numbers_that_begin_anew)
{
	radio_text(&radio, "/l/a.m3u8", LIST, HEAD "#EXT-X-MEDIA-SEQUENCE:900\n1.ts\n");
	radio_text(&radio, "/l/a.m3u8", LIST,
		   HEAD "#EXT-X-MEDIA-SEQUENCE:0\n2.ts\n3.ts\n#EXT-X-ENDLIST\n");
	segments(1, 3);
	radio_open(&radio);
	ck_assert_int_eq(fetch("/l/a.m3u8"), RELAY_ENDED);
	ck_assert_str_eq(got, "<1.................><2.................><3.................>");
	radio_close(&radio);
}
END_TEST

START_TEST(test_what_goes_before_is_sent_once)
{
	radio_text(&radio, "/l/a.m3u8", LIST,
		   HEAD "#EXT-X-MAP:URI=\"9.ts\"\n1.ts\n2.ts\n#EXT-X-ENDLIST\n");
	segments(1, 2);
	segments(9, 9);
	radio_open(&radio);
	ck_assert_int_eq(fetch("/l/a.m3u8"), RELAY_ENDED);
	ck_assert_str_eq(got, "<9.................><1.................><2.................>");
	radio_close(&radio);
}
END_TEST

START_TEST(test_a_window_that_stands_still_ends)
{
	radio_text(&radio, "/l/a.m3u8", LIST, HEAD "1.ts\n");
	segments(1, 1);
	radio_open(&radio);
	ck_assert_int_eq(fetch("/l/a.m3u8"), RELAY_SLOW);
	ck_assert_str_eq(got, "<1.................>");
	ck_assert_int_lt(pauses, 20);
	radio_close(&radio);
}
END_TEST

START_TEST(test_what_is_wrong_has_its_code)
{
	radio_text(&radio, "/locked", LIST, HEAD "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n1.ts\n");
	radio_text(&radio, "/parts", LIST, HEAD "#EXT-X-BYTERANGE:9@0\n1.ts\n");
	radio_text(&radio, "/lost", LIST, HEAD "x.ts\ny.ts\nz.ts\n");
	radio_text(&radio, "/deep", LIST, "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\ndeep\n");
	radio_text(&radio, "/files", LIST, HEAD "file:///etc/passwd\n");
	radio_text(&radio, "/dies", LIST, HEAD "l/1.ts\n");
	radio_text(&radio, "/dies", "404 Not Found", "");
	segments(1, 1);
	radio_open(&radio);
	ck_assert_int_eq(fetch("/locked"), RELAY_LOCKED);
	ck_assert_int_eq(fetch("/parts"), RELAY_PLAYLIST);
	ck_assert_int_eq(fetch("/lost"), RELAY_BROKEN);
	ck_assert_int_eq(fetch("/files"), RELAY_ADDRESS);
	ck_assert_int_eq(fetch("/deep"), RELAY_PLAYLIST);
	ck_assert_str_eq(got, "");
	ck_assert_int_eq(fetch("/dies"), RELAY_STATUS);
	ck_assert_str_eq(got, "<1.................>");
	radio_close(&radio);
}
END_TEST

Suite *suite_fetch_hls(void);
Suite *suite_fetch_hls(void)
{
	Suite *s = suite_create("fetch_hls");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, test_a_live_window_is_followed_from_its_end);
	tcase_add_test(t, test_numbers_that_begin_anew);
	tcase_add_test(t, test_what_goes_before_is_sent_once);
	tcase_add_test(t, test_a_window_that_stands_still_ends);
	tcase_add_test(t, test_what_is_wrong_has_its_code);
	suite_add_tcase(s, t);
	return s;
}
