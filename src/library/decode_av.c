/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding by FFmpeg's libraries: what telephones and browsers record. They read hundreds of
 * formats and therefore have hundreds of mistakes, so each file meets one demuxer, chosen by its
 * first bytes without FFmpeg's own guessing, and a short list of decoders. */
#include "library/amr.h"
#include "library/decode.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>

#define IO_BYTES 32768

static const char codecs[] = "aac,aac_latm,alac,opus,vorbis,flac,mp3float,ac3,libspeex,speex,"
			     "wmav1,wmav2,wmapro,wmavoice,pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,"
			     "pcm_s32le,pcm_f32le,pcm_alaw,pcm_mulaw,adpcm_ima_wav,adpcm_ms,gsm_ms";

static const struct source {
	enum sniff kind;
	const char *demuxer, *name;
} sources[] = {
	{SNIFF_M4A, "mov", "m4a"}, {SNIFF_AAC, "aac", "aac"}, {SNIFF_WMA, "asf", "wma"},
	{SNIFF_MATROSKA, "matroska", "webm"}, {SNIFF_OGG, "ogg", "ogg"},
	{SNIFF_WAV, "wav", "wav"}, {SNIFF_CAF, "caf", "caf"},
};

struct av {
	struct outlet *out;
	AVFormatContext *file;
	AVCodecContext *codec;
	SwrContext *convert; /* any sample format to interleaved float; nothing else */
	AVPacket *packet;
	AVFrame *frame, *plain;
	int stream;
	int rate_hz; /* of what came last; 0: nothing yet */
	int channels, format;
	enum pcm_status refused; /* PCM_DONE: nothing was */
	struct amr amr;		 /* instead of codec, for 3GP; see amr.c for why */
};

static const struct source *source_of(enum sniff kind)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (sources[i].kind == kind)
			return &sources[i];
	return NULL;
}

static int io_read(void *arg, uint8_t *data, int len)
{
	ssize_t n = input_read(arg, data, (size_t)len);

	return n > 0 ? (int)n : n == 0 ? AVERROR_EOF : AVERROR(EIO);
}

static int64_t io_seek(void *arg, int64_t offset, int whence)
{
	struct input *in = arg;

	if (whence == AVSEEK_SIZE)
		return in->size_bytes;
	return input_seek(in, offset, whence & ~AVSEEK_FORCE);
}

/* NULL is fine: memory may be out. */
static void free_io(AVIOContext *io)
{
	if (io != NULL)
		av_freep(&io->buffer);
	avio_context_free(&io);
}

static bool open_file(struct av *a, const struct source *s, struct input *in)
{
	a->file = avformat_alloc_context();
	if (a->file == NULL)
		return false;
	a->file->pb =
		avio_alloc_context(av_malloc(IO_BYTES), IO_BYTES, 0, in, io_read, NULL, io_seek);
	a->file->codec_whitelist = av_strdup(codecs);
	a->file->format_whitelist = av_strdup(s->demuxer);
	a->file->protocol_whitelist = av_strdup("none"); /* a file may name another: for nothing */
	a->file->flags |= AVFMT_FLAG_CUSTOM_IO;
	if (a->file->pb == NULL)
		return false;
	/* On failure it frees the context and forgets it, but not the I/O. */
	AVIOContext *io = a->file->pb;
	if (avformat_open_input(&a->file, "", av_find_input_format(s->demuxer), NULL) == 0)
		return true;
	free_io(io);
	return false;
}

/* PCM_DONE: the decoder stands ready. */
static enum pcm_status open_codec(struct av *a)
{
	if (avformat_find_stream_info(a->file, NULL) < 0)
		return PCM_DAMAGED;
	a->stream = av_find_best_stream(a->file, AVMEDIA_TYPE_AUDIO, -1, -1, NULL, 0);
	if (a->stream < 0)
		return PCM_NO_SOUND; /* a film without sound */
	AVStream *s = a->file->streams[a->stream];
	if (s->codecpar->codec_id == AV_CODEC_ID_AMR_NB ||
	    s->codecpar->codec_id == AV_CODEC_ID_AMR_WB) {
		amr_init(&a->amr, s->codecpar->codec_id == AV_CODEC_ID_AMR_WB);
		return PCM_DONE;
	}
	const AVCodec *decoder = avcodec_find_decoder(s->codecpar->codec_id);
	if (decoder == NULL)
		return PCM_UNSUPPORTED;
	a->codec = avcodec_alloc_context3(decoder);
	if (a->codec == NULL || avcodec_parameters_to_context(a->codec, s->codecpar) < 0)
		return PCM_DAMAGED;
	a->codec->codec_whitelist = av_strdup(codecs);
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

static bool set_convert(struct av *a)
{
	AVFrame *f = a->frame;

	swr_free(&a->convert);
	return swr_alloc_set_opts2(&a->convert, &f->ch_layout, AV_SAMPLE_FMT_FLT, f->sample_rate,
				   &f->ch_layout, (enum AVSampleFormat)f->format, f->sample_rate, 0,
				   NULL) == 0 &&
	       swr_init(a->convert) == 0;
}

static bool take_form(struct av *a)
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
static bool take_frame(struct av *a)
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
	return outlet_write(a->out, (const float *)(const void *)a->plain->data[0],
			    (size_t)a->plain->nb_samples);
}

