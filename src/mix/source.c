/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A master on disk as a source: FLAC read by libFLAC itself. libsndfile on top of it costs a
 * third more (it copies and converts twice), and tells of a damaged file only by reading less. */
#include "base/must.h"
#include "base/text.h"
#include "mix/feeder.h"
#include "mix/vetted.h"

#include <FLAC/stream_decoder.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct master {
	struct source source;
	FLAC__StreamDecoder *decoder;
	int fd;
	struct vetted *vetted;
	int64_t part; /* to be read next */
	/* As its header says; all 0 when it has none. */
	unsigned rate_hz, channels, bits, block_frames;
	int64_t frames;
	int64_t at;
	float *out; /* where the block being decoded goes, room frames at most; then to rest */
	int64_t room;
	float *rest; /* block_frames of them */
	int64_t rest_at, rest_end;
	bool broken, changed;
	size_t byte_at, byte_end; /* of the part read last, what the decoder has not taken */
	uint8_t bytes[VETTED_PART_BYTES];
};

/* Two channels become one by their mean: a sound that is in the middle keeps its level, and nothing
 * can grow louder than the louder channel. (Masters have one; older ones may have two.) */
static void convert(const struct master *m, const FLAC__int32 *const buffer[], int64_t from,
		    float *out, int64_t count)
{
	const float scale = 1.0f / (float)(1 << (m->bits - 1));
	const FLAC__int32 *left = buffer[0] + from, *right = buffer[m->channels - 1] + from;

	if (m->channels == 1)
		for (int64_t i = 0; i < count; i++)
			out[i] = (float)left[i] * scale;
	else
		for (int64_t i = 0; i < count; i++)
			out[i] = ((float)left[i] + (float)right[i]) * (0.5f * scale);
}

static FLAC__StreamDecoderWriteStatus on_block(const FLAC__StreamDecoder *decoder,
					       const FLAC__Frame *frame,
					       const FLAC__int32 *const buffer[], void *arg)
{
	struct master *m = arg;
	int64_t n = frame->header.blocksize, now = n < m->room ? n : m->room;

	(void)decoder;
	if (m->broken || n > m->block_frames || frame->header.channels != m->channels ||
	    frame->header.bits_per_sample != m->bits) {
		m->broken = true;
		return FLAC__STREAM_DECODER_WRITE_STATUS_ABORT;
	}
	convert(m, buffer, 0, m->out, now);
	m->out += now;
	m->room -= now;
	convert(m, buffer, now, m->rest, n - now);
	m->rest_at = 0;
	m->rest_end = n - now;
	return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
}

static void on_header(const FLAC__StreamDecoder *decoder, const FLAC__StreamMetadata *data,
		      void *arg)
{
	const FLAC__StreamMetadata_StreamInfo *info = &data->data.stream_info;
	struct master *m = arg;

	(void)decoder;
	if (data->type != FLAC__METADATA_TYPE_STREAMINFO || m->rest != NULL)
		return;
	m->rate_hz = info->sample_rate;
	m->channels = info->channels;
	m->bits = info->bits_per_sample;
	m->block_frames = info->max_blocksize;
	m->frames = (int64_t)info->total_samples;
}

/* What follows a wrong check sum would be silence in place of sound. */
static void on_error(const FLAC__StreamDecoder *decoder, FLAC__StreamDecoderErrorStatus status,
		     void *arg)
{
	(void)decoder;
	(void)status;
	((struct master *)arg)->broken = true;
}

static bool next_part(struct master *m)
{
	int64_t n = vetted_read(m->vetted, m->fd, m->part, m->bytes);

	m->changed = m->changed || n == VETTED_OTHER;
	m->broken = m->broken || n < 0;
	m->byte_at = 0;
	m->byte_end = n > 0 ? (size_t)n : 0;
	m->part++;
	return n > 0;
}

static FLAC__StreamDecoderReadStatus on_read(const FLAC__StreamDecoder *decoder, FLAC__byte out[],
					     size_t *bytes, void *arg)
{
	struct master *m = arg;
	size_t n = 0;

	(void)decoder;
	if (m->byte_at < m->byte_end || next_part(m)) {
		n = m->byte_end - m->byte_at < *bytes ? m->byte_end - m->byte_at : *bytes;
		memcpy(out, m->bytes + m->byte_at, n);
		m->byte_at += n;
	}
	*bytes = n;
	return n > 0	   ? FLAC__STREAM_DECODER_READ_STATUS_CONTINUE
	       : m->broken ? FLAC__STREAM_DECODER_READ_STATUS_ABORT
			   : FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM;
}

