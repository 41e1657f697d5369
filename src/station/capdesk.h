/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CAP messages on their way into the station: read and verified aside, decided here, written down;
 * out of the folder DIR/cap or over the command "cap". */
#ifndef VX_STATION_CAPDESK_H
#define VX_STATION_CAPDESK_H

#include "station/capjob.h"
#include "station/capmemory.h"
#include "sys/aside.h"

#include <limits.h>

struct desk;
struct playout;
struct request;

struct capdesk {
	struct desk *desk;
	struct playout *playout;
	struct loop *loop;
	struct aside aside; /* of the folder's messages, one at a time */
	struct capjob job;
	char name[NAME_MAX + 1]; /* of the file under way, in DIR/cap */
	struct capmemory memory;
	json_t *foreign; /* a saying: somebody wanted to end what is another's; NULL: nobody */
	struct wall foreign_at;
	json_t *left;	/* names in the folder that are no files, as keys: told once each */
	bool stuck;	/* the folder cannot be cleared: told once */
};

/* Reads from the log what was seen and what waits; makes the folders. */
void capdesk_init(struct capdesk *c, struct desk *d, struct playout *p, struct loop *l);

/* Takes what lies in the folder, or whose time has come. Every second; main thread. */
void capdesk_look(struct capdesk *c);

/* For a day: that somebody wanted to end another's emergency. The caller's; NULL: nobody has. */
json_t *capdesk_banner(const struct capdesk *c);

void capdesk_stop(struct capdesk *c);

/* The command: "xml" in base64. */
bool capdesk_command(struct request *rq, json_t *reply, struct err *e);

/* Decides a message that has been read, does what it means and writes cap.received. Gives
 * {"verdict", "reason", "text", "emergency"}; the caller's. */
json_t *capdesk_decide(struct capdesk *c, struct capjob *job);

#endif
