/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an upper station sends: its codec, rate and channels; told by the process that decodes it,
 * ahead of the sound. Pure. */
#ifndef VX_BASE_RELAYFORM_H
#define VX_BASE_RELAYFORM_H

#include <stdbool.h>
#include <stdint.h>

/* X(name, what people call it). */
#define RELAY_CODECS(X)                                                                            \
	X(OTHER, "")                                                                               \
	X(MP3, "MP3")                                                                              \
	X(AAC, "AAC")                                                                              \
	X(OPUS, "Opus")                                                                            \
	X(VORBIS, "Vorbis")                                                                        \
	X(FLAC, "FLAC")

enum relay_codec {
#define X(name, word) RELAY_CODEC_##name,
	RELAY_CODECS(X)
#undef X
	RELAY_CODEC_COUNT
};

/* As it goes through the pipe: as long as two samples. rate_hz 0: not known. */
struct relay_form {
	uint8_t codec, channels; /* codec: enum relay_codec */
	uint8_t zero[2];
	uint32_t rate_hz;
};

/* It is such a thing: whoever sent it is not trusted. */
bool relay_form_is(const struct relay_form *f);

const char *relay_codec_word(enum relay_codec codec);

#endif
