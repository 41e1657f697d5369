/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Supervision of real child processes; what they play on is support/fake_sink.c. */
#include "mix/device.h"
#include "support/fake_sink.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct clock_real clock_real;
static struct loop *loop;
static struct device device;
static struct {
	int lost, back;
	char text[REASON_BYTES];
} heard;

static void changed(void *arg, int index, bool back, const char *text)
{
	(void)arg;
	ck_assert_int_eq(index, 3);
	*(back ? &heard.back : &heard.lost) += 1;
	snprintf(heard.text, sizeof(heard.text), "%s", text);
}

static void setup(void)
{
	struct device_listener listener = {changed, NULL, 3};
	struct err e = {0};

	clock_real_open(&clock_real);
	loop = loop_create();
	memset(&heard, 0, sizeof(heard));
	ck_assert_msg(device_init(&device, "fake", 1, &clock_real.clock, loop, &listener, &e),
		      "%s", e.text);
}

static void teardown(void)
{
	device_stop(&device);
	device_finish(&device);
	device_finish(&device); /* twice is fine */
	loop_destroy(loop);
	clock_real_close(&clock_real);
	fake_sink_unset();
}

static bool lost(void)
{
	return heard.lost > 0;
}

static bool attached(void)
{
	return atomic_load(&device.link.attached) != 0;
}

static bool opening(void)
{
	return device.state == DEVICE_OPENING;
}

static bool waiting(void)
{
	return device.state == DEVICE_WAITING;
}

static bool on(void)
{
	return device.state == DEVICE_ON;
}

/* As the mixing thread would: say that the ring is seen, place the device, feed it. */
static void feed(void)
{
	static const float block[BLOCK_FRAMES];
	struct shmring *r = device.link.ring;

	atomic_store(&device.link.seen, atomic_load(&device.link.attached));
	if (!attached())
		return;
	atomic_store(&r->offset, 0);
	struct shmring_report report;
	while (shmring_get_report(r, &report) && atomic_load(&r->write) < report.position + 9600)
		shmring_write(r, (struct frame){atomic_load(&r->write)}, block, BLOCK_FRAMES);
}

static void wait_for(bool (*condition)(void))
{
	int64_t until = clock_mono(&clock_real.clock).ns + 60 * NS_PER_S;

	while (!condition() && clock_mono(&clock_real.clock).ns < until) {
		feed();
		loop_once(loop, 5);
	}
	ck_assert(condition());
}

START_TEST(test_opens_and_plays)
{
	fake_sink_set(&(struct fake_sink){.period = 480, .latency_ms = 20, .open_ms = 30});
	device_start(&device);
	ck_assert_int_eq(device.state, DEVICE_OPENING);
	wait_for(on);
	ck_assert_int_gt(device_counts(&device).consumed_frames, 0);
	ck_assert_int_eq(heard.lost + heard.back, 0);
	ck_assert_str_eq(device.link.ring->opened, "fake");
	pid_t pid = device.proc.pid;
	device_stop(&device);
	ck_assert_int_eq(kill(pid, 0), -1); /* no child is left */
	ck_assert(!attached());
}
END_TEST

START_TEST(test_killed_child)
{
	fake_sink_set(&(struct fake_sink){.period = 480});
	device_start(&device);
	ck_assert(device_taken(&device).n == INT64_MIN);
	wait_for(on);
	int64_t consumed = device_counts(&device).consumed_frames;
	int64_t taken = device_taken(&device).n;
	ck_assert_int_gt(taken, 0);
	kill(device.proc.pid, SIGKILL);
	wait_for(lost);
	ck_assert_int_ge(device_taken(&device).n, taken);
	ck_assert_ptr_nonnull(strstr(heard.text, "9")); /* the signal */
	ck_assert_str_eq(device.fault, heard.text);
	ck_assert_int_eq(device.state, DEVICE_WAITING);
	ck_assert(!attached());
	/* what it had played is not forgotten with it */
	ck_assert_int_ge(device_counts(&device).consumed_frames, consumed);
}
END_TEST

START_TEST(test_its_own_words)
{
	fake_sink_set(&(struct fake_sink){.period = 480, .fault_ms = 100});
	device_start(&device);
	wait_for(lost);
	ck_assert_str_eq(heard.text, "gone");
}
END_TEST

