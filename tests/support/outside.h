/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody outside who sees a log: an HTTP server on a thread, which cosigns what it is shown. */
#ifndef VX_TESTS_OUTSIDE_H
#define VX_TESTS_OUTSIDE_H

#include "proof/note.h"

#include <pthread.h>
#include <stdatomic.h>

struct outside {
	int fd;
	char url[64], vkey[NOTE_KEY_BYTES];
	struct note_signer signer;
	int64_t time_s;	     /* that it signs with */
	int status;	     /* 200: cosigns; else that, with text */
	const char *text;
	_Atomic int asked;
	char body[16384];    /* of the newest request */
	pthread_t thread;
};

void outside_open(struct outside *o);
void outside_close(struct outside *o);

#endif
