/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine with its real thread, real time and real child processes; the arithmetic of time is in
 * test_engine_rt.c. */
#include "mix/engine_in.h"
#include "support/fake_sink.h"

#include <check.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct clock_real clock_real;
static struct loop *loop;
static struct mixer *mixer;
static struct engine *en;
static _Atomic int64_t tapped;
static char heard_path[64];

static void tap(void *arg, struct frame first, float *const out[])
{
	(void)out;
	/* each block once, in order */
	if (first.n == atomic_load((_Atomic int64_t *)arg))
		atomic_store((_Atomic int64_t *)arg, first.n + BLOCK_FRAMES);
}

/* Frame n sounds as n + 1. On the mixing thread. */
static void mix_numbers(void *arg, float *const zones[])
{
	struct engine *e = arg;

	for (int i = 0; i < BLOCK_FRAMES; i++)
		zones[0][i] = (float)(e->next.n + i + 1);
}

static void setup(void)
{
	struct mixer_config config = {.zones = 1, .peak_dbtp = -1.0};

	clock_real_open(&clock_real);
	loop = loop_create();
	mixer = mixer_create(&config);
	atomic_store(&tapped, 0);
	snprintf(heard_path, sizeof(heard_path), "/tmp/vangxa-heard-%d", (int)getpid());
}

static void teardown(void)
{
	engine_destroy(en);
	mixer_destroy(mixer);
	loop_destroy(loop);
	clock_real_close(&clock_real);
	fake_sink_unset();
	unlink(heard_path);
}

static void start(const char *device)
{
	struct engine_config config = {.zones = {{.channel = 1}}, .zone_count = 1};
	struct engine_tap taps[] = {{tap, &tapped}};
	struct err e = {0};

	snprintf(config.zones[0].device, sizeof(config.zones[0].device), "%s", device);
	ck_assert_msg(engine_create(&en, &config, mixer, &clock_real.clock, loop, taps, 1, &e),
		      "%s", e.text);
	en->mix = mix_numbers;
	en->mix_arg = en;
	ck_assert_msg(engine_start(en, &e), "%s", e.text);
}

static struct mono now(void)
{
	return clock_mono(&clock_real.clock);
}

static bool wait_for(bool (*condition)(void))
{
	struct mono until = mono_add_ns(now(), 60 * NS_PER_S);
	bool met = condition();

	for (; !met && now().ns < until.ns; met = condition())
		loop_once(loop, 10);
	return met;
}

static bool tapped_a_second(void)
{
	return atomic_load(&tapped) >= 48000;
}

static struct engine_device seen; /* as device_on found it */

static bool device_on(void)
{
	engine_device(en, 0, &seen);
	return seen.on && seen.consumed_frames > 24000;
}

static bool device_leads(void)
{
	struct engine_state state;

	engine_state(en, &state);
	return device_on() && state.device_leads;
}

static struct engine_event event;

static bool got_event(void)
{
	return engine_event(en, &event);
}

START_TEST(test_none)
{
	struct engine_state state;
	struct mono before = now();

	start("none");
	ck_assert_int_eq(engine_device_count(en), 0);
	ck_assert_int_eq(engine_zone_device(en, 0), -1);
	ck_assert(wait_for(tapped_a_second));
	/* 48000 frames are there after 1 s − 60 ms at the earliest: paced, not racing */
	ck_assert_int_ge(now().ns - before.ns, 900 * NS_PER_MS);
	ck_assert(!engine_event(en, &event)); /* "none" is no fault */
	engine_state(en, &state);
	ck_assert(!state.device_leads);
	struct mono later = mono_add_ns(now(), 3600 * NS_PER_S);
	struct mono back = engine_mono_at(en, engine_frame_at(en, later));
	ck_assert_int_lt(llabs(back.ns - later.ns), 500 * NS_PER_MS);
	engine_stop(en);
	engine_stop(en); /* twice is fine */
	int64_t last = atomic_load(&tapped);
	ck_assert_int_eq(last, en->next.n);
	struct err e = {0};
	ck_assert(engine_start(en, &e)); /* goes on where it was */
	ck_assert_int_ge(engine_frame_at(en, now()).n, last);
}
END_TEST

