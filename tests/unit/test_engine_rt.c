/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixing thread's work on a simulated clock, with simulated devices that play through the
 * child's own code: hours pass in a blink and every frame can be looked at. */
#include "mix/engine_in.h"
#include "mix/sink.h"
#include "sys/chance.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GULP_MAX 16384

struct sim_device {
	struct sink sink;
	double ppm;
	int period;		/* frames a callback */
	int64_t latency_ns, jitter_ns;
	struct chance chance;
	struct mono begin;	/* of its stream */
	int64_t gap_ns;		/* its clock stood still for so long in all */
	bool running;
	/* What was heard. */
	int64_t last_frame;	/* number of the last frame heard, −1 none */
	int64_t heard, holes, skips, repeats;
	double worst_ms;	/* against the engine's own idea, once settled */
	struct mono settled;
};

static struct engine *en;
static struct loop *loop;
static struct clock_sim clock_sim;
static struct sim_device devices[DEVICES_MAX];
static struct mono tick;
static int64_t tapped;
static float out[GULP_MAX * ZONES_MAX];

/* Frame n sounds as n + 1; exact in a float for 349 s, then it starts over. */
#define SPAN (1 << 23)
static void mix_numbers(void *arg, float *const zones[])
{
	(void)arg;
	for (int i = 0; i < BLOCK_FRAMES; i++)
		for (int z = 0; z < en->config.zone_count; z++)
			zones[z][i] = (float)((en->next.n + i) % SPAN + 1) * (z == 1 ? -1 : 1);
}

/* As numbers, but every fourth second is silent. */
static void mix_with_pauses(void *arg, float *const zones[])
{
	mix_numbers(arg, zones);
	if (en->next.n / 48000 % 4 == 3)
		for (int z = 0; z < en->config.zone_count; z++)
			memset(zones[z], 0, sizeof(float) * BLOCK_FRAMES);
}

static void count_tap(void *arg, struct frame first, float *const zones[])
{
	(void)arg;
	(void)zones;
	ck_assert_int_eq(first.n, tapped);
	tapped += BLOCK_FRAMES;
}

static void create(int zones, const char *const names[], const int channels[])
{
	struct engine_config config = {.zone_count = zones};
	struct engine_tap tap = {count_tap, NULL};
	struct err e = {0};

	for (int z = 0; z < zones; z++) {
		snprintf(config.zones[z].device, sizeof(config.zones[z].device), "%s", names[z]);
		config.zones[z].channel = channels[z];
	}
	clock_sim_init(&clock_sim, (struct wall){0});
	clock_sim_advance(&clock_sim, NS_PER_S);
	loop = loop_create();
	ck_assert_msg(engine_create(&en, &config, NULL, &clock_sim.clock, loop, &tap, 1, &e), "%s",
		      e.text);
	en->mix = mix_numbers;
	tick = clock_sim.now_mono;
	tapped = 0;
	memset(devices, 0, sizeof(devices));
}

static void finish(void)
{
	engine_destroy(en);
	loop_destroy(loop);
}

static void plug_in(int i, double ppm, int period, int latency_ms, int64_t jitter_ns)
{
	static uint32_t child;
	struct sim_device *d = &devices[i];
	struct device_link *link = &en->devices[i].link;

	*d = (struct sim_device){.ppm = ppm, .period = period, .jitter_ns = jitter_ns,
				 .latency_ns = latency_ms * NS_PER_MS, .chance = {7},
				 .begin = clock_sim.now_mono, .running = true, .last_frame = -1};
	d->settled = mono_add_ns(d->begin, 20 * NS_PER_S);
	shmring_reset(link->ring);
	sink_init(&d->sink, link->ring);
	atomic_store(&link->attached, ++child);
}

static void pull_out(int i)
{
	devices[i].running = false;
	atomic_store(&en->devices[i].link.attached, 0);
}

static struct mono moment(const struct sim_device *d, int64_t position)
{
	double s = (double)position / 48000.0 / (1.0 + d->ppm * 1e-6);

	return mono_add_ns(d->begin, (int64_t)(s * 1e9) + d->gap_ns);
}

