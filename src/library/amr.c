/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why not FFmpeg's own decoders: they leave out the frames that a telephone did not send because
 * nobody spoke (DTX), so that thirty seconds become eighteen. Opencore fills them with comfort
 * noise, as the standard asks. */
#include "library/amr.h"

#include "base/must.h"

#include <opencore-amrnb/interf_dec.h>
#include <opencore-amrwb/dec_if.h>
#include <string.h>

#define NARROW_SAMPLES (AMR_NARROW_HZ / 50)
#define WIDE_SAMPLES (AMR_WIDE_HZ / 50)
#define FRAME_BYTES_MAX 61

/* By frame type; 15 is "nothing sent". */
static const uint8_t narrow_bytes[16] = {13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1};
static const uint8_t wide_bytes[16] = {18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1};

void amr_init(struct amr *a, bool wide)
{
	a->wide = wide;
	a->state = wide ? D_IF_init() : Decoder_Interface_init();
	must(a->state != NULL);
}

void amr_finish(struct amr *a)
{
	if (a->state != NULL)
		(a->wide ? D_IF_exit : Decoder_Interface_exit)(a->state);
	a->state = NULL;
}

size_t amr_frame_bytes(const struct amr *a, uint8_t first)
{
	return (a->wide ? wide_bytes : narrow_bytes)[first >> 3 & 15];
}

static bool write_frame(struct amr *a, const uint8_t *frame, struct outlet *out)
{
	size_t count = a->wide ? WIDE_SAMPLES : NARROW_SAMPLES;
	short samples[WIDE_SAMPLES] = {0};
	float floats[WIDE_SAMPLES];

	(a->wide ? D_IF_decode : Decoder_Interface_Decode)(a->state, frame, samples, 0);
	for (size_t i = 0; i < count; i++)
		floats[i] = (float)samples[i] / 32768;
	return outlet_write(out, floats, count);
}

size_t amr_write(struct amr *a, const uint8_t *data, size_t len, struct outlet *out)
{
	size_t at = 0, bytes;

	while (at < len && (bytes = amr_frame_bytes(a, data[at])) > 0 && at + bytes <= len) {
		uint8_t frame[FRAME_BYTES_MAX] = {0};

		/* A copy: opencore reads by type, not by length. */
		memcpy(frame, data + at, bytes);
		if (!write_frame(a, frame, out))
			break;
		at += bytes;
	}
	return at;
}
