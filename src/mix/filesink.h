/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mix as a sound file: WAV, FLAC or MP3 by the suffix of its name, for `vangxa render`. */
#ifndef VX_MIX_FILESINK_H
#define VX_MIX_FILESINK_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* WAV and FLAC are 24 bit unless told otherwise: its step (−144 dB) lies below anything a
 * master or a gain can leave behind, so that rounding needs no dither, and masters (24 bit too)
 * come through at unity gain bit for bit. 16 bit is rounded without dither as well: dither
 * would make the samples of a moment depend on where the render began, and two renders of
 * overlapping hours would differ. A WAV past 4 GiB becomes RF64 by itself (EBU Tech 3306), a
 * shorter one is plain WAV. */
struct filesink_config {
	int channels;	  /* 1, or 2: the mono mix on both; 0: 2 for MP3, 1 for the others */
	int bits;	  /* 16 or 24; 0: 24; not for MP3 */
	int bitrate_kbps; /* MP3; 0: 128 */
};

struct filesink;

/* Makes "path.part" beside path; path itself appears only when filesink_close succeeds, so that a
 * half-written file is never taken for whole. Errors: ERR_USAGE for an unknown suffix or a bit rate
 * that MP3 lacks, else what the file system says. One thread. */
bool filesink_open(struct filesink **s, const char *path, const struct filesink_config *config,
		   struct err *e);

/* Appends frames samples of the mono mix, full scale ±1; louder is clipped. After an error only
 * filesink_abort. */
bool filesink_write(struct filesink *s, const float *mono, int64_t frames, struct err *e);

/* Finishes, syncs and renames; s is gone afterwards whatever it returns. On failure nothing
 * stands at path that was not there before. */
bool filesink_close(struct filesink *s, struct err *e);

/* Throws the half-written file away. NULL is fine. */
void filesink_abort(struct filesink *s);

#endif
