/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /api/events: one watch on the station, fanned out to every page as server-sent events. */
#ifndef VX_WEB_EVENTS_H
#define VX_WEB_EVENTS_H

#include "base/err.h"

#include <stdbool.h>

struct events;
struct request;
struct web;

/* Starts watching at once and for ever: when the station goes away, pages are told ("away") and
 * it is tried again every second. Every 15 s each page gets a comment, which is how dead ones are
 * found, and the station is asked for its status, which is how a station that hangs is found. */
struct events *events_create(struct web *w);
/* Ends all event streams; the memory stays until events_destroy. */
void events_stop(struct events *ev);
void events_destroy(struct events *ev);

/* True while no station answers, with the reason. */
bool events_away(const struct events *ev, struct err *why);

/* A route's answer. */
void events_answer(struct request *r);

#endif
