/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole file in DIR/incoming is handed over to the station, which takes it into the library. */
#ifndef VX_WEB_HANDOVER_H
#define VX_WEB_HANDOVER_H

#include "base/err.h"
#include "web/link.h"

#include <jansson.h>
#include <stdbool.h>

struct request;
struct web;

/* Zero-initialise; the caller's memory, on the loop's thread. */
struct handover {
	struct link link;
	/* 0–1, −1 unknown. */
	void (*progress)(void *arg, double done);
	/* The last word; may free the handover. reply is the station's own answer, NULL with *e
	 * when it refused or was not there. away: nobody answered, so nothing is known. */
	void (*over)(void *arg, const json_t *reply, const struct err *e, bool away);
	void *arg;
};

/* The command bulletin.add without its words, in the name of whoever sends r; the caller's. */
json_t *handover_command(const struct request *r);

/* Sends the command for this file; the callbacks come later, except that over may come at once when
 * no station is there. */
void handover_start(struct handover *h, struct web *w, json_t *command, const char *path);

/* Listens no more. Fine on one that has ended. */
void handover_stop(struct handover *h);

#endif
