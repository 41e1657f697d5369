/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/saying.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "mix/sink.h"
#include "sys/clock.h"
#include "sys/rt.h"

#include <portaudio.h>
#include <stdio.h>
#include <string.h>

#define LOOK_MS 200 /* how often the main thread looks whether the stream still runs */

/* Everything the callback needs; one stream a process. */
struct child {
	struct sink sink;
	struct clock_real clock;
	bool raised; /* real-time priority was asked for */
};

/* PortAudio's time bases differ by back end; the difference of its two times is good on all. */
static int callback(const void *in, void *out, unsigned long frames,
		    const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *arg)
{
	struct child *c = arg;
	double latency_s = time->outputBufferDacTime - time->currentTime;

	(void)in;
	if (!c->raised)
		rt_raise_priority(); /* a system call, once: JACK does it itself, ALSA does not */
	c->raised = true;
	if (!(latency_s > 0.0 && latency_s < 10.0))
		latency_s = 0.0;
	sink_play(&c->sink, out, (int)frames, clock_mono(&c->clock.clock),
		  (int64_t)(latency_s * (double)NS_PER_S), (flags & paOutputUnderflow) != 0);
	return paContinue;
}

/* PortAudio's words, and those of the sound system below it where it has any. */
static const char *words(PaError error)
{
	const PaHostErrorInfo *host = Pa_GetLastHostErrorInfo();

	if (error == paUnanticipatedHostError && host != NULL && host->errorText[0] != '\0')
		return host->errorText;
	return Pa_GetErrorText(error);
}

static bool refused(const PaDeviceInfo *info, int channels, PaError error, struct err *e)
{
	if (info->maxOutputChannels < channels)
		return sink_refuse(e, SAYING_FEW_CHANNELS,
				   json_pack("{s:o, s:i, s:i}", "name", sink_text(info->name),
					     "has", info->maxOutputChannels, "wants", channels));
	return sink_refuse(e, SAYING_BAD_FORMAT,
			   json_pack("{s:o, s:i, s:o, s:f, s:i}", "name", sink_text(info->name),
				     "wants", channels, "why", sink_text(words(error)), "hz",
				     info->defaultSampleRate, "has", info->maxOutputChannels));
}

static bool open_stream(struct child *c, PaStream **stream, struct err *e)
{
	struct shmring *r = c->sink.ring;
	int index = sink_find(r->device, e);

	if (index < 0)
		return false;
	const PaDeviceInfo *info = Pa_GetDeviceInfo(index);
	PaStreamParameters wish = {.device = index,
				   .channelCount = (int)r->channels,
				   .sampleFormat = paFloat32,
				   .suggestedLatency = SINK_LATENCY_MS / 1000.0};
	PaError error = Pa_OpenStream(stream, NULL, &wish, FRAMES_PER_S,
				      paFramesPerBufferUnspecified, paClipOff | paDitherOff,
				      callback, c);
	if (error == paNoError)
		error = Pa_StartStream(*stream);
	if (error != paNoError)
		return refused(info, (int)r->channels, error, e);
	snprintf(r->opened, sizeof(r->opened), "%s: %s", Pa_GetHostApiInfo(info->hostApi)->name,
		 info->name);
	atomic_store_explicit(&r->state, SHMRING_PLAYING, memory_order_release);
	return true;
}

int sink_run(struct shmring *ring)
{
	static struct child c;
	struct err e = {0};
	PaStream *stream = NULL;

	/* For good: ALSA and PortAudio print their own code when a device goes, in the
	 * operator's face. What there is to say stands in ring->fault. */
	sink_hush();
	clock_real_open(&c.clock);
	sink_init(&c.sink, ring);
	ring->device[NAME_BYTES - 1] = '\0';
	if (sink_init_portaudio(&e) && open_stream(&c, &stream, &e)) {
		while (Pa_IsStreamActive(stream) == 1)
			Pa_Sleep(LOOK_MS);
		saying_store(e.text, sizeof(e.text), SAYING_ENDED, NULL, NULL);
	}
	utf8_cut(e.text, sizeof(ring->fault) - 1);
	memcpy(ring->fault, e.text, sizeof(ring->fault) - 1);
	atomic_store_explicit(&ring->state, SHMRING_FAULT, memory_order_release);
	/* Straight out: closing the stream or PortAudio can hang for good on a dead server. */
	return 1;
}
