/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's side of relays: for each that is wanted a process that fetches, one that decodes,
 * and a thread that takes the sound in; ended, and started anew when they end. */
#ifndef VX_MIX_RELAYS_H
#define VX_MIX_RELAYS_H

#include "base/limits.h"
#include "base/relayfault.h"
#include "base/relayform.h"
#include "mix/relaybuffer.h"
#include "sys/chance.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/proc.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Where the sound comes from: an address, or an input of the sound card. */
struct relay_place {
	char name[NAME_BYTES];
	char url[PATH_BYTES];
	char device[NAME_BYTES]; /* "" for a url */
	int channel;		 /* of the device, from 1 */
};

struct relays;

/* Main thread, but for what is said. */
struct relay_line {
	struct relay_place place;
	struct relays *all;
	struct relaybuffer *buffer; /* NULL: never wanted yet */
	struct proc fetch, decode;  /* of an input of the sound card: decode alone is there */
	struct watch fetch_ended, decode_ended;
	struct mono retry, started;
	struct mono decoded;	    /* when decode ended and fetch had not yet said why */
	enum relay_fault decoding;  /* what decode ended with */
	int tries;		    /* in a row, without sound that lasted */
	bool wanted;
	bool fetch_over;	    /* its status waits to be taken */
	enum relay_fault fault;	    /* of the last try; RELAY_NONE: it runs, or nothing is known */
	/* The intake: a thread that runs while the relay is wanted. */
	bool threaded;
	pthread_t thread;
	atomic_int fd;		    /* to be read; the thread closes it at its end, −1 none */
	atomic_bool stop;
	atomic_bool formed;	    /* what is at fd begins with its form */
	_Atomic uint64_t form;	    /* struct relay_form of what came last; 0: not known */
};

/* Zero-initialise; the owner's. */
struct relays {
	struct relay_line list[RELAYS_MAX];
	int count;
	struct clock *clock;
	struct loop *loop;
	struct chance chance;
};

void relays_init(struct relays *rs, struct clock *clock, struct loop *loop, struct chance chance);
/* Adds it, or gives the one of this name another place; beyond RELAYS_MAX none is added. */
void relays_put(struct relays *rs, const struct relay_place *place);

/* −1: none of this name. */
int relays_find(const struct relays *rs, const char *name);

/* Once a second; wanted: bit i: relay i shall be ready to play. */
void relays_look(struct relays *rs, uint32_t wanted);

/* False when it is not wanted: nothing is known of it. */
bool relays_state(struct relays *rs, int i, struct relay_state *state, enum relay_fault *fault);

/* What it sends, as far as its decoder says; false: not known, or an input of the sound card. */
bool relays_form(struct relays *rs, int i, struct relay_form *out);

/* For a deck, and heard, as relaybuffer_source; NULL when it is not wanted. Closed before
 * relays_stop. */
struct source *relays_source(struct relays *rs, int i, struct frame heard);

void relays_stop(struct relays *rs);

#endif
