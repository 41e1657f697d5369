/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hear play DEVICE SECONDS: an engine whose mix counts frames, on a real device; tells on
 * stdout what     happens, one line each: "on NAME", "lost TEXT", "back NAME", at the end "end
 * KEY=VALUE…". hear check FILE SECONDS: FILE (float32, 48 kHz, mono, as recorded) must hold the
 * count without a     missing, double or changed sample for at least SECONDS in one piece. Exit
 * status 3 if not. */
#include "base/text.h"
#include "mix/engine_in.h"
#include "sys/clock.h"
#include "sys/loop.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Frame n sounds as (n mod PERIOD + 1) ÷ 65536: every sample tells where it is within 0.6 s,
 * exactly in float32, and never as silence. */
#define PERIOD 30011
#define SCALE 65536.0f

static struct engine *en;
static struct loop *loop;
static struct clock_real clock_real;
static struct mono end;
static bool was_on;

static void count_frames(void *arg, float *const zones[])
{
	struct engine *e = arg;

	for (int i = 0; i < BLOCK_FRAMES; i++)
		zones[0][i] = (float)((e->next.n + i) % PERIOD + 1) / SCALE;
}

static void look(struct timer *t)
{
	struct engine_device d;
	struct engine_event ev;
	struct mono now = clock_mono(&clock_real.clock);

	while (engine_event(en, &ev))
		printf("%s %s\n", ev.kind == ENGINE_DEVICE_LOST ? "lost" : "back", ev.text);
	if (engine_device_count(en) > 0) {
		engine_device(en, 0, &d);
		if (d.on && !was_on)
			printf("on %s\n", d.opened);
		was_on = d.on;
	}
	fflush(stdout);
	if (now.ns > end.ns)
		loop_stop(loop);
	timer_set(t, mono_add_ns(now, 20 * NS_PER_MS));
}

static void stop(void *arg)
{
	(void)arg;
	loop_stop(loop);
}

static void tell_end(void)
{
	struct engine_device d = {0};
	struct engine_state s;

	if (engine_device_count(en) > 0)
		engine_device(en, 0, &d);
	engine_state(en, &s);
	printf("end on=%d consumed=%lld silent=%lld xruns=%llu slips=%llu drift_ppm=%.1f "
	       "jitter_ms=%.2f ahead_ms=%.0f late_ticks=%llu realtime=%d\n",
	       d.on, (long long)d.consumed_frames, (long long)d.silent_frames,
	       (unsigned long long)d.xruns, (unsigned long long)d.slips, d.drift_ppm, d.jitter_ms,
	       s.ahead_ms, (unsigned long long)s.late_ticks, s.realtime);
}

static int play(const char *device, double seconds)
{
	struct engine_config config = {.zones = {{.channel = 1}}, .zone_count = 1};
	struct err e = {0};
	struct timer timer = {.due = look};

	snprintf(config.zones[0].device, NAME_BYTES, "%s", device);
	clock_real_open(&clock_real);
	loop = loop_create();
	loop_on_stop_signals(loop, stop, NULL);
	if (!engine_create(&en, &config, NULL, &clock_real.clock, loop, NULL, 0, &e))
		return fprintf(stderr, "hear: %s\n", e.text), 1;
	en->mix = count_frames;
	en->mix_arg = en;
	timer_open(&timer, loop);
	end = mono_add_ns(clock_mono(&clock_real.clock), (int64_t)(seconds * 1e9));
	timer_set(&timer, clock_mono(&clock_real.clock));
	if (!engine_start(en, &e))
		return fprintf(stderr, "hear: %s\n", e.text), 1;
	loop_run(loop);
	tell_end();
	engine_destroy(en);
	timer_close(&timer, loop);
	loop_destroy(loop);
	return 0;
}

/* −1: not a sample of ours. */
static long number(float sample)
{
	float n = sample * SCALE - 1.0f;

	return n >= 0.0f && n < PERIOD && n == floorf(n) ? (long)n : -1;
}

static int check(const char *path, double seconds)
{
	FILE *f = fopen(path, "rb");
	float sample;
	long last = -1, run = 0, longest = 0, breaks = 0, total = 0;

	if (f == NULL)
		return perror(path), 1;
	while (fread(&sample, sizeof(sample), 1, f) == 1) {
		long n = number(sample);
		bool next = last >= 0 && n == (last + 1) % PERIOD;
		breaks += last >= 0 && !next;
		run = next ? run + 1 : 0;
		longest = run > longest ? run : longest;
		last = n;
		total++;
	}
	fclose(f);
	printf("%s: %ld frames, longest without a fault %.3f s, %ld breaks\n", path, total,
	       (double)longest / 48000, breaks);
	return (double)longest / 48000 >= seconds ? 0 : 3;
}

int main(int argc, char **argv)
{
	/* proc_start runs its own program again: the child must be the real one. */
	if (argc > 1 && strcmp(argv[0], "vangxa") == 0) {
		const char *program = getenv("VANGXA");
		execv(program != NULL ? program : "build/plain/vangxa", argv);
		return 127;
	}
	text_init();
	if (argc == 4 && strcmp(argv[1], "play") == 0)
		return play(argv[2], strtod(argv[3], NULL));
	if (argc == 4 && strcmp(argv[1], "check") == 0)
		return check(argv[2], strtod(argv[3], NULL));
	fprintf(stderr, "usage: hear play DEVICE SECONDS | hear check FILE SECONDS\n");
	return 2;
}
