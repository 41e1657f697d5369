/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/sniff.h"

#include "base/text.h"
#include "base/utf8.h"

#include <string.h>
#include <strings.h>

static const struct {
	size_t offset, len;
	const char *bytes;
	enum sniff kind;
} magics[] = {
	{8, 4, "WAVE", SNIFF_WAV},
	{8, 4, "AVI ", SNIFF_AVI},
	{0, 4, "riff", SNIFF_WAV}, /* Sony Wave64 */
	{0, 4, "fLaC", SNIFF_FLAC},
	{0, 4, "OggS", SNIFF_OGG},
	{0, 3, "ID3", SNIFF_MP3},
	{8, 4, "AIFF", SNIFF_AIFF},
	{8, 4, "AIFC", SNIFF_AIFF},
	{0, 4, "caff", SNIFF_CAF},
	{0, 4, ".snd", SNIFF_AU},
	{4, 4, "ftyp", SNIFF_M4A},
	{0, 2, "\xff\xf1", SNIFF_AAC},
	{0, 2, "\xff\xf9", SNIFF_AAC},
	{0, 5, "#!AMR", SNIFF_AMR},
	{0, 4, "\x30\x26\xb2\x75", SNIFF_WMA},
	{0, 4, "\x1a\x45\xdf\xa3", SNIFF_MATROSKA},
	{0, 5, "%PDF-", SNIFF_PDF},
	{0, 3, "\xff\xd8\xff", SNIFF_JPEG},
	{0, 4, "\x89PNG", SNIFF_PNG},
	{0, 4, "GIF8", SNIFF_GIF},
	{0, 4, "PK\x03\x04", SNIFF_ZIP},
	{0, 4, "Rar!", SNIFF_RAR},
	{0, 3, "\x1f\x8b\x08", SNIFF_GZIP},
	{0, 4, "7z\xbc\xaf", SNIFF_7Z},
	{0, 2, "MZ", SNIFF_EXE},
	{0, 4, "\x7f"
	       "ELF",
	 SNIFF_ELF},
	{0, 4, "\xd0\xcf\x11\xe0", SNIFF_OLE},
};

static bool is_text(const uint8_t *head, size_t len)
{
	char copy[SNIFF_HEAD_BYTES + 1];

	if (len == 0)
		return false;
	if (len > SNIFF_HEAD_BYTES)
		len = SNIFF_HEAD_BYTES;
	for (size_t i = 0; i < len; i++)
		if (head[i] < ' ' && memchr("\t\n\r\f", head[i], 4) == NULL)
			return false;
	memcpy(copy, head, len);
	/* The head may end inside a character: up to three bytes of it may be missing. */
	for (size_t cut = 0; cut < 4 && cut < len; cut++)
		if (utf8_valid(copy, len - cut))
			return true;
	return false;
}

static bool is_html(const uint8_t *head, size_t len)
{
	size_t i = 0;

	while (i < len && (head[i] == ' ' || head[i] == '\n' || head[i] == '\r' || head[i] == '\t'))
		i++;
	return (len - i > 14 && strncasecmp((const char *)head + i, "<!doctype html", 14) == 0) ||
	       (len - i > 5 && strncasecmp((const char *)head + i, "<html", 5) == 0);
}

enum sniff sniff_head(const uint8_t *head, size_t len)
{
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (len >= magics[i].offset + magics[i].len &&
		    memcmp(head + magics[i].offset, magics[i].bytes, magics[i].len) == 0)
			return magics[i].kind;
	if (is_html(head, len))
		return SNIFF_HTML;
	return is_text(head, len) ? SNIFF_TEXT : SNIFF_UNKNOWN;
}

bool sniff_is_phone(enum sniff kind)
{
	return kind == SNIFF_M4A || kind == SNIFF_AAC || kind == SNIFF_AMR || kind == SNIFF_WMA ||
	       kind == SNIFF_MATROSKA;
}

