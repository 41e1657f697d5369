/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding of MPEG audio by libmpg123, to the last frame of the file whatever its headers say. */
#include "base/must.h"
#include "library/decode.h"

#include <mpg123.h>
#include <string.h>

static ssize_t io_read(void *arg, void *data, size_t len)
{
	return input_read(arg, data, len);
}

static off_t io_seek(void *arg, off_t offset, int whence)
{
	return input_seek(arg, offset, whence);
}

/* Seconds promised by a Xing or Info header in the first frame (the one LAME
 * writes), −1 without. It stands behind the side information, at most 36 + 4 bytes in. */
static double xing_s(struct input *in)
{
	uint8_t frame[64];
	int64_t at = decode_mpeg_start(in);
	size_t len = at < 0 ? 0 : input_peek(in, at, frame, sizeof(frame));
	static const unsigned hz[3] = {44100, 48000, 32000};

	for (size_t i = 4; i + 12 <= len; i++) {
		if (memcmp(frame + i, "Xing", 4) != 0 && memcmp(frame + i, "Info", 4) != 0)
			continue;
		int version = frame[1] >> 3 & 3, rate = frame[2] >> 2 & 3;
		uint32_t frames = (uint32_t)frame[i + 8] << 24 | frame[i + 9] << 16 |
				  frame[i + 10] << 8 | frame[i + 11];
		if (!(frame[i + 7] & 1) || rate == 3)
			return -1;
		return (double)frames * (version == 3 ? 1152 : 576) /
		       (hz[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2));
	}
	return -1;
}

static mpg123_handle *open_handle(struct input *in)
{
	mpg123_handle *m;
	int error;

	mpg123_init();
	m = mpg123_new(NULL, &error);
	must(m != NULL);
	/* Any amount of rubbish between frames is skipped: joined files carry whole tags, pictures
	 * included, in their middle. */
	mpg123_param(m, MPG123_RESYNC_LIMIT, -1, 0);
	mpg123_param(m, MPG123_ADD_FLAGS,
		     MPG123_FORCE_FLOAT | MPG123_QUIET, 0);
	mpg123_replace_reader_handle(m, io_read, io_seek, NULL);
	in->at_bytes = in->reached_bytes = 0;
	if (mpg123_open_handle(m, in) == MPG123_OK)
		return m;
	mpg123_delete(m);
	return NULL;
}

/* The form of what follows. Joined files may change it in the middle. */
static struct decoded take_format(mpg123_handle *m, struct input *in, struct outlet *out)
{
	long rate = 0;
	int channels = 0, encoding = 0;

	if (mpg123_getformat(m, &rate, &channels, &encoding) != MPG123_OK ||
	    encoding != MPG123_ENC_FLOAT_32)
		return (struct decoded){PCM_DAMAGED, 0};
	if (!out->begun)
		outlet_begin(out, "mp3", (unsigned)rate, (unsigned)channels, xing_s(in));
	enum pcm_status status = outlet_format(out, (unsigned)rate, (unsigned)channels, NULL);
	return (struct decoded){status, rate};
}

static struct decoded decode_handle(mpg123_handle *m, struct input *in, struct outlet *out)
{
	struct decoded d = {PCM_DONE, 0};
	unsigned char *bytes;
	size_t len;

	for (;;) {
		int got = mpg123_decode_frame(m, NULL, &bytes, &len);

		if (got == MPG123_NEW_FORMAT) {
			d = take_format(m, in, out);
			if (d.status != PCM_DONE)
				return d;
		}
		if (len > 0 && bytes != NULL && out->begun &&
		    !outlet_write(out, (const float *)(const void *)bytes,
				  len / sizeof(float) / out->channels))
			return d;
		/* A frame that cannot be decoded is passed over; the end, or an error that repeats
		 * without reading on, ends the file. */
		if (got != MPG123_OK && got != MPG123_NEW_FORMAT)
			break;
	}
	return out->begun ? d : (struct decoded){PCM_DAMAGED, 0};
}

static struct decoded decode(struct input *in, struct outlet *out)
{
	struct decoded d = {PCM_DAMAGED, 0};
	mpg123_handle *m;

	if (decode_mpeg_start(in) < 0)
		return d;
	m = open_handle(in);
	if (m == NULL)
		return d;
	d = decode_handle(m, in, out);
	mpg123_close(m);
	mpg123_delete(m);
	return d;
}

/* A WAV that libsndfile does not open may hold MP3 frames (format tag 0x55). */
static bool probe(enum sniff kind)
{
	return kind == SNIFF_MP3 || kind == SNIFF_WAV;
}

const struct decoder decoder_mp3 = {"mp3", probe, decode};
