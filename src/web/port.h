/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One address at which the server listens, plain or with TLS: socket, libmicrohttpd's daemon, and
 * its place in our loop. */
#ifndef VX_WEB_PORT_H
#define VX_WEB_PORT_H

#include "base/err.h"
#include "sys/loop.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

struct cert;
struct listen_address;
struct web;

/* Zero: closed. */
struct port {
	struct web *web;
	struct MHD_Daemon *daemon;
	struct watch watch;
	bool tls;
	uint16_t number; /* the one in use, when 0 was asked for */
};

/* Listens. cert NULL: plain; else its chain and key are lent until port_close. ERR_CONFLICT when
 * the port is taken. p must stay where it is. */
bool port_open(struct port *p, struct web *w, const struct listen_address *a,
	       const struct cert *cert, struct err *e);

/* How long the loop may wait for this port's sake, at most wait_ms (−1 for ever). */
int port_wait_ms(const struct port *p, int wait_ms);
/* What has come is taken, what waits is sent. */
void port_run(struct port *p);

/* Ends its connections; none may be suspended. Fine for one that is closed. */
void port_close(struct port *p);

#endif
