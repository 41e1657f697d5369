/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/fake_sink.h"

#include "mix/sink.h"
#include "sys/clock.h"
#include "sys/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENV "VANGXA_FAKE_SINK"

void fake_sink_set(const struct fake_sink *f)
{
	char text[600];

	snprintf(text, sizeof(text), "%d %d %d %d %s", f->period, f->latency_ms, f->open_ms,
		 f->fault_ms, f->heard_path != NULL ? f->heard_path : "");
	setenv(ENV, text, 1);
}

void fake_sink_unset(void)
{
	unsetenv(ENV);
}

/* The card's own pace. */
static struct loop *loop;
static struct timer timer;
static bool is_due;

static void due(struct timer *t)
{
	(void)t;
	is_due = true;
}

static void wait_until(int64_t ns)
{
	is_due = false;
	timer_set(&timer, (struct mono){ns});
	while (!is_due)
		loop_once(loop, -1);
}

static int give_up(struct shmring *ring)
{
	snprintf(ring->fault, sizeof(ring->fault), "%s", "gone");
	atomic_store(&ring->state, SHMRING_FAULT);
	return 1;
}

static int play(const struct fake_sink *f, struct shmring *ring, FILE *heard, int64_t start_ns)
{
	static struct sink sink;
	static float out[65536];

	sink_init(&sink, ring);
	while (true) {
		int64_t now_ns = start_ns + ns_of_frames(sink.position);
		int64_t age_ms = (now_ns - start_ns) / NS_PER_MS;
		wait_until(now_ns);
		if (f->fault_ms > 0 && age_ms >= f->fault_ms)
			return give_up(ring);
		sink_play(&sink, out, f->period, (struct mono){now_ns}, f->latency_ms * NS_PER_MS,
			  false);
		if (heard != NULL)
			fwrite(out, sizeof(float) * ring->channels, (size_t)f->period, heard);
	}
}

/* As fake_sink_set writes it. */
static void parse(const char *text, struct fake_sink *f)
{
	int *const fields[] = {&f->period, &f->latency_ms, &f->open_ms, &f->fault_ms};
	char *end = NULL;

	for (int i = 0; i < 4; i++, text = end)
		*fields[i] = (int)strtol(text, &end, 10);
	f->heard_path = text + strspn(text, " ");
}

int fake_sink_main(void)
{
	struct fake_sink f = {0};
	struct err e = {0};
	struct clock_real clock;
	FILE *heard = NULL;

	if (getenv(ENV) == NULL)
		return -1;
	parse(getenv(ENV), &f);
	struct shmring *ring = shmring_open(3, &e);
	if (ring == NULL || f.period == 0)
		return 2;
	if (f.heard_path[0] != '\0' && (heard = fopen(f.heard_path, "ab")) != NULL)
		setvbuf(heard, NULL, _IONBF, 0);
	loop = loop_create();
	timer_open(&timer, loop);
	timer.due = due;
	clock_real_open(&clock);
	int64_t start_ns = clock_mono(&clock.clock).ns + f.open_ms * NS_PER_MS;
	wait_until(start_ns);
	snprintf(ring->opened, sizeof(ring->opened), "%s", "fake");
	atomic_store_explicit(&ring->state, SHMRING_PLAYING, memory_order_release);
	return play(&f, ring, heard, start_ns);
}
