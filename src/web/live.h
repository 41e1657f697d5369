/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /live.mp3: one connection to the station's stream, fanned out to every listener by frames. */
#ifndef VX_WEB_LIVE_H
#define VX_WEB_LIVE_H

struct live;
struct request;
struct web;

/* Connects to DIR/live.sock while anybody listens. A listener starts about a second in the past,
 * so that its player begins at once, and one that is too slow skips to the newest frame. When the
 * station goes away, listeners hear nothing for up to 10 s while it is tried again; then they are
 * let go. */
struct live *live_create(struct web *w);
void live_stop(struct live *l);
void live_destroy(struct live *l);

/* A route's answer. */
void live_answer(struct request *r);

#endif
