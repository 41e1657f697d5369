/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One MP3 encoder: 48 kHz float samples in, whole constant-bit-rate frames out (LAME). */
#ifndef VX_MIX_MP3_H
#define VX_MIX_MP3_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Samples per channel in one MPEG-1 layer III frame: 24 ms at 48 kHz. */
#define MP3_FRAMES 1152

/* A decoder gives sample k of the input at its output sample k + MP3_DELAY_FRAMES, counted from
 * the first MP3 frame of the encoder: 576 of LAME's encoder (lame_get_encoder_delay) and 529 of
 * every decoder (528 of the hybrid filter bank and 1). Only a Xing/LAME tag lets a decoder cut
 * them off. */
#define MP3_DELAY_FRAMES (576 + 529)

struct mp3_config {
	int channels;	   /* 1: mono, 2: joint stereo */
	int bitrate_kbps;  /* constant: 32 … 320, as MPEG-1 layer III knows them */
	bool cuttable;	   /* no bit reservoir: each frame stands alone, any run is a file */
	bool info_tag;	   /* keep room for the Xing/Info tag: files only, see mp3_tag */
};

struct mp3;

/* LAME quality 5 at 48 kHz. Errors: LAME does not know the bit rate. Any one thread. */
bool mp3_create(struct mp3 **m, const struct mp3_config *config, struct err *e);
void mp3_destroy(struct mp3 *m); /* NULL is fine */

/* Bytes of one MP3 frame: at 48 kHz all frames have the same size (no padding). */
int mp3_frame_bytes(const struct mp3 *m);

/* Room that mp3_encode may need for that many samples per channel (LAME's own bound). */
#define MP3_OUT_BYTES(frames) ((size_t)(frames) * 5 / 4 + 7200)

/* Encodes frames samples of each channel, full scale ±1; right is not read for mono and may be
 * left again for stereo. Returns the bytes put into out, a multiple of mp3_frame_bytes when
 * cuttable. */
size_t mp3_encode(struct mp3 *m, const float *left, const float *right, int frames, uint8_t *out,
		  size_t out_bytes);

/* The rest, padded with silence; after it only mp3_tag and mp3_destroy. out_bytes ≥ 7200. */
size_t mp3_flush(struct mp3 *m, uint8_t *out, size_t out_bytes);

/* After mp3_flush with info_tag: the finished tag, to be written over the first frame of the file.
 * 0 without info_tag. */
size_t mp3_tag(struct mp3 *m, uint8_t *out, size_t out_bytes);

#endif
