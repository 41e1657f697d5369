/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three clocks, as types that the compiler refuses to mix: monotonic, wall and frame. */
#ifndef VX_BASE_MOMENT_H
#define VX_BASE_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#define NS_PER_S INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)

/* Sample rate of every mix, master and plan, in frames per second. */
#define FRAMES_PER_S INT64_C(48000)

/* CLOCK_MONOTONIC: nanoseconds since some start; never steps. For waiting and measuring. */
struct mono {
	int64_t ns;
};

/* CLOCK_REALTIME: nanoseconds since 1970-01-01T00:00:00Z; may step. For people and the
 * timetable. */
struct wall {
	int64_t ns;
};

/* Position on the station's one frame timeline, 48,000 a second, from 0 at start of the mixer. The
 * only time inside the mixer. */
struct frame {
	int64_t n;
};

static inline struct wall wall_add_ns(struct wall t, int64_t ns)
{
	return (struct wall){t.ns + ns};
}

static inline struct mono mono_add_ns(struct mono t, int64_t ns)
{
	return (struct mono){t.ns + ns};
}

/* Nanoseconds to frames, rounded to the nearest; exact for whole milliseconds (48 frames each).
 * Split so that nothing overflows for any int64_t of nanoseconds. */
static inline int64_t frames_of_ns(int64_t ns)
{
	int64_t s = ns / NS_PER_S, rest = ns % NS_PER_S;
	int64_t half = rest < 0 ? -NS_PER_S / 2 : NS_PER_S / 2;

	return s * FRAMES_PER_S + (rest * FRAMES_PER_S + half) / NS_PER_S;
}

/* Frames to nanoseconds, rounded towards zero; frames_of_ns of the result gives the frames back. */
static inline int64_t ns_of_frames(int64_t frames)
{
	int64_t s = frames / FRAMES_PER_S, rest = frames % FRAMES_PER_S;

	return s * NS_PER_S + rest * NS_PER_S / FRAMES_PER_S;
}

#endif
