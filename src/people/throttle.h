/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often somebody may try: a bucket of tries for each name, in bounded memory. One thread. */
#ifndef VX_PEOPLE_THROTTLE_H
#define VX_PEOPLE_THROTTLE_H

#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

#define THROTTLE_BUCKETS 1024

/* Names share a bucket when their keyed hashes meet (one in a thousand): so nobody can push a name
 * out by trying many others, and nobody can tell from a refusal whether a name exists. */
struct throttle {
	unsigned char key[16];
	int64_t burst;	   /* tries that may come at once */
	int64_t refill_ns; /* one more after so long */
	struct {
		int64_t used_ns; /* tries used, as the time that brings them back, at… */
		int64_t at_ns;	 /* …this moment */
	} buckets[THROTTLE_BUCKETS];
};

void throttle_init(struct throttle *t, int burst, int64_t refill_ns);

/* Uses one try; false if none is left. *wait_ns: until the next one. */
bool throttle_take(struct throttle *t, const char *name, struct mono now, int64_t *wait_ns);

/* Gives one back: it was not a guess. */
void throttle_return(struct throttle *t, const char *name);
/* Gives all back. */
void throttle_forget(struct throttle *t, const char *name);

#endif