static int64_t check_heard(void)
{
	/* Not static: a leak checker looks through all that is, at the end of every test of every
	 * suite. */
	const size_t max = 48000 * 60;
	float *samples = malloc(max * sizeof(float));
	FILE *f = fopen(heard_path, "rb");

	ck_assert(samples != NULL && f != NULL);
	size_t count = fread(samples, sizeof(float), max, f);
	int64_t heard = 0, wrong = 0;

	fclose(f);
	for (size_t i = 1; i < count; i++) {
		heard += samples[i] != 0.0f;
		wrong += samples[i - 1] != 0.0f && samples[i] != samples[i - 1] + 1.0f;
	}
	free(samples);
	ck_assert_int_eq(wrong, 0);
	return heard;
}

/* Every frame that the device was given is heard, in order; if the machine was too busy for
 * that (it runs other tests at the same time) the engine must have counted it. */
START_TEST(test_device_leads)
{
	struct engine_device d;

	fake_sink_set(&(struct fake_sink){.period = 1024, .latency_ms = 50,
					  .heard_path = heard_path});
	start("fake");
	ck_assert(wait_for(device_leads));
	ck_assert_str_eq(seen.opened, "fake");
	ck_assert_str_eq(seen.fault, "");
	ck_assert_double_gt(seen.latency_ms, 50.0);
	engine_stop(en);
	engine_device(en, 0, &d);
	ck_assert(!d.on);
	ck_assert_str_eq(d.opened, "");
	if (d.xruns == 0)
		ck_assert_int_le(llabs(check_heard() - d.consumed_frames), 1024);
	ck_assert_int_ge(d.consumed_frames, 24000);
}
END_TEST

START_TEST(test_lost_and_back)
{
	struct pollfd p;
	struct engine_device d;

	fake_sink_set(&(struct fake_sink){.period = 480, .latency_ms = 20});
	start("fake");
	p = (struct pollfd){.fd = engine_notify_fd(en), .events = POLLIN};
	ck_assert_int_eq(poll(&p, 1, 0), 0);
	ck_assert(wait_for(device_on));
	kill(en->devices[0].proc.pid, SIGKILL);
	ck_assert(wait_for(got_event));
	ck_assert_int_eq(event.kind, ENGINE_DEVICE_LOST);
	ck_assert_int_eq(event.device, 0);
	ck_assert_int_gt(event.frame.n, 24000);
	ck_assert_uint_gt(strlen(event.text), 0);
	ck_assert_int_eq(poll(&p, 1, 0), 1);
	ck_assert(!engine_event(en, &event));
	ck_assert_int_eq(poll(&p, 1, 0), 0);
	engine_device(en, 0, &d);
	ck_assert(!d.on);
	ck_assert_uint_gt(strlen(d.fault), 0);
	int64_t lost_at = event.frame.n;

	fake_sink_set(&(struct fake_sink){.period = 480, .latency_ms = 20});
	ck_assert(wait_for(got_event)); /* tried again by itself */
	ck_assert_int_eq(event.kind, ENGINE_DEVICE_BACK);
	ck_assert_str_eq(event.text, "fake");
	/* the null clock kept the mix going meanwhile */
	ck_assert_int_gt(atomic_load(&tapped) - lost_at, 48000 * SINK_RETRY_MS / 1000 / 2);
	engine_device(en, 0, &d);
	ck_assert(d.on);
}
END_TEST

Suite *suite_engine(void)
{
	Suite *s = suite_create("engine");
	TCase *t = tcase_create("engine");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, test_none);
	tcase_add_test(t, test_device_leads);
	tcase_add_test(t, test_lost_and_back);
	suite_add_tcase(s, t);
	return s;
}
