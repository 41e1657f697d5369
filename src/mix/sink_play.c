/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real-time: runs inside the sound system's callback. No allocation, lock or system call. */
#include "mix/sink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define QUIET 0.003f /* −50 dB of full scale: below a room's own noise behind a horn */

void sink_init(struct sink *s, struct shmring *ring)
{
	memset(s, 0, sizeof(*s));
	s->ring = ring;
	s->offset = SHMRING_UNARMED;
	s->slip_position = -1;
}

static int read_at(const struct sink *s, int64_t offset, float *out, int frames)
{
	return shmring_read(s->ring, (struct frame){s->position + offset}, out, frames);
}

static bool quiet(const float *samples, int count)
{
	for (int i = 0; i < count; i++)
		if (fabsf(samples[i]) > QUIET)
			return false;
	return true;
}

static void use_offset(struct sink *s, int64_t offset)
{
	s->offset = offset;
	s->slip_position = -1;
	atomic_store_explicit(&s->ring->applied, offset, memory_order_release);
}

/* out holds the frames under the old offset; if now is the moment, replaces them by those under
 * the new one. Linear and not equal-power: the two sounds are the same one a few milliseconds
 * apart. */
static int slip(struct sink *s, int64_t offset, float *out, int frames, int got)
{
	int channels = (int)s->ring->channels;
	int fade = frames < SINK_SLIP_FRAMES ? frames : SINK_SLIP_FRAMES;

	if (s->slip_position < 0)
		s->slip_position = s->position;
	/* A large step is no drift: the device ran dry, and the sound is broken here anyway. */
	bool patient = llabs(offset - s->offset) <= 2 * SINK_SLIP_FRAMES &&
		       s->position - s->slip_position < SINK_SLIP_WAIT_MS * FRAMES_PER_S / 1000;
	if (patient && !quiet(out, frames * channels))
		return got;
	memcpy(s->old, out, sizeof(float) * (size_t)(fade * channels));
	got = read_at(s, offset, out, frames);
	if (patient && !quiet(out, frames * channels))
		return read_at(s, s->offset, out, frames);
	for (int i = 0; i < fade * channels; i++) {
		float x = (float)(i / channels) / (float)fade;
		out[i] = s->old[i] + x * (out[i] - s->old[i]);
	}
	use_offset(s, offset);
	atomic_fetch_add_explicit(&s->ring->slips, 1, memory_order_relaxed);
	return got;
}

static int play_ours(struct sink *s, int64_t offset, float *out, int frames)
{
	if (s->offset == SHMRING_UNARMED)
		use_offset(s, offset);
	int got = read_at(s, s->offset, out, frames);
	if (offset != s->offset)
		return slip(s, offset, out, frames, got);
	s->slip_position = -1;
	return got;
}

static void count(struct sink *s, int got, int frames, bool underflow)
{
	struct shmring *r = s->ring;

	atomic_fetch_add_explicit(&r->consumed_frames, got, memory_order_release);
	if (!s->begun) {
		s->begun = got > 0;
		return;
	}
	if (got < frames)
		atomic_fetch_add_explicit(&r->silent_frames, frames - got, memory_order_relaxed);
	if (got < frames || underflow)
		atomic_fetch_add_explicit(&r->xruns, 1, memory_order_relaxed);
}

void sink_play(struct sink *s, float *out, int frames, struct mono now, int64_t latency_ns,
	       bool underflow)
{
	int64_t offset = atomic_load_explicit(&s->ring->offset, memory_order_acquire);
	struct shmring_report report = {s->position, frames, mono_add_ns(now, latency_ns),
					latency_ns};

	shmring_put_report(s->ring, &report);
	if (offset != SHMRING_UNARMED)
		count(s, play_ours(s, offset, out, frames), frames, underflow);
	else
		memset(out, 0, sizeof(float) * s->ring->channels * (size_t)frames);
	s->position += frames;
	atomic_fetch_add_explicit(&s->ring->beats, 1, memory_order_release);
}