static void take_rest(struct master *m)
{
	int64_t held = m->rest_end - m->rest_at, n = held < m->room ? held : m->room;

	memcpy(m->out, m->rest + m->rest_at, (size_t)n * sizeof(float));
	m->rest_at += n;
	m->out += n;
	m->room -= n;
}

static int64_t master_read(struct source *s, float *out, int64_t frames)
{
	struct master *m = (struct master *)s;

	m->out = out;
	m->room = frames;
	take_rest(m);
	while (m->room > 0 && !m->broken &&
	       FLAC__stream_decoder_process_single(m->decoder) &&
	       FLAC__stream_decoder_get_state(m->decoder) < FLAC__STREAM_DECODER_END_OF_STREAM)
		continue;
	int64_t got = frames - m->room;
	m->at += got;
	if (got > 0)
		return got;
	return m->at == m->frames ? 0 : m->changed ? SOURCE_CHANGED : -1;
}

static bool master_rewind(struct source *s)
{
	struct master *m = (struct master *)s;

	m->at = m->rest_at = m->rest_end = 0;
	m->part = 0;
	m->byte_at = m->byte_end = 0;
	m->broken = m->changed = false;
	return FLAC__stream_decoder_reset(m->decoder);
}

static void destroy(struct master *m)
{
	FLAC__stream_decoder_delete(m->decoder);
	vetted_release(m->vetted);
	if (m->fd >= 0)
		close(m->fd);
	free(m->rest);
	free(m);
}

static void master_close(struct source *s)
{
	destroy((struct master *)s);
}

static const struct source_ops master_ops = {master_read, master_rewind, master_close};

static bool open_file(struct master *m, const char *path, const char *sha256, struct err *e)
{
	/* O_NONBLOCK: a pipe of that name must not hold the station up. */
	m->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (m->fd < 0)
		return err_errno(e, T("không mở được bản chủ %s", "cannot open master %s"), path);
	m->vetted = vetted_get(m->fd, sha256, e);
	return m->vetted != NULL || err_wrap(e, T("bản chủ %s", "master %s"), path);
}

/* Without a way to seek: reset then leaves it to master_rewind to begin at the first part. */
static void open_decoder(struct master *m)
{
	m->decoder = FLAC__stream_decoder_new();
	must(m->decoder != NULL);
	must(FLAC__stream_decoder_init_stream(m->decoder, on_read, NULL, NULL, NULL, NULL, on_block,
					      on_header, on_error, m) ==
	     FLAC__STREAM_DECODER_INIT_STATUS_OK);
}

static bool read_header(struct master *m, const char *path, struct err *e)
{
	bool ok = FLAC__stream_decoder_process_until_end_of_metadata(m->decoder) && !m->broken &&
		  m->frames > 0 && m->block_frames > 0 && m->bits >= 4 && m->bits <= 24;

	if (!ok)
		return err_set(e, ERR_FAILED,
			       T("bản chủ %s hỏng: hãy nạp lại tệp gốc",
				 "master %s is damaged: add the original again"),
			       path);
	if (m->rate_hz == FRAMES_PER_S && m->channels <= 2)
		return true;
	return err_set(e, ERR_FAILED,
		       T("bản chủ %s có %u Hz, %u kênh: cần 48000 Hz, 1 hoặc 2 kênh; "
			 "hãy nạp lại tệp gốc",
			 "master %s has %u Hz, %u channels: 48000 Hz and 1 or 2 channels are "
			 "needed; add the original again"),
		       path, m->rate_hz, m->channels);
}

struct source *source_open_master(const char *path, const char *sha256, struct err *e)
{
	struct master *m = calloc(1, sizeof(*m));

	must(m != NULL);
	m->source.ops = &master_ops;
	open_decoder(m);
	if (open_file(m, path, sha256, e) && read_header(m, path, e)) {
		m->rest = malloc(m->block_frames * sizeof(float));
		must(m->rest != NULL);
		return &m->source;
	}
	destroy(m);
	return NULL;
}

bool source_read_master(const char *path, const char *sha256,
			void (*take)(void *arg, const float *samples, size_t frames), void *arg,
			struct err *e)
{
	float samples[10 * BLOCK_FRAMES];
	int64_t got;
	struct source *s = source_open_master(path, sha256, e);

	if (s == NULL)
		return false;
	while ((got = master_read(s, samples, 10 * BLOCK_FRAMES)) > 0)
		take(arg, samples, (size_t)got);
	master_close(s);
	return got == 0 ||
	       err_set(e, got == SOURCE_CHANGED ? ERR_DIFFERS : ERR_DAMAGED,
		       T("bản chủ %s hỏng: hãy nạp lại tệp gốc",
			 "master %s is damaged: add the original again"),
		       path);
}
