/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The microphone of whoever speaks live: an input of the station's sound card, or a browser's. */
#ifndef VX_MIX_MIKE_H
#define VX_MIX_MIKE_H

#include "base/err.h"
#include "base/relayfault.h"
#include "mix/feeder.h"
#include "sys/clock.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One voice at a time. A sound card's input is a process, `vangxa line` (mix/line.h); what it gives
 * is read by whoever comes first, the feeder or the main thread, under a lock. A browser's comes in
 * parts as G.711 μ-law, MIKE_HZ samples a second: bytes that every one mean a sample, so that a
 * stranger's can be taken in here. Both wait in a relaybuffer (its form for voices). Main thread,
 * but for the source. */
struct mike;

#define MIKE_HZ 16000

struct mike *mike_create(struct clock *clock);
/* After its source was closed. */
void mike_destroy(struct mike *m);

/* device: of the sound card, with a channel from 1; NULL: a browser's. Not while another is open,
 * or its source. False + err: the process could not be started. */
bool mike_open(struct mike *m, const char *device, int channel, struct err *e);

/* Waits for the first sound of a sound card's input, which is open, so long at most or until *stop:
 * only its process can know whether there is a microphone. Any thread, while the main one leaves it
 * open and reads nothing. */
enum mike_first {
	MIKE_SOUNDS,
	MIKE_ENDED, /* its process gave up: no such device, or it does not open */
	MIKE_STILL, /* nothing has come yet */
};
enum mike_first mike_first(struct mike *m, int ms, const atomic_bool *stop);

/* Once a second: a process that was let go of is over some time. */
void mike_look(struct mike *m);

/* A part from the browser, of any length; nothing when none is open. */
void mike_take(struct mike *m, const uint8_t *mulaw, size_t count);

/* Once a look: true while it is open and its sound comes. *why: what ails a sound card's input;
 * RELAY_SLOW: nothing has come for VOICE_STILL_MS. May be NULL. */
bool mike_lives(struct mike *m, enum relay_fault *why);

/* The highest absolute sample since the last call; 0 of none. */
float mike_peak(struct mike *m);

/* For a deck; NULL when none is open. Reads SOURCE_LATER until mike_now, then gives what comes from
 * that moment on, and comes to its end after mike_end. One at a time. */
struct source *mike_source(struct mike *m);
void mike_now(struct mike *m);

/* No more is taken in; what has come is played. Fine when none is open. */
void mike_end(struct mike *m);

#endif
