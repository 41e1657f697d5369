/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/avsound.h"

#include <libavutil/channel_layout.h>

enum pcm_status avsound_open(struct avsound *a, const AVStream *s)
{
	const AVCodec *decoder = avcodec_find_decoder(s->codecpar->codec_id);

	if (decoder == NULL)
		return PCM_UNSUPPORTED;
	a->codec = avcodec_alloc_context3(decoder);
	a->frame = av_frame_alloc();
	a->plain = av_frame_alloc();
	if (a->codec == NULL || a->frame == NULL || a->plain == NULL ||
	    avcodec_parameters_to_context(a->codec, s->codecpar) < 0)
		return PCM_DAMAGED;
	a->codec->codec_whitelist = av_strdup(AVSOUND_CODECS);
	a->codec->thread_count = 1;
	a->codec->pkt_timebase = s->time_base; /* for the samples an encoder put in front */
	int failed = avcodec_open2(a->codec, decoder, NULL);
	if (failed == AVERROR(EINVAL))
		return PCM_UNSUPPORTED; /* not on the list */
	return failed < 0 ? PCM_DAMAGED : PCM_DONE;
}

static enum speaker speaker_of(enum AVChannel c)
{
	switch (c) {
	case AV_CHAN_FRONT_LEFT:
	case AV_CHAN_FRONT_LEFT_OF_CENTER: return SPEAKER_LEFT;
	case AV_CHAN_FRONT_RIGHT:
	case AV_CHAN_FRONT_RIGHT_OF_CENTER: return SPEAKER_RIGHT;
	case AV_CHAN_FRONT_CENTER: return SPEAKER_CENTRE;
	case AV_CHAN_BACK_LEFT:
	case AV_CHAN_SIDE_LEFT: return SPEAKER_BEHIND_LEFT;
	case AV_CHAN_BACK_RIGHT:
	case AV_CHAN_SIDE_RIGHT: return SPEAKER_BEHIND_RIGHT;
	case AV_CHAN_BACK_CENTER: return SPEAKER_BEHIND_CENTRE;
	default: return SPEAKER_NONE;
	}
}

static bool set_convert(struct avsound *a)
{
	AVFrame *f = a->frame;

	swr_free(&a->convert);
	return swr_alloc_set_opts2(&a->convert, &f->ch_layout, AV_SAMPLE_FMT_FLT, f->sample_rate,
				   &f->ch_layout, (enum AVSampleFormat)f->format, f->sample_rate, 0,
				   NULL) == 0 &&
	       swr_init(a->convert) == 0;
}

static bool take_form(struct avsound *a)
{
	enum speaker speakers[DOWNMIX_CHANNELS_MAX];
	const AVFrame *f = a->frame;
	int channels = f->ch_layout.nb_channels;
	const AVChannelLayout *layout = &f->ch_layout;
	bool known = channels <= DOWNMIX_CHANNELS_MAX && layout->order == AV_CHANNEL_ORDER_NATIVE;

	for (unsigned i = 0; known && i < (unsigned)channels; i++)
		speakers[i] = speaker_of(av_channel_layout_channel_from_index(layout, i));
	a->refused = outlet_format(a->out, (unsigned)f->sample_rate, (unsigned)channels,
				   known ? speakers : NULL);
	if (a->refused != PCM_DONE)
		return false;
	a->rate_hz = f->sample_rate;
	a->channels = channels;
	a->format = f->format;
	return set_convert(a);
}

/* False: stop. */
static bool take_frame(struct avsound *a)
{
	AVFrame *f = a->frame;

	if (f->nb_samples <= 0)
		return true;
	if (f->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) /* WMA: so many, it does not say which */
		av_channel_layout_default(&f->ch_layout, f->ch_layout.nb_channels);
	if ((f->sample_rate != a->rate_hz || f->ch_layout.nb_channels != a->channels ||
	     f->format != a->format) &&
	    !take_form(a))
		return false;
	av_frame_unref(a->plain);
	a->plain->sample_rate = f->sample_rate;
	a->plain->format = AV_SAMPLE_FMT_FLT;
	if (av_channel_layout_copy(&a->plain->ch_layout, &f->ch_layout) < 0 ||
	    swr_convert_frame(a->convert, a->plain, f) < 0) {
		a->out->torn = true;
		return true;
	}
	a->frames += f->nb_samples;
	return outlet_write(a->out, (const float *)(const void *)a->plain->data[0],
			    (size_t)a->plain->nb_samples);
}

bool avsound_feed(struct avsound *a, const AVPacket *packet)
{
	int got = avcodec_send_packet(a->codec, packet);

	if (got < 0 && got != AVERROR_EOF)
		a->out->torn = true;
	for (;;) {
		got = avcodec_receive_frame(a->codec, a->frame);
		if (got == AVERROR(EAGAIN) || got == AVERROR_EOF)
			return true;
		if (got < 0) {
			a->out->torn = true;
			return true;
		}
		if (!take_frame(a))
			return false;
	}
}

void avsound_finish(struct avsound *a)
{
	av_frame_free(&a->frame);
	av_frame_free(&a->plain);
	swr_free(&a->convert);
	avcodec_free_context(&a->codec);
}
