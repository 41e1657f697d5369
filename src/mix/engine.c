/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main thread's view of the engine. */
#include "mix/engine.h"

#include "base/must.h"
#include "mix/engine_in.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static double of_bits(int64_t word)
{
	double x;

	memcpy(&x, &word, sizeof(x));
	return x;
}

static struct mapping line_now(struct engine *en)
{
	int64_t w[4];

	/* engine_create has put one; the writer is a thread of ours and never dies half-way. */
	while (!latest_get(&en->line_out, w, 4))
		;
	return (struct mapping){.frame = {w[0]}, .at = {w[1]}, .at_rest_ns = of_bits(w[2]),
				.slow = of_bits(w[3])};
}

struct frame engine_frame_at(struct engine *en, struct mono t)
{
	struct mapping line = line_now(en);

	return mapping_frame(&line, t);
}

struct mono engine_mono_at(struct engine *en, struct frame f)
{
	struct mapping line = line_now(en);

	return mapping_mono(&line, f);
}

void engine_state(struct engine *en, struct engine_state *out)
{
	int64_t w[5];

	while (!latest_get(&en->state_out, w, 5))
		;
	*out = (struct engine_state){.next = {w[0]},
				     .ahead_ms = (double)w[1] * 1000.0 / (double)FRAMES_PER_S,
				     .realtime = w[2] != 0,
				     .device_leads = w[3] != 0,
				     .late_ticks = (uint64_t)w[4]};
}

int engine_device_count(const struct engine *en)
{
	return en->device_count;
}

int engine_zone_device(const struct engine *en, int zone)
{
	must(zone >= 0 && zone < en->config.zone_count);
	return en->zone_device[zone];
}

static void fill_clock(struct engine *en, const struct device *d, struct engine_device *out)
{
	struct engine_state state;
	int64_t w[2];

	if (latest_get(&d->link.clock, w, 2)) {
		out->drift_ppm = of_bits(w[0]);
		out->jitter_ms = of_bits(w[1]);
	}
	engine_state(en, &state);
	out->latency_ms = state.ahead_ms;
}

void engine_device(struct engine *en, int device, struct engine_device *out)
{
	must(device >= 0 && device < en->device_count);
	const struct device *d = &en->devices[device];
	struct device_counts counts = device_counts(d);

	*out = (struct engine_device){.on = d->state == DEVICE_ON,
				      .xruns = counts.xruns,
				      .slips = counts.slips,
				      .silent_frames = counts.silent_frames,
				      .consumed_frames = counts.consumed_frames,
				      .jumps = atomic_load(&d->link.jumps),
				      .taken = device_taken(d)};
	memcpy(out->name, d->name, sizeof(out->name));
	memcpy(out->fault, d->fault, sizeof(out->fault));
	if (d->state != DEVICE_PLAYING && d->state != DEVICE_ON)
		return;
	memcpy(out->opened, d->link.ring->opened, sizeof(out->opened) - 1);
	if (out->on)
		fill_clock(en, d, out);
}

void engine_device_changed(void *arg, int device, bool back, const char *text)
{
	struct engine *en = arg;
	uint64_t one = 1;

	if (en->event_count == ENGINE_EVENTS_MAX) {
		en->event_first = (en->event_first + 1) % ENGINE_EVENTS_MAX;
		en->event_count--;
	}
	int last = (en->event_first + en->event_count++) % ENGINE_EVENTS_MAX;
	struct engine_event *ev = &en->events[last];
	*ev = (struct engine_event){.kind = back ? ENGINE_DEVICE_BACK : ENGINE_DEVICE_LOST,
				    .device = device,
				    .frame = engine_frame_at(en, clock_mono(en->clock))};
	snprintf(ev->text, sizeof(ev->text), "%s", text);
	must(write(en->notify_fd, &one, sizeof(one)) == (ssize_t)sizeof(one));
}

bool engine_event(struct engine *en, struct engine_event *ev)
{
	uint64_t count;

	if (en->event_count == 0) {
		/* Empties the descriptor; EAGAIN when it is. */
		if (read(en->notify_fd, &count, sizeof(count)) < 0)
			return false;
		return false;
	}
	*ev = en->events[en->event_first];
	en->event_first = (en->event_first + 1) % ENGINE_EVENTS_MAX;
	en->event_count--;
	return true;
}

void engine_hurry(struct engine *en)
{
	must(sem_post(&en->hurry) == 0);
}

int engine_notify_fd(const struct engine *en)
{
	return en->notify_fd;
}
