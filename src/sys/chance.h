/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chance as an argument: random bytes from the kernel, or from a seed in tests. */
#ifndef VX_SYS_CHANCE_H
#define VX_SYS_CHANCE_H

#include <stddef.h>
#include <stdint.h>

/* Fills with unpredictable bytes (getrandom(2)); never fails once the machine is up. */
void chance_bytes(void *data, size_t len);

/* A small seeded generator for simulations and tests (splitmix64, Steele, Lea & Flood 2014); the
 * same seed gives the same sequence for ever. Not for secrets. */
struct chance {
	uint64_t state;
};
uint64_t chance_next(struct chance *c);
/* 0 ≤ result < bound; bound > 0. */
uint64_t chance_below(struct chance *c, uint64_t bound);

#endif
