/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /api/bulletins: a sound file as the body, in one go. */
#ifndef VX_WEB_UPLOAD_H
#define VX_WEB_UPLOAD_H

#include <stddef.h>

struct request;

/* A route's three steps. The response is 201 and the bulletin as JSON; or, if the client accepts
 * application/x-ndjson, 200 and a line {"progress":0–1} now and then, the last line being
 * {"bulletin":…} or {"error":…}. If the station is away, or has no room, 202 and {"upload":
 * "/files/ID","state":"waiting","error":…}: it is asked again until it decides, and GET /files/ID
 * tells what became of it. */
void upload_begin(struct request *r);
void upload_body(struct request *r, const char *data, size_t len);
void upload_answer(struct request *r);

/* The client has gone: a half upload is thrown away, a whole one goes on into the library. */
void upload_forsake(struct request *r);

#endif
