/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The coder: one zone's mix, encoded once, as MP3 frames for its recorder and for the live
 * stream. */
#ifndef VX_MIX_CODER_H
#define VX_MIX_CODER_H

#include "base/limits.h"
#include "base/moment.h"
#include "mix/livecast.h"
#include "mix/mp3.h"
#include "mix/recorder.h"

#include <stdbool.h>
#include <stdint.h>

struct coder {
	struct mp3 *mp3;
	struct recorder *recorder; /* NULL: none */
	struct livecast *live;	   /* NULL: none */
	bool started;
	int64_t base;		/* frame of the first sample that went into mp3 */
	int64_t next;		/* frame expected next */
	int64_t made;		/* MP3 frames out of mp3 */
	uint8_t out[MP3_OUT_BYTES(BLOCK_FRAMES)];
};

/* The setting of all streams and recordings: 64 kbit/s mono, cuttable at each frame. */
extern const struct mp3_config coder_mp3;

/* Bytes of each of its MP3 frames, all alike. */
int coder_frame_bytes(void);

void coder_init(struct coder *c, struct recorder *recorder, struct livecast *live);

/* Encodes BLOCK_FRAMES samples that begin at frame `first`. Frames missing since the last block
 * become silence up to ENCODER_GAP_S, so that the files stay on the timeline; after a longer
 * gap (or a jump back) encoder and recording begin anew. One thread. */
void coder_block(struct coder *c, int64_t first, const float *samples,
		 const struct recorder_time *time);

/* Encodes what is left and closes the recording; coder_init before using it again. */
void coder_finish(struct coder *c, const struct recorder_time *time);

#endif
