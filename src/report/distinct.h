/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many different things a row of figures is about: numbers are gathered, and counted at the
 * end. */
#ifndef VX_REPORT_DISTINCT_H
#define VX_REPORT_DISTINCT_H

#include <stdint.h>

/* Owned; zero-initialise, distinct_finish. */
struct distinct {
	uint64_t *list;
	int count, capacity;
};

/* Room is taken for twice as many as are different, whatever comes. */
void distinct_add(struct distinct *d, uint64_t thing);

/* The number of different ones. */
int distinct_count(struct distinct *d);
void distinct_finish(struct distinct *d);

/* A text, and a number with it, as such a number: FNV-1a, 64 bits. Of 100,000 different ones two
 * are taken for one once in four thousand million reports. */
uint64_t distinct_hash(const char *text, int64_t number);

#endif
