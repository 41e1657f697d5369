/* SPDX-License-Identifier: GPL-3.0-or-later */
/* start_engine COUNT: how exactly a planned moment is met at a device. An engine plays on a JACK
 * server (start_engine.sh starts one). Two seconds ahead a moment is planned, its frame is asked
 * of the engine, and a click is mixed into that frame, as the station does with an airing. A
 * JACK client that knows nothing of the engine hears the click and takes JACK's own time for
 * it. Printed: heard − planned. The ear listens where the sound enters JACK's driver, so the
 * mean is minus the latency that JACK claims behind it; the spread is ours. */
#include "base/text.h"
#include "lib/jack_driver.h"
#include "mix/engine_in.h"
#include "sys/chance.h"
#include "sys/clock.h"
#include "sys/loop.h"

#include <jack/jack.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT_MAX 10000
#define PLAN_AHEAD_NS (2 * NS_PER_S)

static struct engine *en;
static _Atomic int64_t click_frame = -1; /* main → mixing thread */
static _Atomic int64_t heard_us = -1;	 /* JACK's thread → main */
static jack_client_t *client;
static jack_port_t *port;

static void mix_clicks(void *arg, float *const zones[])
{
	int64_t at = atomic_load(&click_frame) - ((struct engine *)arg)->next.n;

	memset(zones[0], 0, sizeof(float) * BLOCK_FRAMES);
	if (at >= 0 && at < BLOCK_FRAMES)
		zones[0][at] = 0.9f;
}

static int listen(jack_nframes_t frames, void *arg)
{
	const float *in = jack_port_get_buffer(port, frames);

	(void)arg;
	for (jack_nframes_t i = 0; i < frames; i++)
		if (in[i] > 0.5f)
			atomic_store(&heard_us,
				     (int64_t)jack_frames_to_time(
					     client, jack_last_frame_time(client) + i));
	return 0;
}

/* JACK counts on CLOCK_MONOTONIC_RAW (or another), which NTP does not slew: by how much
 * CLOCK_MONOTONIC is ahead of it now. Asked again for each start, the closest of some readings. */
static int64_t jack_behind_ns(struct clock *clock)
{
	int64_t best = 0, best_gap = INT64_MAX;

	for (int i = 0; i < 20; i++) {
		int64_t before = clock_mono(clock).ns;
		int64_t jack = (int64_t)jack_get_time() * 1000;
		int64_t after = clock_mono(clock).ns;
		if (after - before >= best_gap)
			continue;
		best_gap = after - before;
		best = before + best_gap / 2 - jack;
	}
	return best;
}

static bool connect_to_engine(void)
{
	const char **ports = jack_get_ports(client, "PortAudio", JACK_DEFAULT_AUDIO_TYPE,
					    JackPortIsOutput);
	bool done = ports != NULL && ports[0] != NULL &&
		    jack_connect(client, ports[0], jack_port_name(port)) == 0;

	jack_free(ports);
	return done;
}

static void wait_ms(struct loop *loop, struct clock *clock, int ms)
{
	int64_t until = clock_mono(clock).ns + ms * NS_PER_MS;

	while (clock_mono(clock).ns < until)
		loop_once(loop, 5);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void tell(double *ms, int count, int missed)
{
	struct engine_device d;
	struct shmring_report r = {0};
	double sum = 0, sum2 = 0;

	for (int i = 0; i < count; i++)
		sum += ms[i];
	for (int i = 0; i < count; i++)
		sum2 += (ms[i] - sum / count) * (ms[i] - sum / count);
	qsort(ms, (size_t)count, sizeof(ms[0]), compare);
	engine_device(en, 0, &d);
	shmring_get_report(en->devices[0].link.ring, &r);
	printf("starts %d missed %d spread_ms %.4f sd_ms %.4f mean_ms %.3f min_ms %.3f "
	       "max_ms %.3f ",
	       count, missed, ms[count - 1] - ms[0], sqrt(sum2 / count), sum / count, ms[0],
	       ms[count - 1]);
	printf("driver_latency_ms %.3f callback_frames %lld claimed_latency_ms %.3f ",
	       (double)jack_driver_ns(client) / 1e6, (long long)r.frames,
	       (double)r.latency_ns / 1e6);
	printf("drift_ppm %.2f jitter_ms %.4f xruns %llu\n", d.drift_ppm, d.jitter_ms,
	       (unsigned long long)d.xruns);
}

int main(int argc, char **argv)
{
	static double ms[COUNT_MAX];
	struct engine_config config = {.zones = {{"JACK Audio Connection Kit: system", 1}},
				       .zone_count = 1};
	struct clock_real clock;
	struct engine_device d = {0};
	struct err e = {0};
	struct chance chance = {1};
	int count = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100, got = 0, missed = 0;

	if (argc > 1 && strcmp(argv[0], "vangxa") == 0) /* proc_start runs its own program again */
		return execv(getenv("VANGXA"), argv);
	text_init();
	client = jack_client_open("ear", JackNoStartServer, NULL);
	if (client == NULL || count < 1 || count > COUNT_MAX)
		return fprintf(stderr, "start_engine: no JACK server, or a wrong count\n"), 1;
	port = jack_port_register(client, "in", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
	jack_set_process_callback(client, listen, NULL);
	jack_activate(client);
	clock_real_open(&clock);
	struct loop *loop = loop_create();
	if (!engine_create(&en, &config, NULL, &clock.clock, loop, NULL, 0, &e))
		return fprintf(stderr, "start_engine: %s\n", e.text), 1;
	en->mix = mix_clicks;
	en->mix_arg = en;
	if (!engine_start(en, &e))
		return fprintf(stderr, "start_engine: %s\n", e.text), 1;
	for (int i = 0; i < 100 && !d.on; i++) {
		wait_ms(loop, &clock.clock, 100);
		engine_device(en, 0, &d);
	}
	if (!d.on || !connect_to_engine())
		return fprintf(stderr, "start_engine: no device: %s\n", d.fault), 1;
	/* Starts of the first seconds count as well: a station does not wait either. */
	for (int i = 0; i < count; i++) {
		struct mono planned = mono_add_ns(clock_mono(&clock.clock), PLAN_AHEAD_NS);
		planned.ns += (int64_t)chance_below(&chance, 50 * NS_PER_MS);
		atomic_store(&heard_us, -1);
		atomic_store(&click_frame, engine_frame_at(en, planned).n);
		wait_ms(loop, &clock.clock, 2500);
		int64_t us = atomic_load(&heard_us);
		if (us < 0)
			missed++;
		else
			ms[got++] = (double)(us * 1000 - planned.ns +
					     jack_behind_ns(&clock.clock)) / 1e6;
	}
	if (got > 0)
		tell(ms, got, missed);
	jack_client_close(client);
	engine_destroy(en);
	loop_destroy(loop);
	return got == count ? 0 : 1;
}
