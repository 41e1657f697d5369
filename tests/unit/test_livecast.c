/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/livecast.h"
#include "support/tmpdir.h"
#include "sys/sock.h"

#include <check.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ONE 192 /* bytes of an MP3 frame here */
#define MP3_SAMPLES 1152

static char dir[64], path[128];
static struct livecast live;
static struct frame now;

static void setup(void)
{
	struct err e = {0};

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/live.sock", dir);
	ck_assert_msg(livecast_open(&live, path, ONE, &e), "%s", e.text);
	now.n = 0;
}

static void teardown(void)
{
	livecast_close(&live);
	tmpdir_remove(dir);
}

/* Frame number i: its number in each byte pair, so that a cut or a swap shows. */
static void make_frames(int count)
{
	uint8_t mp3[ONE];

	for (int k = 0; k < count; k++) {
		for (int i = 0; i < ONE; i += 2) {
			mp3[i] = (uint8_t)(live.made >> 8);
			mp3[i + 1] = (uint8_t)live.made;
		}
		livecast_frame(&live, mp3);
		now.n += MP3_SAMPLES;
	}
}

static int join(void)
{
	struct err e = {0};
	int fd = sock_connect_now(path, &e);

	ck_assert_msg(fd >= 0, "%s", e.text);
	livecast_serve(&live, now);
	return fd;
}

/* Reads all that is there; checks that it is whole frames in rising order; returns how many,
 * and the first and last number. */
static int read_frames(int fd, int *first, int *last)
{
	static uint8_t data[1 << 20];
	ssize_t n, len = 0;

	while ((n = recv(fd, data + len, sizeof(data) - (size_t)len, MSG_DONTWAIT)) > 0)
		len += n;
	ck_assert_int_eq(len % ONE, 0);
	for (ssize_t at = 0; at < len; at += ONE) {
		int number = data[at] << 8 | data[at + 1];
		for (int i = 0; i < ONE; i += 2)
			ck_assert_int_eq(data[at + i] << 8 | data[at + i + 1], number);
		if (at == 0)
			*first = number;
		else
			ck_assert_int_gt(number, *last);
		*last = number;
	}
	return (int)(len / ONE);
}

static bool at_end(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_DONTWAIT) == 0;
}

START_TEST(begins_with_a_burst_and_goes_on)
{
	int first, last;

	make_frames(300);
	int fd = join();
	ck_assert_int_eq(read_frames(fd, &first, &last), LIVE_BURST_FRAMES);
	ck_assert_int_eq(first, 300 - LIVE_BURST_FRAMES);
	ck_assert_int_eq(last, 299);
	make_frames(4);
	livecast_serve(&live, now);
	ck_assert_int_eq(read_frames(fd, &first, &last), 4);
	ck_assert_int_eq(first, 300);
	close(fd);
}
END_TEST

START_TEST(just_after_start_the_burst_is_what_there_is)
{
	int first, last;
	int fd = join();

	ck_assert_int_eq(read_frames(fd, &first, &last), 0);
	make_frames(2);
	livecast_serve(&live, now);
	ck_assert_int_eq(read_frames(fd, &first, &last), 2);
	ck_assert_int_eq(first, 0);
	close(fd);
}
END_TEST

START_TEST(a_slow_one_loses_its_own_whole_frames)
{
	int first, last, got = 0, next = 0;

	make_frames(1);
	int slow = join(), fast = join();
	/* The slow one takes nothing for 9 s, of which the kernel holds some; the fast one all. */
	for (int i = 0; i < 90; i++) {
		make_frames(4);
		livecast_serve(&live, now);
		got += read_frames(fast, &first, &last);
		if (i > 0)
			ck_assert_int_eq(first, next);
		next = last + 1;
	}
	ck_assert_int_eq(got, 361);
	int held = read_frames(slow, &first, &last);
	ck_assert_int_gt(held, 0);
	ck_assert_int_lt(held, 300);
	/* Now it reads again: whole frames only, with a gap, and up to the newest. */
	int before = last;
	do {
		make_frames(1);
		livecast_serve(&live, now);
		held = read_frames(slow, &first, &last);
		ck_assert_int_gt(held, 0);
	} while (last != (int)live.made - 1);
	ck_assert_int_gt(last, before);
	ck_assert_int_eq(live.client_count, 2);
	close(slow);
	close(fast);
}
END_TEST

START_TEST(who_takes_nothing_for_ten_seconds_is_dropped)
{
	int first, last;

	make_frames(1);
	int dead = join(), fast = join();
	for (int i = 0; i < 300 && live.client_count == 2; i++) {
		make_frames(4);
		livecast_serve(&live, now);
		read_frames(fast, &first, &last);
	}
	ck_assert_int_eq(live.client_count, 1);
	read_frames(dead, &first, &last);
	ck_assert(at_end(dead));
	make_frames(1);
	livecast_serve(&live, now);
	ck_assert_int_eq(read_frames(fast, &first, &last), 1);
	close(dead);
	close(fast);
}
END_TEST

START_TEST(one_that_has_all_is_not_slow)
{
	int first, last;
	int fd = join();

	now.n += 3600 * FRAMES_PER_S; /* nothing was made all the while */
	livecast_serve(&live, now);
	make_frames(1);
	livecast_serve(&live, now);
	ck_assert_int_eq(read_frames(fd, &first, &last), 1);
	close(fd);
}
END_TEST

START_TEST(one_that_leaves_is_forgotten)
{
	int fd = join();

	ck_assert_int_eq(live.client_count, 1);
	close(fd);
	make_frames(1);
	livecast_serve(&live, now);
	ck_assert_int_eq(live.client_count, 0);
}
END_TEST

START_TEST(too_many_are_turned_away)
{
	int fds[LIVE_CLIENTS_MAX + 1];

	for (int i = 0; i <= LIVE_CLIENTS_MAX; i++)
		fds[i] = join();
	ck_assert_int_eq(live.client_count, LIVE_CLIENTS_MAX);
	ck_assert(at_end(fds[LIVE_CLIENTS_MAX]));
	ck_assert(!at_end(fds[0]));
	close(fds[0]);
	make_frames(1);
	livecast_serve(&live, now);
	int again = join();
	ck_assert(!at_end(again));
	close(again);
	for (int i = 1; i <= LIVE_CLIENTS_MAX; i++)
		close(fds[i]);
}
END_TEST

START_TEST(a_place_that_cannot_be_had_is_told)
{
	struct livecast other;
	struct err e = {0};

	ck_assert(!livecast_open(&other, "/nowhere/at/all/live.sock", ONE, &e));
	ck_assert_int_ne(e.text[0], 0);
}
END_TEST

Suite *suite_livecast(void)
{
	Suite *s = suite_create("livecast");
	TCase *t = tcase_create("livecast");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, begins_with_a_burst_and_goes_on);
	tcase_add_test(t, just_after_start_the_burst_is_what_there_is);
	tcase_add_test(t, a_slow_one_loses_its_own_whole_frames);
	tcase_add_test(t, who_takes_nothing_for_ten_seconds_is_dropped);
	tcase_add_test(t, one_that_has_all_is_not_slow);
	tcase_add_test(t, one_that_leaves_is_forgotten);
	tcase_add_test(t, too_many_are_turned_away);
	tcase_add_test(t, a_place_that_cannot_be_had_is_told);
	suite_add_tcase(s, t);
	return s;
}