/* Feeds a packet (NULL: the end) and takes what comes of it. A packet that cannot be decoded is
 * passed over and told. False: stop. */
static bool feed(struct av *a, const AVPacket *packet)
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

/* Feeds a packet of frames. False: stop. */
static bool feed_amr(struct av *a)
{
	size_t len = (size_t)a->packet->size;
	bool all = amr_write(&a->amr, a->packet->data, len, a->out) == len;

	if (a->out->gone || a->out->too_long)
		return false;
	a->out->torn |= !all;
	return true;
}

static struct decoded decode_packets(struct av *a)
{
	bool going = true;
	int got = 0;

	while (going && (got = av_read_frame(a->file, a->packet)) >= 0) {
		if (a->packet->stream_index != a->stream)
			going = true;
		else if (a->amr.state != NULL)
			going = feed_amr(a);
		else
			going = feed(a, a->packet);
		av_packet_unref(a->packet);
	}
	if (going && a->codec != NULL)
		feed(a, NULL);
	if (got < 0 && got != AVERROR_EOF)
		a->out->torn = true;
	return (struct decoded){a->refused, a->refused == PCM_BAD_RATE ? a->frame->sample_rate
								       : a->channels};
}

/* What the container says, unless FFmpeg itself has only guessed it from the bit rate. */
static double promised_s(const AVFormatContext *file)
{
	if (file->duration <= 0 || file->duration_estimation_method == AVFMT_DURATION_FROM_BITRATE)
		return -1;
	return (double)file->duration / AV_TIME_BASE;
}

static struct decoded decode_source(struct av *a, const struct source *s, struct input *in)
{
	if (!open_file(a, s, in))
		return (struct decoded){PCM_DAMAGED, (int64_t)s->kind};
	enum pcm_status status = open_codec(a);
	if (status != PCM_DONE)
		return (struct decoded){status, (int64_t)s->kind};
	a->packet = av_packet_alloc();
	a->frame = av_frame_alloc();
	a->plain = av_frame_alloc();
	if (a->packet == NULL || a->frame == NULL || a->plain == NULL)
		return (struct decoded){PCM_DAMAGED, (int64_t)s->kind};
	const AVCodecParameters *p = a->file->streams[a->stream]->codecpar;
	outlet_begin(a->out, s->name, (unsigned)p->sample_rate, (unsigned)p->ch_layout.nb_channels,
		     promised_s(a->file));
	if (a->amr.state != NULL)
		outlet_format(a->out, a->amr.wide ? AMR_WIDE_HZ : AMR_NARROW_HZ, 1, NULL);
	return decode_packets(a);
}

static void release(struct av *a)
{
	av_packet_free(&a->packet);
	av_frame_free(&a->frame);
	av_frame_free(&a->plain);
	swr_free(&a->convert);
	avcodec_free_context(&a->codec);
	amr_finish(&a->amr);
	if (a->file != NULL) {
		AVIOContext *io = a->file->pb;
		avformat_close_input(&a->file);
		free_io(io);
	}
}

static struct decoded decode(struct input *in, struct outlet *out)
{
	struct av a = {.out = out};
	const struct source *s = source_of(decode_kind(in));

	if (s == NULL)
		return (struct decoded){PCM_DAMAGED, 0};
	av_log_set_level(AV_LOG_QUIET);
	in->at_bytes = 0;
	struct decoded d = decode_source(&a, s, in);
	release(&a);
	return d;
}

static bool probe(enum sniff kind)
{
	return source_of(kind) != NULL;
}

const struct decoder decoder_av = {"av", probe, decode};
