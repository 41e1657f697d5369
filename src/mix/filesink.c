/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/filesink.h"

#include "base/limits.h"
#include "base/moment.h"
#include "base/must.h"
#include "base/text.h"
#include "mix/mp3.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Blocks are gathered up to so many frames: the kernel likes large writes, the processor's cache
 * not too large ones. */
#define CHUNK_FRAMES 16384

enum format {
	FORMAT_WAV,
	FORMAT_FLAC,
	FORMAT_MP3,
};

struct filesink {
	enum format format;
	struct filesink_config config;
	char path[PATH_BYTES], part[PATH_BYTES];
	int fd;
	SNDFILE *sound; /* WAV, FLAC */
	struct mp3 *mp3;
	int held; /* frames in gathered */
	float gathered[CHUNK_FRAMES];
	union {
		uint8_t bytes[MP3_OUT_BYTES(CHUNK_FRAMES)];
		float samples[CHUNK_FRAMES * 2];
	} out;
	uint8_t packed[CHUNK_FRAMES * 2 * 3 + 2];
};

static bool format_of(const char *path, enum format *format, struct err *e)
{
	static const char *const suffix[] = {".wav", ".flac", ".mp3"};
	const char *dot = strrchr(path, '.');

	for (int i = 0; dot != NULL && i < 3; i++)
		if (strcasecmp(dot, suffix[i]) == 0) {
			*format = (enum format)i;
			return true;
		}
	return err_set(e, ERR_USAGE,
		       T("%s: tên tệp phải kết thúc bằng .wav, .flac hoặc .mp3",
			 "%s: the name must end in .wav, .flac or .mp3"),
		       path);
}

static bool open_sound(struct filesink *s, struct err *e)
{
	int bits = s->config.bits == 16 ? SF_FORMAT_PCM_16 : SF_FORMAT_PCM_24;
	int container = s->format == FORMAT_FLAC ? SF_FORMAT_FLAC : SF_FORMAT_RF64;
	SF_INFO info = {.samplerate = FRAMES_PER_S,
			.channels = s->config.channels,
			.format = container | bits};

	s->sound = sf_open_fd(s->fd, SFM_WRITE, &info, SF_FALSE);
	if (s->sound == NULL)
		return err_set(e, ERR_FAILED, "%s: %s", s->part, sf_strerror(NULL));
	sf_command(s->sound, SFC_SET_NORM_FLOAT, NULL, SF_FALSE);
	if (s->format == FORMAT_WAV)
		sf_command(s->sound, SFC_RF64_AUTO_DOWNGRADE, NULL, SF_TRUE);
	return true;
}

static bool open_mp3(struct filesink *s, struct err *e)
{
	struct mp3_config config = {.channels = s->config.channels,
				    .bitrate_kbps = s->config.bitrate_kbps,
				    .info_tag = true};

	return mp3_create(&s->mp3, &config, e) || err_wrap(e, "%s", s->path);
}

static void fill_defaults(struct filesink_config *c, enum format format)
{
	if (c->channels == 0)
		c->channels = format == FORMAT_MP3 ? 2 : 1;
	if (c->bits == 0)
		c->bits = 24;
	if (c->bitrate_kbps == 0)
		c->bitrate_kbps = 128;
	must(c->channels == 1 || c->channels == 2);
}

bool filesink_open(struct filesink **out, const char *path, const struct filesink_config *config,
		   struct err *e)
{
	enum format format = FORMAT_WAV;

