/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decoders of the worker: each knows whether a file is for it, and turns it into samples. */
#ifndef VX_LIBRARY_DECODE_H
#define VX_LIBRARY_DECODE_H

#include "library/outlet.h"
#include "library/sniff.h"

#include <stdbool.h>

/* What a decoder says: as PCM_* for the parent, with its detail. */
struct decoded {
	enum pcm_status status;
	int64_t detail;
};

/* A decoder calls outlet_begin, outlet_format and outlet_write; it never ends the outlet. One that
 * returns PCM_DAMAGED before outlet_begin leaves the file to the next in the table. */
struct decoder {
	const char *name;
	bool (*probe)(enum sniff kind);
	struct decoded (*decode)(struct input *in, struct outlet *out);
};

/* WAV, FLAC, Ogg (Vorbis, Opus), AIFF, CAF, AU by libsndfile. */
extern const struct decoder decoder_sndfile;

/* MP3 by libmpg123 itself: libsndfile (1.2.0) believes the length it guesses from the first
 * frame or reads in the Xing header, and stops there without an error; half of a joined MP3 was
 * lost. */
extern const struct decoder decoder_mp3;

/* Only in vangxa-av: AMR by opencore; MP4, 3GP, AAC, WMA, WebM and what else telephones and
 * browsers record by FFmpeg's libraries. */
extern const struct decoder decoder_amr, decoder_av;

/* What the file is: by its magic, and behind an ID3 tag; bare MPEG audio by its frames. */
enum sniff decode_kind(struct input *in);

/* Offset of the first MPEG audio frame within the first megabyte behind the tags, −1 none. */
int64_t decode_mpeg_start(struct input *in);

#endif
