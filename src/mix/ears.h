/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's side of the ear children: started, watched, started anew; and what they heard
 * lately, in memory alone. */
#ifndef VX_MIX_EARS_H
#define VX_MIX_EARS_H

#include "base/envelope.h"
#include "base/limits.h"
#include "base/moment.h"
#include "mix/ear.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/proc.h"

#include <stdbool.h>
#include <stdint.h>

/* What one microphone told: a hop for each 20 ms of the monotonic clock, EAR_KEEP_S of them. */
struct ear_memory {
	struct envelope_hop *hops; /* number modulo their count */
	int64_t first, next;	   /* hops known: [first, next) */
};

struct ears;

/* One ear: main thread. */
struct ear_child {
	char name[NAME_BYTES];
	struct ears *all;
	struct proc proc;
	struct watch said, ended;
	int pipe_fd;
	struct mono told; /* when it last said anything, or was started */
	struct mono retry;
	struct ear_memory memory;
	struct ear_record record; /* of which so many bytes have come: */
	size_t have;
	bool on, told_lost;
};

/* Zero-initialise; the owner's. One for each microphone, however many zones share it. */
struct ears {
	struct ear_child list[ZONES_MAX];
	int count;
	bool keep;
	struct clock *clock;
	struct loop *loop;
};

void ears_init(struct ears *ears, struct clock *clock, struct loop *loop);
/* The ear for this microphone; starts it at the next look if it is new. */
int ears_add(struct ears *ears, const char *name);
/* Once a second: starts, ends and starts anew. keep: something is on air or will be listened to; if
 * not, all but the last EAR_IDLE_S is wiped. */
void ears_look(struct ears *ears, bool keep);
void ears_stop(struct ears *ears);

/* Copies what ear i heard in [from, from + hops × 20 ms); hop 0 of it begins within 20 ms of from.
 * Returns the share that it truly heard (0–1). */
double ears_take(const struct ears *ears, int i, struct mono from, int64_t hops,
		 struct envelope *out);

/* For ears and their test: takes one record; forgets all but the last EAR_IDLE_S. */
void ear_memory_put(struct ear_memory *m, const struct ear_record *r);
void ear_memory_wipe(struct ear_memory *m);
double ear_memory_take(const struct ear_memory *m, struct mono from, int64_t hops,
		       struct envelope *out);
void ear_memory_finish(struct ear_memory *m);

#endif
