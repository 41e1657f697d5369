/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/streamkind.h"

#include "library/sniff.h"

#include <string.h>

#define TEXT_BYTES 100 /* sound never looks like text for so long */
#define TS_PACKET 188
#define ROW 3 /* of frames one behind the other: what tells them from noise */

/* Bytes of the ADTS frame whose header stands at h, 0: none (ISO/IEC 13818-7, 6.2). */
static size_t adts_bytes(const uint8_t *h)
{
	size_t len = (size_t)(h[3] & 3) << 11 | (size_t)h[4] << 3 | h[5] >> 5;

	/* The layer is always 0, 13–15 are no sample rates. */
	return h[0] == 0xff && (h[1] & 0xf6) == 0xf0 && (h[2] >> 2 & 15) < 13 && len > 7 ? len : 0;
}

static int64_t adts_find(const uint8_t *data, size_t len)
{
	for (size_t i = 0; i + 6 <= len; i++) {
		size_t at = i, frames = 0, bytes = 1;

		for (; frames < ROW && at + 6 <= len && bytes > 0; frames += bytes > 0) {
			bytes = adts_bytes(data + at);
			at += bytes;
		}
		if (frames == ROW)
			return (int64_t)i;
	}
	return -1;
}

static bool is_ts(const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < TS_PACKET && i + (ROW - 1) * TS_PACKET < len; i++)
		if (data[i] == 0x47 && data[i + TS_PACKET] == 0x47 &&
		    data[i + 2 * TS_PACKET] == 0x47)
			return true;
	return false;
}

/* Sound whose frames have a sync word, wherever one has come in. */
static enum stream_kind by_frames(const uint8_t *head, size_t len)
{
	int64_t mp3 = mpeg_find(head, len), aac = adts_find(head, len);

	if (is_ts(head, len))
		return STREAM_TS;
	if (aac >= 0 && (mp3 < 0 || aac < mp3))
		return STREAM_AAC;
	if (mp3 >= 0 && (size_t)mp3 + 4 < len)
		return STREAM_MP3;
	return len < STREAM_HEAD_BYTES ? STREAM_UNSURE : STREAM_NOT_SOUND;
}

enum stream_kind stream_kind(const uint8_t *head, size_t len)
{
	int64_t tag = id3_bytes(head, len);

	if (len < TEXT_BYTES)
		return STREAM_UNSURE;
	/* A picture in the tag may be longer than all that is looked at: only MP3 has such. */
	if (tag > 0 && (size_t)tag >= len)
		return len < STREAM_HEAD_BYTES ? STREAM_UNSURE : STREAM_MP3;
	head += tag;
	len -= (size_t)tag;
	switch (sniff_head(head, len < SNIFF_HEAD_BYTES ? len : SNIFF_HEAD_BYTES)) {
	case SNIFF_FLAC: return STREAM_FLAC;
	case SNIFF_OGG: return STREAM_OGG;
	case SNIFF_M4A: return STREAM_MP4;
	case SNIFF_WAV: return STREAM_WAV;
	case SNIFF_AIFF:
	case SNIFF_CAF:
	case SNIFF_AU:
	case SNIFF_AMR:
	case SNIFF_WMA:
	case SNIFF_MATROSKA: return STREAM_OTHER;
	case SNIFF_UNKNOWN:
	case SNIFF_AAC:
	case SNIFF_JPEG: /* an MPEG frame may begin so */
	case SNIFF_EXE: return by_frames(head, len);
	default: return STREAM_NOT_SOUND;
	}
}

static uint32_t le32(const uint8_t *d)
{
	return (uint32_t)d[3] << 24 | (uint32_t)d[2] << 16 | (uint32_t)d[1] << 8 | d[0];
}

void stream_wav_form(const uint8_t *head, size_t len, uint32_t *rate_hz, unsigned *channels)
{
	size_t at = 12; /* behind RIFF, its length and WAVE */

	*rate_hz = *channels = 0;
	while (at + 16 <= len && memcmp(head + at, "fmt ", 4) != 0)
		at += 8 + (size_t)le32(head + at + 4) + (head[at + 4] & 1);
	if (at + 16 > len)
		return;
	*channels = (unsigned)head[at + 10] | (unsigned)head[at + 11] << 8;
	*rate_hz = le32(head + at + 12);
}

/* The head of a page (RFC 3533, 6): a version of 0 and three flags. */
static bool has_ogg_page(const uint8_t *data, size_t len)
{
	for (size_t i = 0; i + 6 <= len; i++)
		if (memcmp(data + i, "OggS", 5) == 0 && data[i + 5] < 8)
			return true;
	return false;
}

enum stream_kind stream_becomes(enum stream_kind kind, const uint8_t *data, size_t len, bool dumb)
{
	/* A decoder of MPEG frames finds some in anything: that it found sound says nothing. */
	if (kind != STREAM_OGG && has_ogg_page(data, len))
		return STREAM_OGG;
	enum stream_kind now = dumb ? by_frames(data, len) : kind;
	return now == STREAM_NOT_SOUND || now == STREAM_UNSURE ? kind : now;
}
