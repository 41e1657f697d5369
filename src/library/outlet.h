/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a decoder in the worker puts its samples: mixed down, resampled, framed, sent to the
 * parent. */
#ifndef VX_LIBRARY_OUTLET_H
#define VX_LIBRARY_OUTLET_H

#include "base/relayform.h"
#include "library/channels.h"
#include "library/downmix.h"
#include "library/input.h"
#include "library/pcmpipe.h"

#include <stdbool.h>
#include <stdint.h>

/* Caller's memory, zero-initialised but fd and in. One thread. */
struct outlet {
	int fd;
	/* A stream: a struct relay_form, then samples alone, without records, without an end; in is
	 * not used. */
	bool bare;
	enum relay_codec codec; /* of a stream */
	const struct input *in; /* for progress */
	unsigned rate_hz, channels;
	struct downmix mix;
	struct channels levels;
	struct resample *resample;
	int64_t sent_frames; /* at 48 kHz */
	bool formed; /* the form has been sent */
	bool begun, too_long, gone; /* gone: the parent does not listen any more */
	bool torn; /* set by the decoder: a piece of the file is missing, usually its end */
	float mixed[PCM_CHUNK_FRAMES];
};

/* Tells the parent what the file says about itself; once, before the first sample.
 * promised_s: length by its header in seconds, < 0: none. */
void outlet_begin(struct outlet *o, const char *format, unsigned rate_hz, unsigned channels,
		  double promised_s);

/* The form of the samples that follow; may change in the middle of a file (joined MP3s).
 * PCM_DONE, or why such sound is refused (PCM_BAD_RATE, PCM_BAD_CHANNELS). */
enum pcm_status outlet_format(struct outlet *o, unsigned rate_hz, unsigned channels,
			      const enum speaker *speakers);

/* Interleaved frames in the form last set. False: stop decoding (too long, or nobody listens). */
bool outlet_write(struct outlet *o, const float *samples, size_t frames);

/* Sends what the resampler still holds and the end record; frees. */
void outlet_end(struct outlet *o, enum pcm_status status, int64_t detail);

#endif
