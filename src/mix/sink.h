/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sink child, `vangxa sink`: PortAudio's callback and the shared ring, nothing else. */
#ifndef VX_MIX_SINK_H
#define VX_MIX_SINK_H

#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"
#include "base/saying.h"
#include "mix/shmring.h"

#include <stdbool.h>
#include <stdint.h>

/* Why a process of its own: when a sound server dies PortAudio may hang for good in any call,
 * and it sees new devices only after it was started anew. A process can be killed and started
 * anew.
 *
 * Why the sound is never resampled to a device's clock: what is played is then bit for bit what
 * was mixed, recorded and logged, for the device of zone 0 always. The other devices run on
 * crystals of their own; one that has drifted SINK_SLIP_FRAMES (10 ms) from the station's time
 * skips or repeats as much, in a quiet moment if one comes within SINK_SLIP_WAIT_MS, else in a
 * cross-fade of 10 ms, and counts it. Cost: two cards that are 50 ppm apart slip every 200 s. */

/* What the callback keeps between calls. Only the child's callback thread touches it. */
struct sink {
	struct shmring *ring;
	int64_t position;      /* of the next frame that the device takes */
	int64_t offset;	       /* in use; SHMRING_UNARMED: none */
	int64_t slip_position; /* where a new offset was first seen; −1: none waits */
	bool begun;	       /* a frame of ours was played under some offset */
	float old[SINK_SLIP_FRAMES * ZONES_MAX];
};

void sink_init(struct sink *s, struct shmring *ring);

/* One callback at moment `now`: `frames` interleaved frames into out, the first of which is heard
 * latency_ns later. underflow: the sound system says that it ran dry before. RT-safe. */
void sink_play(struct sink *s, float *out, int frames, struct mono now, int64_t latency_ns,
	       bool underflow);

/* The child: opens the device named in the ring, plays until the device fails (exit status 1, the
 * reason in ring->fault) or a signal ends the process. */
int sink_run(struct shmring *ring);

/* PortAudio's output devices as a JSON array on stdout, for mix/devlist.h; exit status. */
int sink_list(void);

/* Between Pa_Initialize and Pa_Terminate. The output device for a name as in station.yaml:
 * "default", a whole name, "ALSA: name", or a part of a name; −1 + err that lists what there is. */
int sink_find(const char *name, struct err *e);
/* The same for a microphone. */
int sink_find_input(const char *name, struct err *e);

/* Pa_Initialize with the sound libraries' chatter on stderr thrown away (ALSA writes dozens of
 * lines about every plug-in that is not there) and JACK kept from starting a server. */
bool sink_init_portaudio(struct err *e);

/* Silences stderr and gives it back; for calls into the sound libraries. */
int sink_hush(void);
void sink_unhush(int saved);

/* Of a device's names, which need not be UTF-8; the caller's. */
json_t *sink_text(const char *text);

/* e says why a device cannot be had, as a line for saying_read, with these figures (taken over);
 * false for `return`. */
bool sink_refuse(struct err *e, enum saying what, json_t *figures);

#endif
