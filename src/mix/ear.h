/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ear child, `vangxa ear NAME`: a microphone's sound goes in, the envelope of it comes out on a
 * pipe, and nothing else. */
#ifndef VX_MIX_EAR_H
#define VX_MIX_EAR_H

#include "base/envelope.h"
#include "base/err.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

/* A microphone beside a horn hears the village too. So its sound stays in this process, which once
 * the stream is open can write to no file (sys/jail.h), is never swapped out if the kernel agrees,
 * and keeps less than a second of it. What leaves it are eight levels every 20 ms: enough to tell
 * whether a known bulletin sounded. Somebody might make out words from them all the same; so the
 * station keeps them in memory alone, and only while something airs (mix/ears.h). */
struct ear_record {
	int64_t mono_ns; /* the middle of the hop, as near as the sound system tells */
	struct envelope_hop hop;
};

/* The child: opens the device, writes records to stdout until it fails (1) or nobody reads (0). */
int ear_run(const char *name);

/* Where the middle of hop k lies: callbacks come when they come, and a line is drawn through their
 * times, which a jump of EAR_JUMP_NS begins anew. For the child and its test. */
#define EAR_JUMP_NS (100 * NS_PER_MS)
struct ear_line {
	bool begun;
	int64_t zero_ns; /* of sample 0 */
};
void ear_line_see(struct ear_line *l, int64_t sample, int64_t mono_ns);
int64_t ear_line_hop(const struct ear_line *l, int64_t hop);

#endif
