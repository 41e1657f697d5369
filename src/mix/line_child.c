/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/relayfault.h"
#include "mix/line.h"
#include "mix/sink.h"
#include "sys/jail.h"

#include <portaudio.h>
#include <signal.h>
#include <unistd.h>

#define LOOK_MS 20

/* Real-time: no allocation, lock or system call. */
static int callback(const void *in, void *out, unsigned long frames,
		    const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *arg)
{
	(void)out;
	(void)time;
	(void)flags;
	if (in != NULL)
		line_tap_take(arg, in, (int64_t)frames);
	return paContinue;
}

/* As many channels as lead up to the one that is wanted; the first of one alone, so that a sound
 * system that mixes down may. */
static bool open_stream(struct line_tap *t, const char *name, int channel, int latency_ms,
			PaStream **stream)
{
	struct err e = {0};
	int index = sink_find_input(name, &e);

	if (index < 0 || channel < 1 || channel > Pa_GetDeviceInfo(index)->maxInputChannels)
		return false;
	line_tap_init(t, channel, channel - 1);
	PaStreamParameters wish = {.device = index,
				   .channelCount = channel,
				   .sampleFormat = paFloat32,
				   .suggestedLatency = latency_ms / 1000.0};
	return Pa_OpenStream(stream, &wish, NULL, FRAMES_PER_S, paFramesPerBufferUnspecified,
			     paClipOff | paDitherOff, callback, t) == paNoError &&
	       Pa_StartStream(*stream) == paNoError;
}

int line_run(const char *name, int channel, int latency_ms)
{
	static struct line_tap tap;
	struct err e = {0};
	PaStream *stream = NULL;
	bool read = true;

	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	sink_hush();
	if (!sink_init_portaudio(&e) || !open_stream(&tap, name, channel, latency_ms, &stream) ||
	    !jail_keep_nothing(&e))
		return relay_fault_status(RELAY_LINE);
	while (read && Pa_IsStreamActive(stream) == 1) {
		read = line_tap_give(&tap, STDOUT_FILENO);
		Pa_Sleep(LOOK_MS);
	}
	/* Straight out, as mix/sink_child.c: closing can hang for good on a dead server. */
	return relay_fault_status(read ? RELAY_LINE : RELAY_NONE);
}