	if (!format_of(path, &format, e))
		return false;
	if (config->bits != 0 && config->bits != 16 && config->bits != 24)
		return err_set(e, ERR_USAGE,
			       T("%d bit: chỉ có 16 hoặc 24", "%d bit: only 16 or 24"),
			       config->bits);
	struct filesink *s = calloc(1, sizeof(*s));
	must(s != NULL);
	s->format = format;
	s->config = *config;
	fill_defaults(&s->config, format);
	s->fd = -1;
	snprintf(s->path, sizeof(s->path), "%s", path);
	if (snprintf(s->part, sizeof(s->part), "%s.part", path) >= (int)sizeof(s->part)) {
		free(s);
		return err_set(e, ERR_USAGE, T("đường dẫn quá dài", "path too long"));
	}
	s->fd = open(s->part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (s->fd < 0) {
		err_errno(e, T("%s: không tạo được", "%s: cannot be made"), s->part);
		free(s);
		return false;
	}
	if (!(format == FORMAT_MP3 ? open_mp3(s, e) : open_sound(s, e))) {
		filesink_abort(s);
		return false;
	}
	*out = s;
	return true;
}

/* Full scale is a power of two, so that a master's own samples come back; libsndfile, left to
 * itself, takes 2^23 - 1. */
static void scale(struct filesink *s)
{
	float full = s->config.bits == 16 ? 32768.0f : 8388608.0f;
	float most = full - 1.0f;
	float *out = s->out.samples;
	int channels = s->config.channels;

	for (int i = 0; i < s->held; i++) {
		float x = s->gathered[i] * full;
		x = x < most ? x : most;
		s->gathered[i] = x > -full ? x : -full;
	}
	for (int i = 0; i < s->held; i++)
		for (int c = 0; c < channels; c++)
			out[i * channels + c] = s->gathered[i];
}

/* WAV's bytes, rounded to the nearest. libsndfile would do it too, but write 8 kB at a time. Each
 * store is four bytes wide; the next one overwrites what is too much. */
static size_t pack(struct filesink *s)
{
	int count = s->held * s->config.channels;
	size_t wide = (size_t)s->config.bits / 8;
	uint8_t *at = s->packed;

	for (int i = 0; i < count; i++, at += wide) {
		uint32_t x = htole32((uint32_t)(int32_t)lrintf(s->out.samples[i]));
		memcpy(at, &x, sizeof(x));
	}
	return (size_t)(at - s->packed);
}

/* ENOSPC and the like: libsndfile keeps errno of its last write, and says nothing better. */
static bool write_failed(struct filesink *s, struct err *e)
{
	if (errno == 0)
		errno = EIO;
	return err_errno(e, T("%s: ghi không được", "%s: cannot write"), s->part);
}

static bool flush_sound(struct filesink *s, struct err *e)
{
	scale(s);
	errno = 0;
	if (s->format == FORMAT_WAV) {
		sf_count_t bytes = (sf_count_t)pack(s);
		return sf_write_raw(s->sound, s->packed, bytes) == bytes || write_failed(s, e);
	}
	return sf_writef_float(s->sound, s->out.samples, s->held) == s->held || write_failed(s, e);
}

static bool write_all(struct filesink *s, size_t bytes, struct err *e)
{
	for (size_t done = 0; done < bytes;) {
		ssize_t n = write(s->fd, s->out.bytes + done, bytes - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return write_failed(s, e);
		done += (size_t)n;
	}
	return true;
}

static bool flush_mp3(struct filesink *s, struct err *e)
{
	size_t n = mp3_encode(s->mp3, s->gathered, s->gathered, s->held, s->out.bytes,
			      sizeof(s->out.bytes));

	return write_all(s, n, e);
}

static bool flush(struct filesink *s, struct err *e)
{
	bool ok = s->held == 0 ||
		  (s->format == FORMAT_MP3 ? flush_mp3(s, e) : flush_sound(s, e));

	s->held = 0;
	return ok;
}

bool filesink_write(struct filesink *s, const float *mono, int64_t frames, struct err *e)
{
	while (frames > 0) {
		int n = CHUNK_FRAMES - s->held;
		if (n > frames)
			n = (int)frames;
		memcpy(s->gathered + s->held, mono, (size_t)n * sizeof(*mono));
		s->held += n;
		mono += n;
		frames -= n;
		if (s->held == CHUNK_FRAMES && !flush(s, e))
			return false;
	}
	return true;
}

static bool finish_mp3(struct filesink *s, struct err *e)
{
	if (!write_all(s, mp3_flush(s->mp3, s->out.bytes, sizeof(s->out.bytes)), e))
		return false;
	size_t n = mp3_tag(s->mp3, s->out.bytes, sizeof(s->out.bytes));
	return pwrite(s->fd, s->out.bytes, n, 0) == (ssize_t)n || write_failed(s, e);
}

static bool finish_sound(struct filesink *s, struct err *e)
{
	errno = 0;
	bool ok = sf_close(s->sound) == 0;

	s->sound = NULL;
	return ok || write_failed(s, e);
}

static bool publish(struct filesink *s, struct err *e)
{
	if (fdatasync(s->fd) != 0)
		return write_failed(s, e);
	return rename(s->part, s->path) == 0 ||
	       err_errno(e, T("%s: không đặt được tên", "%s: cannot be given its name"), s->path);
}

static void release(struct filesink *s)
{
	if (s->sound != NULL)
		sf_close(s->sound);
	mp3_destroy(s->mp3);
	close(s->fd);
	free(s);
}

bool filesink_close(struct filesink *s, struct err *e)
{
	if (!flush(s, e) || !(s->format == FORMAT_MP3 ? finish_mp3(s, e) : finish_sound(s, e)) ||
	    !publish(s, e)) {
		filesink_abort(s);
		return false;
	}
	release(s);
	return true;
}

void filesink_abort(struct filesink *s)
{
	if (s == NULL)
		return;
	unlink(s->part);
	release(s);
}
