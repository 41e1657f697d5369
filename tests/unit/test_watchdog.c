/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/watchdog.h"

#include "base/limits.h"

#include <check.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct mixer *mixer;
static struct watchdog w;

static void setup(void)
{
	mixer = mixer_create(&(struct mixer_config){.zones = 1, .peak_dbtp = -1});
}

static void teardown(void)
{
	mixer_destroy(mixer);
}

static void mix(void)
{
	float out[BLOCK_FRAMES];

	mixer_block(mixer, (float *const[]){out});
}

START_TEST(it_is_well_while_blocks_are_made)
{
	struct clock_sim clock;

	clock_sim_init(&clock, (struct wall){0});
	w = (struct watchdog){.clock = &clock.clock, .mixer = mixer};
	watchdog_main(&w);
	mix();
	ck_assert(watchdog_well(&w));
	ck_assert(!watchdog_well(&w)); /* a mixer that hangs */
	mix();
	ck_assert(watchdog_well(&w));
	/* A disk that does not answer for half a minute is no reason … */
	clock_sim_advance(&clock, 30 * NS_PER_S);
	mix();
	ck_assert(watchdog_well(&w));
	/* … and a main thread that never comes back is one. */
	clock_sim_advance(&clock, WATCHDOG_MAIN_S * NS_PER_S);
	mix();
	ck_assert(!watchdog_well(&w));
	watchdog_main(&w);
	mix();
	ck_assert(watchdog_well(&w));
}
END_TEST

static void ck_hears(int fd, const char *word)
{
	char got[64] = "";
	struct pollfd p = {.fd = fd, .events = POLLIN};

	ck_assert_int_eq(poll(&p, 1, 60000), 1);
	ck_assert_int_gt((int)recv(fd, got, sizeof(got) - 1, 0), 0);
	ck_assert_str_eq(got, word);
}

START_TEST(its_thread_says_so)
{
	struct clock_real clock;
	struct notify notify;
	int fds[2];

	clock_real_open(&clock);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_DGRAM, 0, fds), 0);
	notify_open(&notify, fds[1]);
	mix();
	watchdog_start(&w, &clock.clock, mixer, notify);
	ck_hears(fds[0], "READY=1");
	ck_hears(fds[0], "WATCHDOG=1");
	watchdog_stopping(&w);
	ck_hears(fds[0], "STOPPING=1");
	watchdog_stop(&w);
	watchdog_stop(&w);
	close(fds[0]);
	clock_real_close(&clock);
}
END_TEST

Suite *suite_watchdog(void)
{
	Suite *s = suite_create("watchdog");
	TCase *t = tcase_create("watchdog");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, it_is_well_while_blocks_are_made);
	tcase_add_test(t, its_thread_says_so);
	suite_add_tcase(s, t);
	return s;
}
