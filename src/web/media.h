/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound to hear and to see, with Range (RFC 9110 §14): a bulletin's master and its outline, an
 * airing's part of the recordings. */
#ifndef VX_WEB_MEDIA_H
#define VX_WEB_MEDIA_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct request;

enum media_range {
	MEDIA_WHOLE, /* no Range, one that makes no sense, or several: the whole file answers */
	MEDIA_PART,  /* first … last */
	MEDIA_NONE,  /* nothing of the file lies in it: 416 */
};

/* What a Range header (NULL: none) asks of a file of size > 0 bytes. */
enum media_range media_range(const char *header, int64_t size_bytes, int64_t *first, int64_t *last);

/* For api_ask: answers with the file of the bulletin in the station's reply, which they take over.
 * The ETag is the master's SHA-256: the bytes never change. */
void media_audio(struct request *r, json_t *reply);
void media_waveform(struct request *r, json_t *reply);
/* The parts of recordings in the reply, as one MP3. */
void media_recording(struct request *r, json_t *reply);

#endif