static void look_at(struct sim_device *d, int64_t position, float sample)
{
	int64_t frame = (int64_t)fabsf(sample) - 1;

	if (frame < 0 || frame != (int64_t)fabsf(sample) - 1) {
		d->holes += d->last_frame >= 0;
		return;
	}
	if (d->last_frame >= 0 && frame != (d->last_frame + 1) % SPAN)
		*(frame > d->last_frame ? &d->skips : &d->repeats) += 1;
	d->last_frame = frame;
	d->heard++;
	struct mono heard = mono_add_ns(moment(d, position), d->latency_ns);
	if (heard.ns < d->settled.ns || frame % 997 != 0 || en->next.n > SPAN)
		return;
	double off_ms = (double)(engine_mono_at(en, (struct frame){frame}).ns - heard.ns) / 1e6;
	d->worst_ms = fmax(d->worst_ms, fabs(off_ms));
}

static void call_back(struct sim_device *d)
{
	int64_t position = d->sink.position;
	int channels = (int)d->sink.ring->channels;
	int64_t jitter = d->jitter_ns == 0 ? 0
		: (int64_t)chance_below(&d->chance, (uint64_t)(2 * d->jitter_ns)) - d->jitter_ns;

	sink_play(&d->sink, out, d->period, moment(d, position), d->latency_ns + jitter, false);
	for (int i = 0; i < d->period; i++)
		look_at(d, position + i, out[i * channels]);
}

/* Time passes: ticks of the mixing thread and callbacks of the devices, in their order. */
static void run_s(double s)
{
	struct mono end = mono_add_ns(clock_sim.now_mono, (int64_t)(s * 1e9));

	while (true) {
		struct sim_device *next = NULL;
		struct mono at = tick;
		for (int i = 0; i < en->device_count; i++) {
			struct mono t = moment(&devices[i], devices[i].sink.position);
			if (devices[i].running && t.ns < at.ns) {
				next = &devices[i];
				at = t;
			}
		}
		if (at.ns > end.ns)
			break;
		clock_sim.now_mono = at;
		if (next != NULL) {
			call_back(next);
			continue;
		}
		engine_tick(en, at);
		tick = mono_add_ns(tick, ENGINE_TICK_MS * NS_PER_MS);
	}
	clock_sim.now_mono = end;
}

static int64_t heard_now(void)
{
	return engine_frame_at(en, clock_sim.now_mono).n;
}

static uint32_t complaint(int i)
{
	return atomic_load(&en->devices[i].link.complaint);
}

static const char *const one[] = {"a"};
static const char *const two[] = {"a", "b"};
static const char *const none[] = {"none"};
static const int channel_1[] = {1, 1};

START_TEST(test_null_is_exact)
{
	create(1, none, channel_1);
	struct mono start = clock_sim.now_mono;
	run_s(3600);
	ck_assert_int_eq(heard_now(), 3600 * 48000);
	ck_assert_int_eq(engine_mono_at(en, (struct frame){48000 * 7200}).ns,
			 start.ns + 7200 * NS_PER_S);
	/* no block twice (the tap counts), none missing: what is heard, and what is mixed ahead */
	ck_assert_int_ge(tapped, 3600 * 48000 - 1440 - 480);
	ck_assert_int_le(tapped, 3600 * 48000 + 480);
	ck_assert_int_ge(en->next.n, 3600 * 48000 + 2880 - 960);
	ck_assert_int_le(en->next.n, 3600 * 48000 + 3360 + 480);
	finish();
}
END_TEST

START_TEST(test_lead_is_followed)
{
	create(1, one, channel_1);
	run_s(1);
	plug_in(0, 70, 2048, 40, 2 * NS_PER_MS);
	run_s(300);
	struct engine_state state;
	engine_state(en, &state);
	ck_assert(state.device_leads);
	/* it joined within 0.3 s and not a frame was lost or came twice */
	ck_assert_int_ge(devices[0].heard, 48000 * 299 + 33600);
	ck_assert_int_eq(devices[0].holes + devices[0].skips + devices[0].repeats, 0);
	ck_assert_double_lt(devices[0].worst_ms, 1.5);
	ck_assert_double_eq_tol(mapping_drift_ppm(&en->followers[0].map), 70, 3);
	ck_assert_uint_eq(complaint(0), DEVICE_FINE);
	ck_assert_int_eq(atomic_load(&en->devices[0].link.ring->xruns), 0);
	finish();
}
END_TEST

