/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file seems to be, by its first bytes: names never say it, people rename files. Pure. */
#ifndef VX_LIBRARY_SNIFF_H
#define VX_LIBRARY_SNIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sniff {
	SNIFF_UNKNOWN,
	/* Sound that we read. */
	SNIFF_WAV,
	SNIFF_FLAC,
	SNIFF_OGG, /* Vorbis, Opus, Speex */
	SNIFF_MP3,
	SNIFF_AIFF,
	SNIFF_CAF,
	SNIFF_AU,
	/* Sound of telephones and browsers, read by vangxa-av. */
	SNIFF_M4A, /* and MP4 video, 3GP: one container */
	SNIFF_AAC,
	SNIFF_AMR,
	SNIFF_WMA, /* and other ASF */
	SNIFF_MATROSKA, /* and WebM */
	/* Not sound. */
	SNIFF_AVI,
	SNIFF_PDF,
	SNIFF_JPEG,
	SNIFF_PNG,
	SNIFF_GIF,
	SNIFF_ZIP, /* and docx, xlsx, apk */
	SNIFF_RAR,
	SNIFF_GZIP,
	SNIFF_7Z,
	SNIFF_EXE,
	SNIFF_ELF,
	SNIFF_OLE, /* old Word, Excel */
	SNIFF_HTML,
	SNIFF_TEXT,
};

/* Bytes of the beginning that sniff_head looks at; fewer are fine. */
#define SNIFF_HEAD_BYTES 4096

/* By the magic numbers of the formats; MP3 only when it carries an ID3 tag (a bare one is found by
 * mpeg_find, which needs more of the file). Text: valid UTF-8 without control characters. */
enum sniff sniff_head(const uint8_t *head, size_t len);

/* True for what only vangxa-av reads. */
bool sniff_is_phone(enum sniff kind);

/* "JPEG picture" in the language of the process; NULL for SNIFF_UNKNOWN. */
const char *sniff_words(enum sniff kind);

/* Offset of the first MPEG audio frame (layer I–III) that is followed by two more of its kind,
 * or −1: what tells an MP3 from noise, since any file holds a sync word somewhere. */
int64_t mpeg_find(const uint8_t *data, size_t len);

/* Length of an ID3v2 tag at the start of the data (ID3 informal standard 2.4, §3.1), 0: none. */
int64_t id3_bytes(const uint8_t *data, size_t len);

#endif
