/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/outlet.h"

#include "base/limits.h"
#include "base/moment.h"
#include "base/must.h"
#include "library/resample.h"
#include "sys/pipe.h"

#include <stdio.h>

void outlet_begin(struct outlet *o, const char *format, unsigned rate_hz, unsigned channels,
		  double promised_s)
{
	struct pcm_record r = {.kind = PCM_BEGIN, .channels = channels, .detail = rate_hz,
			       .promised_frames = -1};

	must(!o->begun);
	o->begun = true;
	if (o->bare)
		return;
	if (promised_s >= 0 && promised_s < 1e9)
		r.promised_frames = (int64_t)(promised_s * (double)FRAMES_PER_S);
	snprintf(r.format, sizeof(r.format), "%s", format);
	o->gone = !pcm_send(o->fd, &r, NULL);
}

/* What came first; whoever hears it asks for no more. */
static void send_form(struct outlet *o)
{
	struct relay_form f = {.codec = (uint8_t)o->codec, .channels = (uint8_t)o->channels,
			       .rate_hz = o->rate_hz};

	o->gone = !pipe_send(o->fd, &f, sizeof(f));
	o->formed = true;
}

static bool send_samples(void *arg, float *samples, size_t frames)
{
	struct outlet *o = arg;
	struct pcm_record r = {.kind = PCM_DATA, .frames = (uint32_t)frames, .channels = 1};

	o->sent_frames += (int64_t)frames;
	if (o->bare) {
		if (!o->formed)
			send_form(o);
		o->gone = o->gone || !pipe_send(o->fd, samples, frames * sizeof(*samples));
		return !o->gone;
	}
	r.detail = o->in->reached_bytes;
	o->too_long = o->sent_frames > AUDIO_MAX_S * FRAMES_PER_S;
	if (o->too_long)
		return false;
	o->gone = !pcm_send(o->fd, &r, samples);
	return !o->gone;
}

static void flush(struct outlet *o)
{
	if (o->resample != NULL && !o->gone && !o->too_long)
		resample_push(o->resample, NULL, 0, send_samples, o);
	resample_destroy(o->resample);
	o->resample = NULL;
}

enum pcm_status outlet_format(struct outlet *o, unsigned rate_hz, unsigned channels,
			      const enum speaker *speakers)
{
	if (rate_hz < AUDIO_RATE_MIN_HZ || rate_hz > AUDIO_RATE_MAX_HZ)
		return PCM_BAD_RATE;
	if (channels < 1 || channels > DOWNMIX_CHANNELS_MAX)
		return PCM_BAD_CHANNELS;
	flush(o);
	o->rate_hz = rate_hz;
	o->channels = channels;
	downmix_init(&o->mix, channels, speakers);
	o->resample = resample_create(rate_hz, 1);
	return PCM_DONE;
}

bool outlet_write(struct outlet *o, const float *samples, size_t frames)
{
	must(o->begun && o->resample != NULL);
	while (frames > 0) {
		size_t n = frames < PCM_CHUNK_FRAMES ? frames : PCM_CHUNK_FRAMES;

		channels_add(&o->levels, samples, n, o->channels);
		downmix_run(&o->mix, samples, o->mixed, n);
		if (!resample_push(o->resample, o->mixed, n, send_samples, o))
			return false;
		samples += n * o->channels;
		frames -= n;
	}
	return true;
}

void outlet_end(struct outlet *o, enum pcm_status status, int64_t detail)
{
	struct pcm_record r = {.kind = PCM_END, .levels = channels_levels(&o->levels)};

	flush(o);
	r.status = o->too_long ? PCM_TOO_LONG : status;
	r.detail = status == PCM_DONE ? o->torn : detail;
	if (r.status == PCM_DONE && o->sent_frames == 0)
		r.status = PCM_NO_SOUND;
	if (!o->gone && !o->bare)
		pcm_send(o->fd, &r, NULL);
}
