/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a stream seems to be, by what comes first: one joins it in the middle. Pure. */
#ifndef VX_LIBRARY_STREAMKIND_H
#define VX_LIBRARY_STREAMKIND_H

#include <stdbool.h>
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
	STREAM_WAV,
	STREAM_OTHER, /* sound or pictures of a kind that no relay is read in */
};

/* With STREAM_HEAD_BYTES or more it is never unsure. Text and pages are known from their first
 * hundred bytes. */
enum stream_kind stream_kind(const uint8_t *head, size_t len);

/* Of a WAV head: its sample rate and channels; 0 and 0 if they do not stand in it. */
void stream_wav_form(const uint8_t *head, size_t len, uint32_t *rate_hz, unsigned *channels);

/* What a stream that came in as `kind` has become by this stretch of it; `kind` itself unless that
 * is plain. dumb: no sound was found in the stretch. */
enum stream_kind stream_becomes(enum stream_kind kind, const uint8_t *data, size_t len, bool dumb);

#endif