const char *sniff_words(enum sniff kind)
{
	switch (kind) {
	case SNIFF_UNKNOWN: return NULL;
	case SNIFF_WAV: return T("tệp âm thanh WAV", "WAV sound file");
	case SNIFF_FLAC: return T("tệp âm thanh FLAC", "FLAC sound file");
	case SNIFF_OGG: return T("tệp âm thanh Ogg", "Ogg sound file");
	case SNIFF_MP3: return T("tệp âm thanh MP3", "MP3 sound file");
	case SNIFF_AIFF: return T("tệp âm thanh AIFF", "AIFF sound file");
	case SNIFF_CAF: return T("tệp âm thanh CAF", "CAF sound file");
	case SNIFF_AU: return T("tệp âm thanh AU", "AU sound file");
	case SNIFF_M4A:
		return T("tệp M4A, MP4 hoặc 3GP của điện thoại",
			 "M4A, MP4 or 3GP file of a phone");
	case SNIFF_AAC: return T("tệp AAC của điện thoại", "AAC file of a phone");
	case SNIFF_AMR: return T("tệp ghi âm AMR của điện thoại", "AMR recording of a phone");
	case SNIFF_WMA: return T("tệp WMA của Windows", "WMA file of Windows");
	case SNIFF_MATROSKA: return T("tệp phim MKV hoặc WebM", "MKV or WebM film");
	case SNIFF_AVI: return T("tệp phim AVI", "AVI film");
	case SNIFF_PDF: return T("tài liệu PDF", "PDF document");
	case SNIFF_JPEG: return T("ảnh JPEG", "JPEG picture");
	case SNIFF_PNG: return T("ảnh PNG", "PNG picture");
	case SNIFF_GIF: return T("ảnh GIF", "GIF picture");
	case SNIFF_ZIP:
		return T("tệp nén ZIP hoặc tài liệu Word, Excel",
			 "ZIP archive or Word, Excel document");
	case SNIFF_RAR: return T("tệp nén RAR", "RAR archive");
	case SNIFF_GZIP: return T("tệp nén GZ", "GZ archive");
	case SNIFF_7Z: return T("tệp nén 7z", "7z archive");
	case SNIFF_EXE: return T("chương trình Windows (.exe)", "Windows program (.exe)");
	case SNIFF_ELF: return T("chương trình Linux", "Linux program");
	case SNIFF_OLE: return T("tài liệu Word hoặc Excel", "Word or Excel document");
	case SNIFF_HTML: return T("trang web (HTML)", "web page (HTML)");
	case SNIFF_TEXT: return T("văn bản", "plain text");
	}
	return NULL;
}

int64_t id3_bytes(const uint8_t *d, size_t len)
{
	if (len < 10 || memcmp(d, "ID3", 3) != 0 || ((d[6] | d[7] | d[8] | d[9]) & 0x80))
		return 0;
	int64_t body = (int64_t)d[6] << 21 | d[7] << 14 | d[8] << 7 | d[9];
	return 10 + body + (d[5] & 0x10 ? 10 : 0);
}

/* Bytes of the MPEG audio frame whose header stands at h, 0: none (ISO/IEC 11172-3 §2.4.2.3,
 * 13818-3, and the "2.5" extension). Free-format streams are not taken: no encoder in use makes
 * them, and they would let noise pass for sound. */
static size_t mpeg_frame_bytes(const uint8_t *h)
{
	static const uint16_t kbps[2][3][15] = {
		{{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
		 {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
		 {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}},
		{{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
		 {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
		 {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}},
	};
	static const uint16_t hz[3] = {44100, 48000, 32000};
	int version = h[1] >> 3 & 3, layer = 4 - (h[1] >> 1 & 3), rate = h[2] >> 2 & 3;
	int rate_index = h[2] >> 4;

	if (h[0] != 0xff || (h[1] & 0xe0) != 0xe0 || version == 1 || layer == 4 || rate == 3 ||
	    rate_index == 0 || rate_index == 15)
		return 0;
	bool low = version != 3; /* MPEG 2 halves the rates, 2.5 quarters them */
	unsigned per_s = hz[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
	unsigned bps = kbps[low][layer - 1][rate_index] * 1000U, pad = h[2] >> 1 & 1;

	if (layer == 1)
		return (12 * bps / per_s + pad) * 4;
	return (layer == 3 && low ? 72 : 144) * bps / per_s + pad;
}

/* Version, layer and rate stay the same within a stream; bit rate and padding may change. */
static bool same_stream(const uint8_t *a, const uint8_t *b)
{
	return (a[1] & 0xfe) == (b[1] & 0xfe) && (a[2] & 0x0c) == (b[2] & 0x0c);
}

int64_t mpeg_find(const uint8_t *data, size_t len)
{
	for (size_t i = 0; i + 4 <= len; i++) {
		size_t at = i;
		int frames = 0;

		while (frames < 3 && at + 4 <= len) {
			size_t bytes = mpeg_frame_bytes(data + at);

			if (bytes < 4 || !same_stream(data + i, data + at))
				break;
			frames++;
			at += bytes;
		}
		/* A file may be so short that fewer than three fit. */
		if (frames == 3 || (frames > 0 && at == len))
			return (int64_t)i;
	}
	return -1;
}
