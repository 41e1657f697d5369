/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A siren on its way to a device that is kept ahead, through the child's own code. */
#include "mix/engine_in.h"
#include "mix/sink.h"

#include <check.h>
#include <math.h>
#include <string.h>

#define HEARD (8 * 48000)

static struct engine *en;
static struct mixer *mixer;
static struct loop *loop;
static struct clock_sim clock_sim;
static struct sink sink;
static int period;
static struct mono begun, tick;
static float heard[HEARD], tapped[HEARD];
static int64_t tapped_to;
static float siren[4800], out[9600];

/* Whoever records must have what was heard, and nothing twice. */
static void tap(void *arg, struct frame first, float *const zones[])
{
	(void)arg;
	ck_assert_int_eq(first.n, tapped_to);
	memcpy(tapped + first.n, zones[0], sizeof(float) * BLOCK_FRAMES);
	tapped_to += BLOCK_FRAMES;
}

static void create(const char *device)
{
	struct engine_config config = {.zone_count = 1, .zones = {{.channel = 1}}};
	struct mixer_config mix = {.zones = 1, .peak_dbtp = -1.0};
	struct engine_tap one = {tap, NULL};
	struct err e = {0};

	snprintf(config.zones[0].device, NAME_BYTES, "%s", device);
	clock_sim_init(&clock_sim, (struct wall){0});
	clock_sim_advance(&clock_sim, NS_PER_S);
	loop = loop_create();
	mixer = mixer_create(&mix);
	ck_assert(engine_create(&en, &config, mixer, &clock_sim.clock, loop, &one, 1, &e));
	tick = begun = clock_sim.now_mono;
	tapped_to = 0;
	memset(heard, 0, sizeof(heard));
	for (int i = 0; i < 4800; i++)
		siren[i] = 0.25f;
}

static void finish(void)
{
	engine_destroy(en);
	mixer_destroy(mixer);
	loop_destroy(loop);
}

static void plug_in(int frames)
{
	struct device_link *link = &en->devices[0].link;

	period = frames;
	shmring_reset(link->ring);
	sink_init(&sink, link->ring);
	atomic_store(&link->attached, 1);
}

static struct mono next_callback(void)
{
	return mono_add_ns(begun, ns_of_frames(sink.position));
}

static void call_back(void)
{
	int64_t at = atomic_load(&sink.ring->applied);
	int64_t position = sink.position;

	sink_play(&sink, out, period, next_callback(), 40 * NS_PER_MS, false);
	at = at == SHMRING_UNARMED ? atomic_load(&sink.ring->applied) : at;
	for (int i = 0; i < period && at != SHMRING_UNARMED; i++)
		if (position + at + i >= 0 && position + at + i < HEARD)
			heard[position + at + i] = out[i];
}

static void run_s(double s)
{
	struct mono end = mono_add_ns(clock_sim.now_mono, (int64_t)(s * 1e9));

	while (tick.ns <= end.ns || (period > 0 && next_callback().ns <= end.ns)) {
		if (period > 0 && next_callback().ns < tick.ns) {
			clock_sim.now_mono = next_callback();
			call_back();
			continue;
		}
		clock_sim.now_mono = tick;
		engine_tick(en, tick);
		tick = mono_add_ns(tick, ENGINE_TICK_MS * NS_PER_MS);
	}
	clock_sim.now_mono = end;
}

/* Ordered, and the thread woken: the frame at which the mixer says that it started. */
static int64_t raise_it(void)
{
	struct mix_command c = {.order = MIX_PLAY, .deck = 0, .length_frames = 96000,
				.breaks_in = true, .memory = siren, .memory_frames = 4800,
				.gain = {1.0f}};
	struct mix_event ev = {0};

	ck_assert(mixer_send(mixer, &c));
	engine_tick(en, clock_sim.now_mono);
	ck_assert(mixer_event(mixer, &ev));
	ck_assert_int_eq(ev.kind, MIX_STARTED);
	return ev.frame.n;
}

static void ck_heard_from(const float *samples, int64_t from)
{
	ck_assert(samples[from - 1] == 0.0f);
	for (int64_t i = from; i < from + 48000; i++)
		ck_assert_msg(samples[i] == 0.25f, "frame %d of %d", (int)i, (int)from);
}

/* It is in the next callback but for a millisecond, however much is kept ahead, and the recording
 * begins with the same frame. */
START_TEST(a_siren_is_in_the_next_callback)
{
	static const int periods[] = {64, 480, 1024, 3200};

	for (int p = 0; p < 4; p++) {
		for (int after_ms = 0; after_ms < 30; after_ms += 7) {
			create("a");
			plug_in(periods[p]);
			run_s(3 + after_ms / 1e3);
			int64_t offset = atomic_load(&sink.ring->applied);
			int64_t next = sink.position + offset, from = raise_it();
			ck_assert_int_eq(from, next + 48);
			run_s(2);
			ck_heard_from(heard, from);
			ck_heard_from(tapped, from);
			ck_assert_uint_eq(atomic_load(&sink.ring->xruns), 0);
			finish();
		}
	}
}
END_TEST

/* Without a device the null clock says what is heard, and listeners of the stream hear it so. */
START_TEST(without_a_device_it_is_heard_at_once)
{
	create("none");
	period = 0;
	run_s(2.011);
	int64_t now = engine_frame_at(en, clock_sim.now_mono).n, from = raise_it();
	ck_assert_int_eq(from, now + 48);
	run_s(2);
	ck_heard_from(tapped, from);
	finish();
}
END_TEST

/* A device that stands still takes nothing: what consumers have is not changed behind them. */
START_TEST(what_was_handed_on_stays_as_it_was)
{
	create("a");
	plug_in(480);
	run_s(2);
	period = 0;
	run_s(1);
	int64_t had = tapped_to, from = raise_it();
	ck_assert_int_ge(from, had);
	ck_assert_int_ge(en->next.n - tapped_to, 0);
	run_s(1.5);
	ck_heard_from(tapped, from);
	finish();
}
END_TEST

Suite *suite_engine_unheard(void);
Suite *suite_engine_unheard(void)
{
	Suite *s = suite_create("engine_unheard");
	TCase *t = tcase_create("engine_unheard");

	tcase_add_test(t, a_siren_is_in_the_next_callback);
	tcase_add_test(t, without_a_device_it_is_heard_at_once);
	tcase_add_test(t, what_was_handed_on_stays_as_it_was);
	suite_add_tcase(s, t);
	return s;
}
