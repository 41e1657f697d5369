/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "mix/line.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static struct line_tap tap;
static int fds[2];

static void setup(void)
{
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	must(pipe2(fds, O_CLOEXEC | O_NONBLOCK) == 0);
}

static void teardown(void)
{
	close(fds[0]);
}

START_TEST(the_wished_channel_comes_out_in_order)
{
	const float in[] = {1, 10, 2, 20, 3, 30};
	float out[8];

	line_tap_init(&tap, 2, 1);
	line_tap_take(&tap, in, 2);
	line_tap_take(&tap, in + 4, 1);
	ck_assert(line_tap_give(&tap, fds[1]));
	ck_assert_int_eq(read(fds[0], out, sizeof(out)), 3 * (int)sizeof(float));
	ck_assert(out[0] == 10 && out[1] == 20 && out[2] == 30);
	ck_assert(line_tap_give(&tap, fds[1])); /* nothing more */
	ck_assert_int_eq(read(fds[0], out, sizeof(out)), -1);
	close(fds[1]);
}
END_TEST

/* The station reads nothing for long: what came first is there, and nothing is written beside. */
START_TEST(what_finds_no_room_is_lost)
{
	line_tap_init(&tap, 1, 0);
	for (int i = 0; i < LINE_RING_FRAMES + 100; i++)
		line_tap_take(&tap, &(float){(float)i}, 1);
	ck_assert_uint_eq(ring_held(&tap.ring), LINE_RING_FRAMES);
	ck_assert(tap.memory[0] == 0 && tap.memory[LINE_RING_FRAMES - 1] == LINE_RING_FRAMES - 1);
	close(fds[1]);
}
END_TEST

START_TEST(nobody_who_reads_is_noticed)
{
	line_tap_init(&tap, 1, 0);
	line_tap_take(&tap, &(float){1}, 1);
	close(fds[0]);
	ck_assert(!line_tap_give(&tap, fds[1]));
	close(fds[1]);
	fds[0] = -1;
}
END_TEST

Suite *suite_line_tap(void);
Suite *suite_line_tap(void)
{
	Suite *s = suite_create("line_tap");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_wished_channel_comes_out_in_order);
	tcase_add_test(t, what_finds_no_room_is_lost);
	tcase_add_test(t, nobody_who_reads_is_noticed);
	suite_add_tcase(s, t);
	return s;
}
