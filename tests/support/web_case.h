/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A web server in a test: its own folder, a page of three files, a fake station, a raw client; all
 * on one thread, stepped until something holds. */
#ifndef VX_TESTS_SUPPORT_WEB_CASE_H
#define VX_TESTS_SUPPORT_WEB_CASE_H

#include "base/buf.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "web/server.h"

#include <stdbool.h>

#define WEB_CASE_CLIENTS 40

/* What the fake station does with a line it is sent: writes whatever it likes to fd. */
typedef void web_case_reply(int fd, const char *line);

struct web_case {
	char dir[64], www[96];
	struct loop *loop;
	struct clock_real clock;
	struct web *web;
	int control_fd, live_fd;	  /* listening; −1: no station */
	int control[WEB_CASE_CLIENTS];	  /* accepted; −1: free */
	struct buf said[WEB_CASE_CLIENTS]; /* read and not yet answered */
	int listener;			  /* the newest connection to live.sock, −1 none */
	web_case_reply *reply;		  /* default: status, watch, day… by web_case_answers */
};

void web_case_start(struct web_case *c);
void web_case_end(struct web_case *c);

/* Whoever connects from now on has little time for a head (300 ms) and a body (400 ms). */
void web_case_impatient(struct web_case *c);

/* The station comes and goes. */
void web_case_station(struct web_case *c, bool there);

/* Usual answers: ok for all, progress and a bulletin for bulletin.add, not_found for play. */
web_case_reply web_case_answers;

/* To every connection that asked to watch… and all others: a line. */
void web_case_tell(struct web_case *c, const char *line);

/* One round of server and station. */
void web_case_step(struct web_case *c);

/* A raw connection to the server that has sent this text. */
int web_case_connect(struct web_case *c, const char *text);

/* Steps server and station until got contains `what` (true), or the connection ended or a minute
 * passed. what NULL: until it ends. */
bool web_case_until(struct web_case *c, int fd, struct buf *got, const char *what);

/* One request, everything that came back until the server closed. The caller frees. */
struct buf web_case_ask(struct web_case *c, const char *head, const char *body);

#endif
