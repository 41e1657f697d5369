/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From FFmpeg's packets to the outlet: one decoder of the short list, its frames as plain float;
 * in vangxa-av only, for files (decode_av.c) and streams (relayed.c). */
#ifndef VX_LIBRARY_AVSOUND_H
#define VX_LIBRARY_AVSOUND_H

#include "library/outlet.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>

/* The decoders that may be used, by FFmpeg's names: hundreds exist, and have hundreds of
 * mistakes. */
#define AVSOUND_CODECS                                                                             \
	"aac,aac_latm,alac,opus,vorbis,flac,mp3float,ac3,libspeex,speex,"                          \
	"wmav1,wmav2,wmapro,wmavoice,pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,"                        \
	"pcm_s32le,pcm_f32le,pcm_alaw,pcm_mulaw,adpcm_ima_wav,adpcm_ms,gsm_ms"

/* Zero-initialise but out. One thread. */
struct avsound {
	struct outlet *out;
	AVCodecContext *codec;
	SwrContext *convert; /* any sample format to interleaved float; nothing else */
	AVFrame *frame, *plain;
	int rate_hz;	     /* of what came last; 0: nothing yet */
	int channels, format;
	int64_t frames;	     /* handed to the outlet, at the stream's own rate */
	enum pcm_status refused; /* PCM_DONE: nothing was */
};

/* PCM_DONE: the decoder for this stream stands ready. */
enum pcm_status avsound_open(struct avsound *a, const AVStream *s);

/* Feeds a packet (NULL: the end) and takes what comes of it. A packet that cannot be decoded is
 * passed over and told (outlet.torn). False: stop; see refused and the outlet. */
bool avsound_feed(struct avsound *a, const AVPacket *packet);

void avsound_finish(struct avsound *a);

#endif
