/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding by FFmpeg's libraries: what telephones and browsers record. They read hundreds of
 * formats and therefore have hundreds of mistakes, so each file meets one demuxer, chosen by its
 * first bytes without FFmpeg's own guessing, and a short list of decoders (avsound.h). */
#include "library/amr.h"
#include "library/avsound.h"
#include "library/decode.h"

#define IO_BYTES 32768

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
	struct avsound sound;
	AVPacket *packet;
	int stream;
	struct amr amr; /* instead of sound, for 3GP; see amr.c for why */
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
	a->file->codec_whitelist = av_strdup(AVSOUND_CODECS);
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
	return avsound_open(&a->sound, s);
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
			going = avsound_feed(&a->sound, a->packet);
		av_packet_unref(a->packet);
	}
	if (going && a->sound.codec != NULL)
		avsound_feed(&a->sound, NULL);
	if (got < 0 && got != AVERROR_EOF)
		a->out->torn = true;
	const struct avsound *v = &a->sound;
	return (struct decoded){v->refused, v->refused == PCM_BAD_RATE ? v->frame->sample_rate
								       : v->channels};
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
	if (a->packet == NULL)
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
	avsound_finish(&a->sound);
	amr_finish(&a->amr);
	if (a->file != NULL) {
		AVIOContext *io = a->file->pb;
		avformat_close_input(&a->file);
		free_io(io);
	}
}

static struct decoded decode(struct input *in, struct outlet *out)
{
	struct av a = {.out = out, .sound = {.out = out}};
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
