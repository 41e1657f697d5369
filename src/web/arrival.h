/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is sent in one go, as the body of one request or a part of it: written to
 * DIR/incoming as it comes, made durable when it is whole, and from then on an upload like those of
 * tus, that is handed to the station until the station has decided. */
#ifndef VX_WEB_ARRIVAL_H
#define VX_WEB_ARRIVAL_H

#include "sys/aside.h"
#include "web/tusfile.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request;
struct tuslife;
struct web;

/* One of them, on the loop's thread. */
struct arrival {
	struct arrival *prev, *next;
	struct web *web;
	struct tusfile file; /* length: bytes so far */
	int fd;
	int64_t since_ms;
	struct aside sync;
	/* It is durable and the station is about to be asked, or e says why not: then u is NULL.
	 * The arrival is gone when this returns. NULL: nobody waits. */
	void (*there)(void *arg, struct tuslife *u, const struct err *e);
	void *arg;
};

#define ARRIVAL_GRACE_MS 60000 /* it may be slow, but not slower than … */
#define ARRIVAL_BYTES_PER_S_MIN 1000 /* … this, on the average */

/* When a body that began then and has brought so many bytes must be whole, or have brought more. */
int64_t arrival_deadline(int64_t since_ms, int64_t bytes);

/* Is there a place for one more request that brings bytes? False + err. */
bool arrival_has_place(const struct web *w, struct err *e);

/* One that r sends, of about so many bytes (0 unknown), within the limits of tusset_may_begin: NULL
 * + err, and *status is what HTTP calls it. words: bulletin.add without its path; may be added to
 * until arrival_whole; taken in any case. */
struct arrival *arrival_begin(struct request *r, int64_t bytes, json_t *words, unsigned *status,
			      struct err *e);

/* A piece, and more time for the rest of r's body. False + err, and *status: it cannot be kept. */
bool arrival_take(struct arrival *a, struct request *r, const char *data, size_t len,
		  unsigned *status, struct err *e);

/* All of it is here (at least a byte): `there` is told when it is durable, perhaps at once. */
void arrival_whole(struct arrival *a, void (*there)(void *arg, struct tuslife *u,
						    const struct err *e), void *arg);

/* Half of it is thrown away. Not after arrival_whole: whoever waits then only sets there = NULL. */
void arrival_drop(struct arrival *a);

/* Waits for what is being made durable, which the next process finds. */
void arrival_stop_all(struct web *w);

#endif
