/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, each once: gathered as they come, and in their order when somebody asks. */
#ifndef VX_BASE_NUMBERS_H
#define VX_BASE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Owned; zero-initialise, numbers_finish. */
struct numbers {
	int64_t *list; /* ascending and each once behind numbers_settle */
	size_t count, room;
	bool mixed; /* what was added last did not come in order */
};

/* Room is taken for twice as many as are different, whatever comes. */
void numbers_add(struct numbers *s, int64_t n);
void numbers_settle(struct numbers *s);
/* How many different ones; whether one is among them. Both settle. */
size_t numbers_count(struct numbers *s);
bool numbers_has(struct numbers *s, int64_t n);
void numbers_finish(struct numbers *s);

/* A text, and a number with it, as such a number: FNV-1a, 64 bits. Of 100,000 different ones two
 * are taken for one once in four thousand million times. */
int64_t numbers_hash(const char *text, int64_t number);

#endif
