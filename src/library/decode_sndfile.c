/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding by libsndfile over virtual I/O, so that a mended header is seen and progress known. */
#include "library/decode.h"
#include "library/ogg.h"

#include <sndfile.h>
#include <stdio.h>
#include <string.h>

static sf_count_t io_size(void *arg)
{
	return ((struct input *)arg)->size_bytes;
}

static sf_count_t io_seek(sf_count_t offset, int whence, void *arg)
{
	return input_seek(arg, offset, whence);
}

static sf_count_t io_read(void *data, sf_count_t len, void *arg)
{
	ssize_t n = input_read(arg, data, (size_t)len);

	return n < 0 ? 0 : n;
}

static sf_count_t io_tell(void *arg)
{
	return ((struct input *)arg)->at_bytes;
}

static SF_VIRTUAL_IO virtual_io = {
	.get_filelen = io_size, .seek = io_seek, .read = io_read, .tell = io_tell,
};

static const char *format_name(int format)
{
	switch (format & SF_FORMAT_TYPEMASK) {
	case SF_FORMAT_FLAC: return "flac";
	case SF_FORMAT_OGG:
		return (format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS ? "opus" : "ogg";
	case SF_FORMAT_AIFF: return "aiff";
	case SF_FORMAT_CAF: return "caf";
	case SF_FORMAT_AU: return "au";
	default: return "wav"; /* and its large relatives W64 and RF64 */
	}
}

static enum speaker speaker_of(int position)
{
	switch (position) {
	case SF_CHANNEL_MAP_LEFT:
	case SF_CHANNEL_MAP_FRONT_LEFT:
	case SF_CHANNEL_MAP_FRONT_LEFT_OF_CENTER:
		return SPEAKER_LEFT;
	case SF_CHANNEL_MAP_RIGHT:
	case SF_CHANNEL_MAP_FRONT_RIGHT:
	case SF_CHANNEL_MAP_FRONT_RIGHT_OF_CENTER:
		return SPEAKER_RIGHT;
	case SF_CHANNEL_MAP_CENTER:
	case SF_CHANNEL_MAP_FRONT_CENTER:
	case SF_CHANNEL_MAP_MONO:
		return SPEAKER_CENTRE;
	case SF_CHANNEL_MAP_REAR_LEFT:
	case SF_CHANNEL_MAP_SIDE_LEFT:
		return SPEAKER_BEHIND_LEFT;
	case SF_CHANNEL_MAP_REAR_RIGHT:
	case SF_CHANNEL_MAP_SIDE_RIGHT:
		return SPEAKER_BEHIND_RIGHT;
	case SF_CHANNEL_MAP_REAR_CENTER:
		return SPEAKER_BEHIND_CENTRE;
	default:
		return SPEAKER_NONE;
	}
}

/* The file's own channel order (Vorbis puts the centre second), NULL when it does not say. */
static const enum speaker *channel_map(SNDFILE *file, int channels, enum speaker *speakers)
{
	int map[DOWNMIX_CHANNELS_MAX], known = 0;

	if (channels > DOWNMIX_CHANNELS_MAX ||
	    sf_command(file, SFC_GET_CHANNEL_MAP_INFO, map, channels * (int)sizeof(int)) != SF_TRUE)
		return NULL;
	for (int i = 0; i < channels; i++) {
		speakers[i] = speaker_of(map[i]);
		known += speakers[i] != SPEAKER_NONE;
	}
	return known > 0 ? speakers : NULL;
}

/* libsndfile's count of frames is kept as a promise only: it may be far from what comes. */
static double promised_s(const SF_INFO *info, int64_t lost_bytes, int64_t file_bytes)
{
	double held_s = (double)info->frames / info->samplerate;

	if (info->frames <= 0 || info->frames == SF_COUNT_MAX)
		return -1;
	return file_bytes > 0 ? held_s * (1 + (double)lost_bytes / (double)file_bytes) : held_s;
}

static struct decoded decode_file(SNDFILE *file, const SF_INFO *info, struct outlet *out)
{
	enum speaker speakers[DOWNMIX_CHANNELS_MAX];
	enum pcm_status status =
		outlet_format(out, (unsigned)info->samplerate, (unsigned)info->channels,
			      channel_map(file, info->channels, speakers));
	static float samples[PCM_CHUNK_FRAMES * DOWNMIX_CHANNELS_MAX];
	sf_count_t n;

	if (status != PCM_DONE)
		return (struct decoded){status, status == PCM_BAD_RATE ? info->samplerate
								       : info->channels};
	while ((n = sf_readf_float(file, samples, PCM_CHUNK_FRAMES)) > 0)
		if (!outlet_write(out, samples, (size_t)n))
			break;
	return (struct decoded){PCM_DONE, 0};
}

/* What the input's window shows. promises: its length is that of the whole file. */
static struct decoded decode_window(struct input *in, struct outlet *out, bool promises)
{
	int64_t lost_bytes = input_mend_wav(in);
	SF_INFO info = {0};
	SNDFILE *file;

	in->at_bytes = 0;
	file = sf_open_virtual(&virtual_io, SFM_READ, &info, in);
	in->reached_bytes = in->start_bytes; /* it looked at the end for the length */
	if (file == NULL)
		return (struct decoded){PCM_DAMAGED, 0};
	if (info.samplerate <= 0 || info.channels <= 0) {
		sf_close(file);
		return (struct decoded){PCM_DAMAGED, 0};
	}
	if (!out->begun)
		outlet_begin(out, format_name(info.format), (unsigned)info.samplerate,
			     (unsigned)info.channels,
			     promises ? promised_s(&info, lost_bytes, in->size_bytes) : -1);
	struct decoded d = decode_file(file, &info, out);
	sf_close(file);
	return d;
}

/* One link after the other. What is no sound among them (a link of a film) is passed over. */
static struct decoded decode_ogg(struct input *in, struct outlet *out)
{
	static struct ogg ogg;
	struct decoded d = {PCM_DAMAGED, 0};

	ogg_find(&ogg, in);
	out->torn = ogg.torn;
	for (int i = 0; i < ogg.count && !out->gone && !out->too_long; i++) {
		input_window(in, ogg.links[i].start_bytes, ogg.links[i].size_bytes);
		d = decode_window(in, out, ogg.count == 1);
		if (d.status == PCM_DAMAGED)
			out->torn = true;
		else if (d.status != PCM_DONE)
			return d;
	}
	return out->begun ? (struct decoded){PCM_DONE, 0} : d;
}

static struct decoded decode(struct input *in, struct outlet *out)
{
	char magic[4];

	if (input_peek(in, 0, magic, sizeof(magic)) == 4 && memcmp(magic, "OggS", 4) == 0)
		return decode_ogg(in, out);
	return decode_window(in, out, true);
}

static bool probe(enum sniff kind)
{
	return kind == SNIFF_WAV || kind == SNIFF_FLAC || kind == SNIFF_OGG || kind == SNIFF_AIFF ||
	       kind == SNIFF_CAF || kind == SNIFF_AU;
}

const struct decoder decoder_sndfile = {"sndfile", probe, decode};
