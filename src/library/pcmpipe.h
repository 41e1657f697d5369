/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The framing between a decoding worker and its parent: records of sound on a pipe. */
#ifndef VX_LIBRARY_PCMPIPE_H
#define VX_LIBRARY_PCMPIPE_H

#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One begin, any number of data, one end; each record is a struct pcm_record and, for data, as many
 * float32 behind it as it has frames. Native byte order: both ends are the same program on one
 * machine. The worker has touched strangers' bytes and is not believed: every number is checked
 * on arrival. */
#define PCM_LEVELS_MAX 2
#define PCM_CHUNK_FRAMES 4096 /* 85 ms; a quarter of a default pipe */

enum pcm_kind {
	PCM_BEGIN = 0x31435056, /* so that a stray print on stdout is noticed at once */
	PCM_DATA,
	PCM_END,
};

enum pcm_status {
	PCM_DONE, /* detail: 1 if a piece of the file is missing, else 0 */
	PCM_NOT_SOUND,	 /* detail: enum sniff */
	PCM_UNSUPPORTED, /* sound, but of a kind not read here; detail: enum sniff */
	PCM_EMPTY,	 /* no byte in the file */
	PCM_NO_SOUND,	 /* a sound file that holds 0 frames */
	PCM_DAMAGED,	 /* its header makes no sense; detail: enum sniff */
	PCM_BAD_RATE,	 /* detail: Hz */
	PCM_BAD_CHANNELS, /* detail: their number */
	PCM_TOO_LONG,
	PCM_UNREADABLE,	 /* the disk does not give the bytes; detail: errno */
	PCM_STATUS_COUNT,
};

/* What only the original can tell, before it is mixed down and resampled. Not of what is no number
 * or absurdly loud: damage is silence here too. */
struct pcm_levels {
	uint32_t channels; /* 0 … PCM_LEVELS_MAX; 0: more, or of changing number */
	uint32_t clipped;  /* runs of CLIP_RUN_FRAMES or more at full scale, in any channel */
	float mean_square[PCM_LEVELS_MAX];
};

struct pcm_record {
	uint32_t kind;		/* enum pcm_kind */
	uint32_t frames;	/* DATA: 1 … PCM_CHUNK_FRAMES */
	uint32_t channels;	/* BEGIN: of the file; DATA: 1 */
	uint32_t status;	/* END: enum pcm_status */
	int64_t detail; /* BEGIN: Hz of the file; DATA: bytes of it read; END: see pcm_status */
	int64_t promised_frames; /* BEGIN: what the header claims, at 48 kHz; −1: nothing */
	char format[CODE_BYTES]; /* BEGIN: [a-z0-9] */
	struct pcm_levels levels; /* END: of the file's own channels */
};

/* Writing end (worker): blocks; false when the reader is gone. */
bool pcm_send(int fd, const struct pcm_record *r, const float *samples);

enum pcm_got {
	PCM_GOT,    /* r is filled and valid; for DATA the samples too */
	PCM_WAIT,   /* nothing within timeout_ms; call again */
	PCM_BROKEN, /* end of file within or instead of a record, or nonsense */
};

/* Reading end: keeps what arrived of a record between calls. Zero-initialise but fd. One thread. */
struct pcm_reader {
	int fd; /* any pipe, blocking or not; stays the caller's */
	size_t have;
	struct pcm_record record;
	float samples[PCM_CHUNK_FRAMES]; /* valid after a DATA record */
};
enum pcm_got pcm_receive(struct pcm_reader *p, int timeout_ms);

#endif
