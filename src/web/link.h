/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A control connection to the station on the event loop: a request out, lines back, a deadline. */
#ifndef VX_WEB_LINK_H
#define VX_WEB_LINK_H

#include "base/text.h"
#include "station/client.h"
#include "sys/clock.h"
#include "sys/loop.h"

#include <jansson.h>
#include <stdbool.h>

/* Zero-initialise; the caller's memory, on the loop's thread. */
struct link {
	struct client client;
	struct loop *loop;
	struct clock *clock;
	struct watch watch;
	struct timer timer;
	int wait_ms;	/* longest silence; 0: for ever */
	bool open;
	enum text_reader reader; /* of the request: line and lost speak to them */
	/* Each line; stays the link's. False: enough, the callback has closed the link and may have
	 * freed it. */
	bool (*line)(struct link *l, const json_t *line);
	/* The link is closed already: the station hung up, broke the protocol, or kept silent. May
	 * free it. */
	void (*lost)(struct link *l, const struct err *e);
	void *arg;
};

/* Connects and sends the request (stays the caller's). line, lost and arg must be set before.
 * False + err if no station is there; then neither callback will come. */
bool link_open(struct link *l, struct loop *loop, struct clock *clock, const char *dir,
	       const json_t *request, int wait_ms, struct err *e);

/* Inside line: the connection is the caller's from now on, with what has come behind the line
 * (rest, the caller's), and the link is closed. */
int link_take(struct link *l, struct buf *rest);

/* Fine on a closed one, and inside its own callbacks. */
void link_close(struct link *l);

#endif
