/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control socket: JSON objects, one a line, in and out (DIR/control.sock). */
#ifndef VX_STATION_CONTROL_H
#define VX_STATION_CONTROL_H

#include "base/err.h"
#include "sys/loop.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct control;

/* A client is named by a number for as long as it is connected; it is never given again, so an
 * answer to one that is gone is dropped. */

struct control_handler {
	/* One request; `who` is "uid:N" of the process at the other end. Called on the loop's
	 * thread; answers with control_send now or later. The request is borrowed. */
	void (*request)(void *arg, uint64_t from, const char *who, json_t *request);
	void *arg;
};

bool control_open(struct control **c, struct loop *l, const char *path,
		  const struct control_handler *handler, struct err *e);
void control_close(struct control *c);

/* Sends one object (takes the reference). A client that does not read is dropped when
 * CONTROL_REPLY_BYTES_MAX × 2 wait for it. An object longer than CONTROL_REPLY_BYTES_MAX is not
 * sent: the client gets an error of the kind "usage" with its id instead. */
void control_send(struct control *c, uint64_t to, json_t *line);

/* What was sent to this client has gone out, and its connection is the caller's from now on. −1: it
 * is not there any more, or is too slow for that. */
int control_release(struct control *c, uint64_t client);

/* From now on this client gets every control_tell. narrow: it may not be told of everything. */
void control_watch(struct control *c, uint64_t client, bool narrow);
int control_watchers(const struct control *c);
/* To all that watch (takes the reference). */
void control_tell(struct control *c, json_t *event);
/* What it comes from is made only for those who are there: to the narrow ones or to the others;
 * make(narrow, arg) gives the event. */
void control_tell_each(struct control *c, json_t *(*make)(bool narrow, void *arg), void *arg);

#endif
