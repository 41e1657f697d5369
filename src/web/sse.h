/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /api/events: one watch on the station, fanned out to every page as server-sent events; a
 * second, narrow one for pages of accounts that may not see everybody's bulletins. */
#ifndef VX_WEB_SSE_H
#define VX_WEB_SSE_H

#include "base/err.h"

#include <stdbool.h>

struct sse;
struct request;
struct web;

/* Watches from the first page to the last; without a page the station has nobody to tell, and
 * that is most of a day. When the station goes away, pages are told ("away") and it is tried again
 * every second. Every 15 s each page gets a comment, which is how dead ones are found, and the
 * station is asked for its status, which is how a station that hangs is found. */
struct sse *sse_create(struct web *w, bool narrow);
/* Ends all event streams; the memory stays until sse_destroy. */
void sse_stop(struct sse *ev);
void sse_destroy(struct sse *ev);

/* A route's answer. */
void sse_answer(struct request *r);

#endif
