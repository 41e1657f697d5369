/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One demuxer, chosen by what comes first. A stream that turns into another kind is not followed
 * here: what the old demuxer finds in it is nothing or noise. It ends with a fault, whoever
 * supervises connects anew, and that is looked at afresh. */
#include "library/relayed.h"

#include "base/limits.h"
#include "library/avsound.h"
#include "library/streamkind.h"
#include "sys/jail.h"
#include "sys/log.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define IO_BYTES 4096	     /* small: sound that waits here is not heard */
#define PROBE_BYTES (256 << 10)
#define PROBE_S 3
#define OTHERS_MAX 100	     /* packets of another sound in a row: ours has ended */

struct relayed {
	int fd;
	struct outlet *out;
	uint8_t head[STREAM_HEAD_BYTES];
	size_t head_bytes, head_read;
	int64_t barren_bytes; /* since the last frame of sound */
	int64_t frames;	      /* avsound.frames when that was looked at */
	AVIOContext *io; /* a file that could not be opened is gone, and this is not */
	AVFormatContext *file;
	AVPacket *packet;
	struct avsound sound;
	int index, others;
	bool barren;
	enum stream_kind kind;
	uint8_t late[STREAM_HEAD_BYTES]; /* what came last: has it become another kind? */
	size_t late_bytes;
	int64_t late_frames; /* avsound.frames when that began */
};

