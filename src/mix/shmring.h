/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The memory that the station shares with one sink child: a ring of frames by their number, an
 * order to the child, and what the child reports. */
#ifndef VX_MIX_SHMRING_H
#define VX_MIX_SHMRING_H

#include "base/latest.h"
#include "base/limits.h"
#include "base/moment.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Every frame has its number on the station's timeline, and lies at number modulo
 * SHMRING_FRAMES. The writer never waits: it overwrites the oldest. The reader asks for frames
 * by number and gets silence for those that are not there yet, or no more. So nothing that goes
 * wrong can shift the sound in time: a hole stays a hole, and what came too late is not played
 * at all (sndio calls this policy XRUN_SYNC). The road not taken: base/ring.h, whose reader and
 * writer wait for each other and know counts only; one lost frame would then make everything
 * after it late.
 *
 * The child counts its device's frames from 0 since it opened: the *position*. The station
 * orders an *offset*: at position p play frame p + offset. */

enum shmring_state {
	SHMRING_OPENING, /* looking for the device */
	SHMRING_PLAYING, /* the stream is open; see latest report */
	SHMRING_FAULT,	 /* gave up: `fault` says why; the child ends */
};

#define SHMRING_UNARMED INT64_MIN /* offset: play silence and count nothing */

struct shmring {
	/* Written by the station before the child starts. */
	uint32_t bytes;	   /* of the whole, so that both sides agree on the layout */
	uint32_t channels; /* 1 … ZONES_MAX */
	char device[NAME_BYTES];

	/* Station → child; any thread stores `offset`, the mixing thread the rest. */
	_Atomic int64_t offset;
	_Atomic int64_t first; /* no frame below it was ever written */
	_Atomic int64_t write; /* one past the last frame written */

	/* Child → station. */
	_Atomic uint32_t state; /* release: the texts below stand */
	char opened[NAME_BYTES];
	char fault[REASON_BYTES];
	struct latest report;		/* struct shmring_report */
	_Atomic uint64_t beats;		/* callbacks */
	_Atomic int64_t applied;	/* offset now in use, SHMRING_UNARMED before */
	_Atomic int64_t consumed_frames; /* of ours, played */
	_Atomic int64_t silent_frames;	/* played instead of ours, after the first of ours */
	_Atomic uint64_t xruns;		/* callbacks that lacked ours, or underflow flags */
	_Atomic uint64_t slips;		/* changes of the offset while playing */

	float frames[];			/* SHMRING_FRAMES × channels */
};

/* What each callback reports: its first position, how many frames it took, and the moment at which
 * that first position is heard. */
struct shmring_report {
	int64_t position;
	int64_t frames;
	struct mono heard;
	int64_t latency_ns; /* from the callback to being heard, as the sound system claims */
};

/* Creates the memory, filled with zeros: returns its descriptor (close-on-exec) and maps it, −1
 * + err when the kernel has none to give. */
struct err;
int shmring_create(struct shmring **s, int channels, struct err *e);

/* The child's side: maps a descriptor that it inherited; NULL + err if it is not ours. */
struct shmring *shmring_open(int fd, struct err *e);
void shmring_close(struct shmring *s); /* NULL is fine */

/* Forgets everything but channels and device, for a new child. Neither side may be at work. */
void shmring_reset(struct shmring *s);

/* Mixing thread: appends `count` interleaved frames whose first number is `first`. Numbers go up;
 * a jump forward leaves the frames between unwritten. RT-safe, wait-free. */
void shmring_write(struct shmring *s, struct frame first, const float *interleaved, int count);

/* Mixing thread: other samples for frames that were written; those that are not there any more are
 * left alone. A reader that is at them just now hears part of these and part of the old ones. */
void shmring_rewrite(struct shmring *s, struct frame first, const float *interleaved, int count);

/* Child: frames first … first + count − 1 into out; those not there become silence. Returns how
 * many were there. RT-safe, wait-free. */
int shmring_read(const struct shmring *s, struct frame first, float *out, int count);

/* Either side; RT-safe. get: false if there is none yet. */
void shmring_put_report(struct shmring *s, const struct shmring_report *r);
bool shmring_get_report(const struct shmring *s, struct shmring_report *r);

#endif
