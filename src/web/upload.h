/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /api/bulletins: a sound file as the body goes to DIR/incoming, is made durable, and the
 * station takes it into the library. */
#ifndef VX_WEB_UPLOAD_H
#define VX_WEB_UPLOAD_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define UPLOAD_GRACE_MS 60000 /* an upload may be slow, but not slower than … */
#define UPLOAD_BYTES_PER_S_MIN 1000 /* … this, on the average */

struct request;
struct web;

/* A route's three steps. The response is 201 and the bulletin as JSON; or, if the client accepts
 * application/x-ndjson, 200 and a line {"progress":0–1} now and then, the last line being
 * {"bulletin":…} or {"error":…}. The file never outlives a failure. */
void upload_begin(struct request *r);
void upload_body(struct request *r, const char *data, size_t len);
void upload_answer(struct request *r);

/* The client has gone: a half upload is thrown away, a whole one goes on into the library. */
void upload_forsake(struct request *r);

/* How many there are. */
int upload_count(const struct web *w);

/* When a body that began then and has brought so many bytes must be whole, or have brought more. */
int64_t upload_deadline(int64_t since_ms, int64_t bytes);

/* Ends all: waits for what is being made durable, removes what the station has not been given. */
void upload_stop_all(struct web *w);

#endif
