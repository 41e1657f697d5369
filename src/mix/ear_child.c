/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "base/ring.h"
#include "mix/ear.h"
#include "mix/sink.h"
#include "sys/clock.h"
#include "sys/jail.h"
#include "sys/log.h"

#include <portaudio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LOOK_MS 50
#define CHUNK_FRAMES 240
#define CHUNKS 128 /* 0.6 s between two looks */

struct chunk {
	int64_t mono_ns; /* of the first sample */
	uint32_t frames;
	float samples[CHUNK_FRAMES];
};

struct ear {
	struct clock_real clock;
	struct ring ring;
	struct chunk memory[CHUNKS], in, out; /* in: callback; out: main thread */
	struct ear_line line;
	int64_t samples, hops;
	bool gone; /* nobody reads */
};

/* Real-time: no allocation, lock or system call. What finds no room is lost, and the line jumps. */
static int callback(const void *in, void *out, unsigned long frames,
		    const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *arg)
{
	struct ear *ear = arg;
	const float *samples = in;
	double late_s = time->currentTime - time->inputBufferAdcTime;
	int64_t now = clock_mono(&ear->clock.clock).ns;

	(void)out;
	(void)flags;
	if (samples == NULL)
		return paContinue;
	/* Some sound systems tell nothing, some nonsense: then what has come began so long ago. */
	if (!(late_s > 0.0 && late_s < 5.0))
		late_s = (double)frames / FRAMES_PER_S;
	int64_t first = now - (int64_t)(late_s * (double)NS_PER_S);
	for (unsigned long at = 0, n; at < frames; at += n) {
		n = frames - at < CHUNK_FRAMES ? frames - at : CHUNK_FRAMES;
		ear->in.mono_ns = first + ns_of_frames((int64_t)at);
		ear->in.frames = (uint32_t)n;
		memcpy(ear->in.samples, samples + at, n * sizeof(float));
		ring_push(&ear->ring, ear->memory, &ear->in, 1);
	}
	return paContinue;
}

static void tell(void *arg, const struct envelope_hop *hop)
{
	struct ear *ear = arg;
	struct ear_record r = {ear_line_hop(&ear->line, ear->hops++), *hop};

	/* A pipe takes so little whole or not at all. */
	if (write(STDOUT_FILENO, &r, sizeof(r)) != (ssize_t)sizeof(r))
		ear->gone = true;
}

static void take_all(struct ear *ear, struct envelope_maker *m)
{
	while (!ear->gone && ring_pull(&ear->ring, ear->memory, &ear->out, 1) == 1) {
		ear_line_see(&ear->line, ear->samples, ear->out.mono_ns);
		ear->samples += ear->out.frames;
		envelope_add(m, ear->out.samples, ear->out.frames);
	}
	/* What has been heard is not needed any more. */
	memset(&ear->out, 0, sizeof(ear->out));
}

static bool open_stream(struct ear *ear, const char *name, PaStream **stream, struct err *e)
{
	int index = sink_find_input(name, e);

	if (index < 0)
		return false;
	PaStreamParameters wish = {.device = index,
				   .channelCount = 1,
				   .sampleFormat = paFloat32,
				   .suggestedLatency = SINK_LATENCY_MS / 1000.0};
	PaError error = Pa_OpenStream(stream, &wish, NULL, FRAMES_PER_S,
				      paFramesPerBufferUnspecified, paClipOff | paDitherOff,
				      callback, ear);
	if (error == paNoError)
		error = Pa_StartStream(*stream);
	return error == paNoError || err_set(e, ERR_FAILED, "%s", Pa_GetErrorText(error));
}

int ear_run(const char *name)
{
	static struct ear ear;
	struct err e = {0};
	PaStream *stream = NULL;

	sink_hush();
	clock_real_open(&ear.clock);
	ring_init(&ear.ring, sizeof(struct chunk), CHUNKS);
	struct envelope_maker *m = envelope_begin(tell, &ear);
	if (!sink_init_portaudio(&e) || !open_stream(&ear, name, &stream, &e) ||
	    !jail_keep_nothing(&e))
		return 1;
	while (!ear.gone && Pa_IsStreamActive(stream) == 1) {
		take_all(&ear, m);
		Pa_Sleep(LOOK_MS);
	}
	/* Straight out, as mix/sink_child.c: closing can hang for good on a dead server. */
	return ear.gone ? 0 : 1;
}
