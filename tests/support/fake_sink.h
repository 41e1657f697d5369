/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sink child without a sound system: plays through the real callback code, paced by the clock. */
#ifndef VX_TESTS_FAKE_SINK_H
#define VX_TESTS_FAKE_SINK_H

/* What the next children of this process do, passed on in the environment. Times in ms, 0:
 * never. */
struct fake_sink {
	int period;		/* frames a callback */
	int latency_ms;
	int open_ms;		/* until the stream is open */
	int fault_ms;		/* after so long it says "gone" and ends with status 1 */
	const char *heard_path; /* what it plays is appended there as float32, NULL: nowhere */
};
void fake_sink_set(const struct fake_sink *f);
void fake_sink_unset(void);

/* Instead of `vangxa sink` when fake_sink_set was called: −1 if it was not, else the exit
 * status. */
int fake_sink_main(void);

#endif
