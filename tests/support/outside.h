/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody outside who sees a log: an HTTP server on a thread, which cosigns what it is shown. */
#ifndef VX_TESTS_OUTSIDE_H
#define VX_TESTS_OUTSIDE_H

#include "proof/note.h"

#include <pthread.h>

struct outside {
	/* For tests to read; only the functions below change them. */
	char url[64], vkey[NOTE_KEY_BYTES];

	/* Shared with the thread, under the lock. */
	pthread_mutex_t lock;
	struct note_signer signer;
	int64_t time_s; /* that it signs with */
	int status;
	const char *text;
	int asked;
	char body[16384];

	int fd;
	pthread_t thread;
};

void outside_open(struct outside *o);
void outside_close(struct outside *o);
/* 200: it cosigns; else it answers that, with text (kept by the caller, NULL: none). */
void outside_says(struct outside *o, int status, const char *text);
void outside_time(struct outside *o, int64_t time_s);
/* It signs as another from now on; `vkey` stays what it was. */
void outside_signs_as(struct outside *o, const char *name, uint8_t seed);
/* How many requests have come. */
int outside_asked(struct outside *o);
/* Of the newest request that was answered. */
const char *outside_body(struct outside *o);

#endif