static ssize_t read_some(int fd, void *data, size_t len)
{
	ssize_t n;

	do
		n = read(fd, data, len);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Reads until the kind is known. */
static enum stream_kind look(struct relayed *s)
{
	enum stream_kind kind = STREAM_UNSURE;

	while (kind == STREAM_UNSURE) {
		ssize_t n = read_some(s->fd, s->head + s->head_bytes,
				      sizeof(s->head) - s->head_bytes);
		if (n <= 0)
			return STREAM_UNSURE;
		s->head_bytes += (size_t)n;
		kind = stream_kind(s->head, s->head_bytes);
	}
	return kind;
}

/* True: it is another kind by now. Decoding silence, or nothing, until enough has come to despair
 * would take half a minute at the rates of radio. */
static bool changed(struct relayed *s, const uint8_t *data, size_t len)
{
	for (size_t n; len > 0; data += n, len -= n) {
		size_t room = sizeof(s->late) - s->late_bytes;
		n = len < room ? len : room;
		memcpy(s->late + s->late_bytes, data, n);
		s->late_bytes += n;
		if (s->late_bytes < sizeof(s->late))
			continue;
		bool dumb = s->sound.frames == s->late_frames;
		s->late_bytes = 0;
		s->late_frames = s->sound.frames;
		if (stream_becomes(s->kind, s->late, sizeof(s->late), dumb) != s->kind)
			return true;
	}
	return false;
}

static int io_read(void *arg, uint8_t *data, int len)
{
	struct relayed *s = arg;
	size_t held = s->head_bytes - s->head_read;

	if (s->sound.frames != s->frames)
		s->barren_bytes = 0;
	s->frames = s->sound.frames;
	s->barren = s->barren_bytes > RELAY_BARREN_BYTES;
	if (s->barren)
		return AVERROR_EXIT;
	if (held > 0) {
		size_t n = held < (size_t)len ? held : (size_t)len;
		memcpy(data, s->head + s->head_read, n);
		s->head_read += n;
		return (int)n;
	}
	ssize_t n = read_some(s->fd, data, (size_t)len);
	if (n > 0)
		s->barren_bytes += n;
	s->barren = n > 0 && changed(s, data, (size_t)n);
	if (s->barren)
		return AVERROR_EXIT;
	return n > 0 ? (int)n : n == 0 ? AVERROR_EOF : AVERROR(EIO);
}

static const char *demuxer(enum stream_kind kind)
{
	switch (kind) {
	case STREAM_MP3: return "mp3";
	case STREAM_AAC: return "aac";
	case STREAM_TS: return "mpegts";
	case STREAM_OGG: return "ogg";
	case STREAM_FLAC: return "flac";
	case STREAM_MP4: return "mov";
	default: return "";
	}
}

static bool open_input(struct relayed *s, const char *name)
{
	s->io = avio_alloc_context(av_malloc(IO_BYTES), IO_BYTES, 0, s, io_read, NULL, NULL);
	s->file = avformat_alloc_context();
	if (s->file == NULL || s->io == NULL)
		return false;
	s->file->pb = s->io;
	s->file->codec_whitelist = av_strdup(AVSOUND_CODECS);
	s->file->format_whitelist = av_strdup(name);
	s->file->protocol_whitelist = av_strdup("none");
	s->file->flags |= AVFMT_FLAG_CUSTOM_IO;
	s->file->probesize = PROBE_BYTES;
	s->file->max_analyze_duration = PROBE_S * AV_TIME_BASE;
	return avformat_open_input(&s->file, "", av_find_input_format(name), NULL) == 0;
}

static bool beyond_use(int rate_hz, int channels)
{
	return rate_hz > RELAY_RATE_MAX_HZ || channels > RELAY_CHANNELS_MAX;
}

static enum relay_codec codec_of(enum AVCodecID id)
{
	switch (id) {
	case AV_CODEC_ID_MP3: return RELAY_CODEC_MP3;
	case AV_CODEC_ID_AAC:
	case AV_CODEC_ID_AAC_LATM: return RELAY_CODEC_AAC;
	case AV_CODEC_ID_OPUS: return RELAY_CODEC_OPUS;
	case AV_CODEC_ID_VORBIS: return RELAY_CODEC_VORBIS;
	case AV_CODEC_ID_FLAC: return RELAY_CODEC_FLAC;
	default: return RELAY_CODEC_OTHER;
	}
}

static enum relay_fault open_stream(struct relayed *s)
{
	if (!open_input(s, demuxer(s->kind)) || avformat_find_stream_info(s->file, NULL) < 0)
		return RELAY_DAMAGED;
	s->index = av_find_best_stream(s->file, AVMEDIA_TYPE_AUDIO, -1, -1, NULL, 0);
	if (s->index < 0)
		return RELAY_NOT_SOUND; /* pictures alone */
	const AVCodecParameters *p = s->file->streams[s->index]->codecpar;
	if (beyond_use(p->sample_rate, p->ch_layout.nb_channels))
		return RELAY_FORM;
	switch (avsound_open(&s->sound, s->file->streams[s->index])) {
	case PCM_DONE: break;
	case PCM_UNSUPPORTED: return RELAY_UNSUPPORTED;
	default: return RELAY_DAMAGED;
	}
	s->packet = av_packet_alloc();
	s->out->codec = codec_of(p->codec_id);
	outlet_begin(s->out, "", 0, 0, -1);
	return s->packet != NULL ? RELAY_NONE : RELAY_DAMAGED;
}

/* False: stop. */
static bool take_packet(struct relayed *s)
{
	const AVStream *of = s->file->streams[s->packet->stream_index];

	if (s->packet->stream_index != s->index) {
		s->others += of->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
		return s->others < OTHERS_MAX;
	}
	s->others = 0;
	return avsound_feed(&s->sound, s->packet) &&
	       !beyond_use(s->sound.rate_hz, s->sound.channels);
}

static enum relay_fault decode(struct relayed *s)
{
	bool going = true;
	int got = 0;

	while (going && (got = av_read_frame(s->file, s->packet)) >= 0) {
		going = take_packet(s);
		av_packet_unref(s->packet);
	}
	if (s->out->gone)
		return RELAY_NONE;
	if (s->sound.refused != PCM_DONE || beyond_use(s->sound.rate_hz, s->sound.channels))
		return RELAY_FORM;
	return !going || s->barren || got != AVERROR_EOF ? RELAY_DAMAGED : RELAY_NONE;
}

static void release(struct relayed *s)
{
	av_packet_free(&s->packet);
	avsound_finish(&s->sound);
	avformat_close_input(&s->file);
	if (s->io != NULL)
		av_freep(&s->io->buffer);
	avio_context_free(&s->io);
}

/* No radio sends it for long; what is wrong with it is said as of any other sound. */
static enum relay_fault wav_fault(const struct relayed *s)
{
	unsigned channels;
	uint32_t rate_hz;

	stream_wav_form(s->head, s->head_bytes, &rate_hz, &channels);
	return rate_hz > RELAY_RATE_MAX_HZ || channels > RELAY_CHANNELS_MAX ? RELAY_FORM
									    : RELAY_UNSUPPORTED;
}

enum relay_fault relayed_run(int in_fd, int out_fd)
{
	struct outlet out = {.fd = out_fd, .bare = true};
	struct relayed s = {.fd = in_fd, .out = &out, .sound = {.out = &out}};

	s.kind = look(&s);
	av_log_set_level(AV_LOG_QUIET);
	switch (s.kind) {
	case STREAM_UNSURE: return s.head_bytes == 0 ? RELAY_NONE : RELAY_NOT_SOUND;
	case STREAM_NOT_SOUND: return RELAY_NOT_SOUND;
	case STREAM_WAV: return wav_fault(&s);
	case STREAM_OTHER: return RELAY_UNSUPPORTED;
	default: break;
	}
	enum relay_fault fault = open_stream(&s);
	if (fault == RELAY_NONE)
		fault = decode(&s);
	outlet_end(&out, PCM_DONE, 0);
	release(&s);
	return fault;
}

int relayed_main(void)
{
	struct err e = {0};

	if (jail_enter(&(struct jail_limits){.cpu_s = RELAY_CPU_S,
					     .memory_bytes = WORKER_MEMORY_BYTES}, &e))
		return relay_fault_status(relayed_run(STDIN_FILENO, STDOUT_FILENO));
	log_warn("stream: %s", e.text);
	return 1;
}
