/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control client: one JSON object a line over DIR/control.sock, for the command line and the
 * web. */
#ifndef VX_STATION_CLIENT_H
#define VX_STATION_CLIENT_H

#include "base/buf.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* One connection to the station; the caller's memory, one thread. fd is non-blocking and may be
 * watched for EPOLLIN (and for EPOLLOUT while out.len > 0). */
struct client {
	int fd; /* −1: closed */
	struct buf in, out;
	size_t scanned; /* bytes at the start of `in` known to hold no newline */
};

/* Connects to DIR/control.sock. False + err: ERR_NOT_FOUND when no station runs there,
 * ERR_CONFLICT when it does not take more clients now. Never waits. */
bool client_open(struct client *c, const char *dir, struct err *e);

/* Fine on a client that is closed already. */
void client_close(struct client *c);

/* Queues one request (an object; stays the caller's) and sends what the socket takes. */
bool client_send(struct client *c, const json_t *request, struct err *e);

/* Sends more of what is queued; call when the descriptor is writable and out.len > 0. */
bool client_flush(struct client *c, struct err *e);

enum client_got {
	CLIENT_NOTHING, /* no whole line yet */
	CLIENT_LINE,	/* *line is the caller's */
	CLIENT_GONE,	/* the station closed, or broke the protocol: err says which */
};

/* Takes the next line without waiting. Call until it no longer gives CLIENT_LINE. */
enum client_got client_receive(struct client *c, json_t **line, struct err *e);

/* Sends a request and waits for its reply, at most wait_ms since the last line for it (progress
 * lines restart the clock; they go to `progress`, which may be NULL). False + err if the station
 * cannot be reached, does not answer, or answers with an error. *reply is the caller's. */
bool client_call(struct client *c, const json_t *request, int wait_ms,
		 void (*progress)(double done, void *arg), void *arg, json_t **reply,
		 struct err *e);

/* What a reply says: true for {"ok":true,…}; else false and the station's own words in err. */
bool client_outcome(const json_t *reply, struct err *e);

/* True if the line is only a progress report; *done is 0–1, −1 when the station cannot say. */
bool client_progress(const json_t *line, double *done);

#endif
