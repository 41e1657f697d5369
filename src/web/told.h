/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sender of a file hears while it is looked at, in the form that it asked for. */
#ifndef VX_WEB_TOLD_H
#define VX_WEB_TOLD_H

#include "base/err.h"
#include "sys/loop.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct request;
struct stream;
struct web;

/* Three forms. Whoever accepts application/x-ndjson gets 200 and lines, {"progress":0–1} now and
 * then, the last one being the outcome. Whoever does not gets the outcome with its own status; but
 * if that takes longer than TOLD_EARLY_MS, 202 and one JSON object that grows,
 * {"progress":[0.01,…,1],"bulletin":{…}} or …,"error":{…}}, so that hours of sound leave nobody
 * without an answer, nor a connection so long without a byte that something on the way cuts it.
 * Zero-initialise; on the loop's thread. */
#define TOLD_EARLY_MS 10000
#define TOLD_BEAT_MS 5000 /* at least one word so often */

struct told {
	struct web *web;
	struct request *request; /* NULL: nobody is there any more */
	struct stream *stream;	 /* once the answer has begun */
	bool lines;
	bool waiting;
	int permille;
	struct timer beat;
};

void told_init(struct told *t, struct request *r);
/* The client has gone, or was answered. Fine twice. */
void told_finish(struct told *t);

/* The whole file is here: the client waits from now on. */
void told_wait(struct told *t);
void told_progress(struct told *t, double done);

/* The last word; the reference of body is taken over. status: of an answer not yet begun. */
void told_outcome(struct told *t, unsigned status, json_t *body);
void told_error(struct told *t, const struct err *e);

#endif