START_TEST(test_hung_child)
{
	fake_sink_set(&(struct fake_sink){.period = 480});
	device_start(&device);
	wait_for(on);
	pid_t pid = device.proc.pid;
	kill(pid, SIGSTOP); /* calls back no more */
	wait_for(lost);
	ck_assert_int_eq(kill(pid, 0), -1);
	ck_assert_int_eq(heard.back, 0);
}
END_TEST

static void retry_now(void)
{
	timer_set(&device.timer, clock_mono(&clock_real.clock));
}

START_TEST(test_comes_back)
{
	fake_sink_set(&(struct fake_sink){.period = 480, .fault_ms = 60});
	device_start(&device);
	wait_for(lost);
	int64_t before = device_counts(&device).consumed_frames;
	feed(); /* the mixing thread has let go */
	fake_sink_set(&(struct fake_sink){.period = 0}); /* a child that ends at once */
	retry_now();
	wait_for(opening);
	wait_for(waiting);
	ck_assert_int_eq(heard.lost, 1); /* told once, not at every try */
	ck_assert_int_eq(heard.back, 0);
	fake_sink_set(&(struct fake_sink){.period = 480});
	retry_now();
	wait_for(on);
	ck_assert_int_eq(heard.back, 1);
	ck_assert_str_eq(heard.text, "fake");
	ck_assert_str_eq(device.fault, "");
	ck_assert_int_gt(device_counts(&device).consumed_frames, before);
}
END_TEST

START_TEST(test_waits_for_the_mixing_thread)
{
	fake_sink_set(&(struct fake_sink){.period = 480, .fault_ms = 50});
	device_start(&device);
	wait_for(lost);
	atomic_store(&device.link.seen, 1); /* it is stuck in a tick and still writes */
	retry_now();
	loop_once(loop, 1000);
	ck_assert_int_eq(device.state, DEVICE_WAITING);
	ck_assert_int_eq(device.proc.pid, 0);
	atomic_store(&device.link.seen, 0);
	fake_sink_set(&(struct fake_sink){.period = 480});
	retry_now();
	wait_for(on);
}
END_TEST

START_TEST(test_tries_less_often_after_a_minute)
{
	fake_sink_set(&(struct fake_sink){.period = 480, .fault_ms = 50});
	device_start(&device);
	wait_for(lost);
	feed();
	fake_sink_set(&(struct fake_sink){.period = 480});
	device.lost_at.ns -= 2 * SINK_RETRY_EAGER_MS * NS_PER_MS;
	retry_now();
	loop_once(loop, 1000);
	ck_assert_int_eq(device.state, DEVICE_WAITING);
	ck_assert_int_eq(device.proc.pid, 0);
	device.cards_stamp--; /* a card was plugged in: at once */
	retry_now();
	wait_for(on);
	ck_assert_int_eq(heard.back, 1);
}
END_TEST

START_TEST(test_slow_try)
{
	fake_sink_set(&(struct fake_sink){.period = 480, .fault_ms = 50});
	device_start(&device);
	wait_for(lost);
	feed();
	fake_sink_set(&(struct fake_sink){.period = 480});
	device.lost_at.ns -= 2 * SINK_RETRY_EAGER_MS * NS_PER_MS;
	device.tried_at.ns -= SINK_RETRY_SLOW_MS * NS_PER_MS;
	retry_now();
	wait_for(on);
}
END_TEST

START_TEST(test_complaint)
{
	fake_sink_set(&(struct fake_sink){.period = 480});
	device_start(&device);
	wait_for(on);
	atomic_store(&device.link.complaint, DEVICE_NO_CLOCK);
	wait_for(lost);
	ck_assert_int_eq(atomic_load(&device.link.complaint), DEVICE_FINE);
	ck_assert_int_eq(device.proc.pid, 0);
}
END_TEST

Suite *suite_device(void)
{
	Suite *s = suite_create("device");
	TCase *t = tcase_create("device");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, test_opens_and_plays);
	tcase_add_test(t, test_killed_child);
	tcase_add_test(t, test_its_own_words);
	tcase_add_test(t, test_hung_child);
	tcase_add_test(t, test_comes_back);
	tcase_add_test(t, test_waits_for_the_mixing_thread);
	tcase_add_test(t, test_tries_less_often_after_a_minute);
	tcase_add_test(t, test_slow_try);
	tcase_add_test(t, test_complaint);
	suite_add_tcase(s, t);
	return s;
}
