/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a stream seems to be, by what comes first: one joins it in the middle. Pure. */
#ifndef VX_LIBRARY_STREAMKIND_H
#define VX_LIBRARY_STREAMKIND_H

#include <stddef.h>
#include <stdint.h>

/* By then every kind has shown itself: three of the largest MPEG frames and a torn one before. */
#define STREAM_HEAD_BYTES 16384

enum stream_kind {
	STREAM_UNSURE, /* more is needed */
	STREAM_NOT_SOUND,
	STREAM_MP3,
	STREAM_AAC, /* ADTS */
	STREAM_TS,  /* MPEG transport stream */
	STREAM_OGG,
	STREAM_FLAC,
	STREAM_MP4, /* fragmented: some HLS */
};

/* With STREAM_HEAD_BYTES or more it is never unsure. Text and pages are known from their first
 * hundred bytes. */
enum stream_kind stream_kind(const uint8_t *head, size_t len);

#endif
