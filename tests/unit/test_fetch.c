/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/fetch.h"

#include "base/limits.h"
#include "support/radio.h"

#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct radio radio;
static char got[1 << 20];
static size_t got_bytes;

static void setup(void)
{
	radio = (struct radio){.fd = -1};
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
}

static void never(int64_t ms)
{
	ck_abort_msg("waited for %lld ms", (long long)ms);
}

static void *collect(void *arg)
{
	ssize_t n;

	got_bytes = 0;
	while ((n = read(*(int *)arg, got + got_bytes, sizeof(got) - got_bytes)) > 0)
		got_bytes += (size_t)n;
	return NULL;
}

static enum relay_fault fetch(const char *path)
{
	char url[256];
	int ends[2];
	pthread_t t;

	snprintf(url, sizeof(url), "%s%s", path[0] == '/' ? radio.url : "", path);
	ck_assert_int_eq(pipe(ends), 0);
	pthread_create(&t, NULL, collect, &ends[0]);
	enum relay_fault fault = fetch_run(url, ends[1], never);
	close(ends[1]);
	pthread_join(t, NULL);
	close(ends[0]);
	return fault;
}

START_TEST(test_all_bytes_come_as_they_are)
{
	static char sound[300000];

	for (size_t i = 0; i < sizeof(sound); i++)
		sound[i] = (char)(i * 7 + i / 251);
	radio_page(&radio, "/s", "200 OK\r\nContent-Type: audio/mpeg", sound, sizeof(sound));
	radio_page(&radio, "/icy", "ICY 200 OK\r\nicy-name: x", sound, sizeof(sound));
	radio_page(&radio, "/r", "302 Found\r\nLocation: /s", "", 0);
	radio_open(&radio);
	static const char *const paths[] = {"/s", "/icy", "/r"};
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(fetch(paths[i]), RELAY_ENDED);
		ck_assert_uint_eq(got_bytes, sizeof(sound));
		ck_assert_mem_eq(got, sound, sizeof(sound));
	}
	radio_close(&radio);
}
END_TEST

START_TEST(test_what_is_wrong_has_its_code)
{
	radio_text(&radio, "/gone", "404 Not Found", "no");
	radio_text(&radio, "/busy", "503 Too many listeners", "no");
	radio_page(&radio, "/headers", NULL, "", 0);
	radio_text(&radio, "/loop", "302 Found\r\nLocation: /loop", "");
	radio_text(&radio, "/file", "302 Found\r\nLocation: file:///etc/passwd", "");
	radio_text(&radio, "/short", "200 OK\r\nContent-Type: audio/mpeg", "short");
	radio_text(&radio, "/list", "200 OK\r\nContent-Type: audio/x-mpegurl", "no list\n");
	radio_text(&radio, "/self", "200 OK", "#EXTM3U\nself\n");
	radio_open(&radio);
	ck_assert_int_eq(fetch("/gone"), RELAY_STATUS);
	ck_assert_int_eq(fetch("/busy"), RELAY_STATUS);
	ck_assert_int_eq(fetch("/headers"), RELAY_HEADERS);
	ck_assert_int_eq(fetch("/loop"), RELAY_ADDRESS);
	ck_assert_int_eq(fetch("/file"), RELAY_ADDRESS);
	ck_assert_int_eq(fetch("/short"), RELAY_NOT_SOUND);
	ck_assert_int_eq(fetch("/list"), RELAY_PLAYLIST);
	ck_assert_int_eq(fetch("/self"), RELAY_PLAYLIST);
	ck_assert_int_eq(fetch("http://127.0.0.1:1/"), RELAY_CONNECT);
	ck_assert_int_eq(fetch("ftp://127.0.0.1/"), RELAY_ADDRESS);
	ck_assert_int_eq(fetch("http://"), RELAY_ADDRESS);
	ck_assert_uint_eq(got_bytes, 0);
	radio_close(&radio);
}
END_TEST

/* Only a person who writes the address of this machine may mean it: not a name, nor a redirect. */
START_TEST(test_it_is_not_led_into_this_machine)
{
	static struct fetch f; /* as if the address set were another's */

	radio_text(&radio, "/s", "200 OK", "more than sixteen bytes of it");
	radio_open(&radio);
	char url[128];
	snprintf(url, sizeof(url), "%s/s", radio.url);
	f = (struct fetch){.out_fd = -1, .inside = false};
	ck_assert_int_eq(fetch_get(&f, url, 0, 5), RELAY_ADDRESS);
	ck_assert_int_eq(radio.pages[0].times, 0);
	snprintf(url, sizeof(url), "http://[::ffff:127.0.0.1]:%s/s", strrchr(radio.url, ':') + 1);
	ck_assert_int_eq(fetch_get(&f, url, 0, 5), RELAY_ADDRESS);
	ck_assert_int_eq(radio.pages[0].times, 0);
	buf_finish(&f.text);
	ck_assert_int_eq(fetch("/s"), RELAY_ENDED);
	radio_close(&radio);
}
END_TEST

START_TEST(test_it_ends_when_nobody_reads)
{
	static char sound[300000];
	char url[128];
	int ends[2];

	memset(sound, 'x', sizeof(sound));
	radio_page(&radio, "/s", "200 OK", sound, sizeof(sound));
	radio_open(&radio);
	snprintf(url, sizeof(url), "%s/s", radio.url);
	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	ck_assert_int_eq(fetch_run(url, ends[1], never), RELAY_NONE);
	close(ends[1]);
	radio_close(&radio);
}
END_TEST

START_TEST(test_a_list_leads_to_the_stream)
{
	static const char sound[] = "sound that is longer than sixteen bytes";

	radio_text(&radio, "/a/list.m3u", "200 OK", "#EXTM3U\n../s\n");
	radio_text(&radio, "/s", "200 OK\r\nContent-Type: audio/aac", sound);
	radio_open(&radio);
	ck_assert_int_eq(fetch("/a/list.m3u"), RELAY_ENDED);
	ck_assert_uint_eq(got_bytes, strlen(sound));
	radio_close(&radio);
}
END_TEST

Suite *suite_fetch(void);
Suite *suite_fetch(void)
{
	Suite *s = suite_create("fetch");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, test_all_bytes_come_as_they_are);
	tcase_add_test(t, test_what_is_wrong_has_its_code);
	tcase_add_test(t, test_it_is_not_led_into_this_machine);
	tcase_add_test(t, test_it_ends_when_nobody_reads);
	tcase_add_test(t, test_a_list_leads_to_the_stream);
	suite_add_tcase(s, t);
	return s;
}
