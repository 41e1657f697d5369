/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the web process share: the server, its connections and the request under way.
 *
 * * Everything runs on one thread: libmicrohttpd in external mode inside our event loop, so that
 * pages, listeners and the station's answers need no locks. Nothing on that thread waits: a
 * request that needs the station suspends its connection until the answer comes (link.h), a
 * stream suspends while it has nothing to send (stream.h). The one exception, making an upload
 * durable, has its own thread (arrival.c, tuslife.c). The road not taken: libmicrohttpd's own
 * threads, which would need a lock around every ring and list here, and whose suspended connections
 * may only be resumed with care. */
#ifndef VX_WEB_WEB_H
#define VX_WEB_WEB_H

#include "base/buf.h"
#include "base/limits.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "web/port.h"
#include "web/server.h"
#include "web/stream.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arrival;
struct sse;
struct lingerer;
struct live;
struct request;
struct sheet;
struct site;
struct tusset;

/* One TCP connection. */
struct visit {
	struct visit *prev, *next;
	int fd;
	int64_t deadline_ms;	 /* monotonic; 0 none. Past it the connection is shut down */
	struct request *request; /* the one under way, NULL between requests */
	struct in6_addr party;	 /* who it is from: crowd.h */
	bool tls;
	bool ended;		 /* shut down: libmicrohttpd will find it closed */
	bool early;		 /* its last answer did not wait for the body */
	/* Of the request to come: its target in libmicrohttpd's buffer, what is wrong with it. */
	const char *target, *target_end;
	struct err target_error;
};

struct web {
	struct web_config config;
	struct loop *loop;
	struct clock *clock;
	struct port plain, tls;
	struct timer sweep; /* once a second while there are visits, or lingers */
	struct visit *visits;
	struct lingerer *lingers; /* connections that libmicrohttpd has closed; the newest first */
	int clients_max; /* connections; less than HTTP_CLIENTS_MAX if so few files may be open */
	struct site *site, *site_tls; /* the same files; site_tls NULL without TLS */
	struct sse *sse, *sse_narrow; /* for those who may see all, and who may not */
	struct live *live;
	struct users *users; /* only read */
	/* Other machines reach that port: without accounts, nothing but the first one is made. */
	bool shut, shut_tls;
	int64_t users_seen, users_minute; /* when streams were last looked at */
	struct arrival *arrivals;
	struct sheet *sheets[HTTP_SHEETS_MAX]; /* NULL: free */
	struct tusset *tus;
	struct stream_set lines; /* of uploads that report progress */
	int asks;	    /* questions under way to the station */
	struct request *waiting; /* to ask, the first of all */
	bool stopping;
};

int64_t web_now_ms(struct web *w);

/* A connection has been accepted; the server owns it until visit_ends. */
struct visit *visit_begins(struct web *w, struct MHD_Connection *connection, bool tls);
void visit_ends(struct web *w, struct visit *v);

/* Shuts the connection down; libmicrohttpd then finds it closed and takes it away. */
void visit_end(struct visit *v);

#endif
