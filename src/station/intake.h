/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Intake: a file that was handed in becomes a bulletin, on a thread of its own while on air. */
#ifndef VX_STATION_INTAKE_H
#define VX_STATION_INTAKE_H

#include "library/ingest.h"
#include "station/commands.h"
#include "station/later.h"
#include "station/likeness.h"

#include <stdatomic.h>
#include <stdbool.h>

/* One upload. Aside are touched job, result, like and the two atomics (and facts.replaces, name,
 * path and upload are read); the rest is the main thread's. */
struct intake {
	struct later later;
	struct desk *desk;
	bool tell_progress;
	void (*progress)(double done, void *arg); /* on the desk alone; may be NULL */
	struct bulletin facts; /* title and tags as asked for */
	struct warnings warnings; /* about what was asked for; those about the file join them */
	char name[NAME_BYTES]; /* of the file as it was sent */
	char who[CODE_BYTES];
	char path[PATH_BYTES * 2];
	/* The file's name in DIR/incoming, "" if it lies elsewhere: it is removed once it is a
	 * bulletin, and the entry names it, so that it never becomes two. */
	char upload[NAME_BYTES];
	char sha256[SHA256_HEX_BYTES]; /* of the file as its sender has it; "" not told */
	struct ingest_job job;
	struct ingest_result result;
	struct likeness like;
	_Atomic int permille; /* done, −1 unknown */
	int told_permille; /* to the client; the main thread's */
	struct mono told;
	_Atomic bool cancel;
};

/* The command bulletin.add. */
bool intake_start(struct request *rq, json_t *reply, struct err *e);

/* Tells the clients of running intakes how far they are. False if there is none. Main thread. */
bool intake_poll(struct station *st);

#endif