/* PulseAudio: gulps of 66 ms, 0.2 s deep; also the deepest that fits. */
START_TEST(test_deep_buffers)
{
	static const int periods[] = {64, 480, 3200, 9600};

	for (int p = 0; p < 4; p++) {
		create(1, one, channel_1);
		plug_in(0, -30, periods[p], 200, 3 * NS_PER_MS);
		run_s(60);
		ck_assert_int_ge(devices[0].heard, 48000 * 59);
		ck_assert_int_eq(devices[0].holes + devices[0].skips + devices[0].repeats, 0);
		struct engine_state state;
		engine_state(en, &state);
		ck_assert_double_gt(state.ahead_ms, 200 + periods[p] / 48.0 + 40);
		finish();
	}
}
END_TEST

START_TEST(test_timeline_never_jumps)
{
	create(1, one, channel_1);
	struct mono start = clock_sim.now_mono;
	run_s(0.5);
	for (int i = 0; i < 6; i++) {
		int64_t before = en->next.n;
		plug_in(0, 0, 3200, 200, NS_PER_MS);
		run_s(5);
		pull_out(0);
		run_s(2);
		/* nothing is mixed in a rush or left out, whatever the cable does */
		ck_assert_int_lt(llabs(en->next.n - before - 48000 * 7), i == 0 ? 20000 : 3000);
	}
	double off_ms = (double)(heard_now() - frames_of_ns(clock_sim.now_mono.ns - start.ns)) / 48;
	ck_assert_double_lt(fabs(off_ms), 10.0);
	ck_assert_int_eq(devices[0].holes + devices[0].skips + devices[0].repeats, 0);
	finish();
}
END_TEST

START_TEST(test_lost_device_leaves_its_frame)
{
	create(1, one, channel_1);
	plug_in(0, 100, 1024, 80, 0);
	run_s(100);
	int64_t before = heard_now();
	pull_out(0);
	run_s(0.02);
	ck_assert_int_le(llabs(heard_now() - before - 960), 2);
	struct engine_state state;
	engine_state(en, &state);
	ck_assert(!state.device_leads);
	before = heard_now();
	run_s(1000); /* from here at the nominal rate, exactly */
	ck_assert_int_le(llabs(heard_now() - before - 48000 * 1000), 1);
	finish();
}
END_TEST

START_TEST(test_second_device_slips)
{
	create(2, two, channel_1);
	en->mix = mix_with_pauses;
	plug_in(0, 0, 1024, 50, 0);
	plug_in(1, 200, 1024, 90, 0);
	run_s(170); /* 200 ppm: 10 ms in 50 s */
	ck_assert_int_eq(atomic_load(&en->devices[0].link.ring->slips), 0);
	uint64_t slips = atomic_load(&en->devices[1].link.ring->slips);
	ck_assert_uint_ge(slips, 2);
	ck_assert_uint_le(slips, 4);
	/* each in a pause: no two frames out of their order but across silence */
	ck_assert_int_le(devices[1].repeats + devices[1].skips, 170 / 4 + 1);
	ck_assert_double_lt(devices[1].worst_ms, 12.0);
	ck_assert_int_eq(atomic_load(&en->devices[1].link.ring->xruns), 0);
	finish();
}
END_TEST

START_TEST(test_two_zones_one_device)
{
	const char *const names[] = {"a", "a", "none"};
	const int channels[] = {2, 1, 1};

	create(3, names, channels);
	ck_assert_int_eq(engine_device_count(en), 1);
	ck_assert_int_eq(engine_zone_device(en, 1), 0);
	ck_assert_int_eq(engine_zone_device(en, 2), -1);
	plug_in(0, 0, 480, 10, 0);
	run_s(1);
	/* zone 1 is negative and on channel 1 */
	ck_assert_float_lt(out[0], 0.0f);
	ck_assert_float_eq(out[1], -out[0]);
	finish();
}
END_TEST

START_TEST(test_ran_dry)
{
	create(1, one, channel_1);
	plug_in(0, 0, 2048, 40, 100000);
	run_s(30);
	int64_t before = heard_now();
	devices[0].gap_ns += 150 * NS_PER_MS; /* an ALSA xrun: the card stood still */
	run_s(30);
	/* it hears on where the station's time is: 150 ms are skipped, time did not move */
	ck_assert_int_lt(llabs(heard_now() - before - 48000 * 30), 480);
	ck_assert_int_eq(devices[0].repeats, 0);
	ck_assert_int_ge(devices[0].skips, 1);
	ck_assert_int_eq(atomic_load(&en->devices[0].link.ring->slips), 1);
	ck_assert_uint_eq(atomic_load(&en->devices[0].link.jumps), 1);
	ck_assert_uint_eq(complaint(0), DEVICE_FINE);
	for (int i = 0; i < 2 * SINK_UNSTEADY_MAX; i++) {
		devices[0].gap_ns += 150 * NS_PER_MS;
		run_s(2);
	}
	ck_assert_uint_eq(complaint(0), DEVICE_UNSTEADY);
	finish();
}
END_TEST

START_TEST(test_no_clock)
{
	create(1, one, channel_1);
	plug_in(0, 5e6, 1024, 0, 0); /* six times too fast */
	run_s(2);
	ck_assert_uint_eq(complaint(0), DEVICE_NO_CLOCK);
	pull_out(0);
	run_s(0.1);
	atomic_store(&en->devices[0].link.complaint, DEVICE_FINE);
	plug_in(0, -8e5, 64, 0, 0); /* five times too slow */
	run_s(10);
	ck_assert_uint_ne(complaint(0), DEVICE_FINE);
	finish();
}
END_TEST

START_TEST(test_standstill)
{
	create(1, none, channel_1);
	run_s(1);
	clock_sim.now_mono = mono_add_ns(clock_sim.now_mono, 60 * NS_PER_S);
	tick = clock_sim.now_mono;
	int64_t before = en->next.n;
	engine_tick(en, tick);
	ck_assert_int_eq(en->next.n - before, ENGINE_CATCH_UP_BLOCKS * BLOCK_FRAMES);
	run_s(10);
	ck_assert_int_lt(llabs(en->next.n - 71 * 48000 - 2880), 1000);
	finish();
}
END_TEST

START_TEST(test_child_that_reports_nonsense)
{
	create(1, one, channel_1);
	plug_in(0, 0, 1024, 10, 0);
	devices[0].running = false;
	for (int i = 0; i < 200; i++) {
		int64_t wild = i % 2 ? INT64_MAX / 8 : -5;
		shmring_put_report(en->devices[0].link.ring,
				   &(struct shmring_report){i * 1000, 1000, {wild}, wild});
		run_s(0.02);
	}
	/* mixing goes on, at most the allowed bit ahead */
	ck_assert_int_le(en->next.n, 4 * 48000 + 48 * ENGINE_AHEAD_MAX_MS + 480 +
					 ENGINE_CATCH_UP_BLOCKS * BLOCK_FRAMES * 200);
	ck_assert_uint_ne(complaint(0), DEVICE_FINE);
	pull_out(0);
	run_s(1);
	finish();
}
END_TEST

Suite *suite_engine_rt(void)
{
	Suite *s = suite_create("engine_rt");
	TCase *t = tcase_create("engine_rt");

	tcase_set_timeout(t, 60); /* under ThreadSanitizer on an old machine */
	tcase_add_test(t, test_null_is_exact);
	tcase_add_test(t, test_lead_is_followed);
	tcase_add_test(t, test_deep_buffers);
	tcase_add_test(t, test_timeline_never_jumps);
	tcase_add_test(t, test_lost_device_leaves_its_frame);
	tcase_add_test(t, test_second_device_slips);
	tcase_add_test(t, test_two_zones_one_device);
	tcase_add_test(t, test_ran_dry);
	tcase_add_test(t, test_no_clock);
	tcase_add_test(t, test_standstill);
	tcase_add_test(t, test_child_that_reports_nonsense);
	suite_add_tcase(s, t);
	return s;
}
