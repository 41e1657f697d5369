/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets one of the connections when there are too many: HTTP_ADDRESS_MAX at most for one
 * address, web.clients_max in all. Room is made for the newest by ending those that only wait,
 * from the address that has the most, the oldest first: a flood of half-open connections fights
 * itself, and somebody who sends a request at once is served.
 *
 * The road not taken: libmicrohttpd's limit for each address, which refuses the newest, also on
 * this machine, where a proxy is one address for everybody. */
#ifndef VX_WEB_CROWD_H
#define VX_WEB_CROWD_H

#include <netinet/in.h>
#include <stdbool.h>

struct web;

/* Of an address what is one party: IPv4 whole, of IPv6 the /64 that a subscriber has. Pure. */
struct in6_addr crowd_party(const struct sockaddr *from);

/* A new connection from there: true if it may come in, after another was shut down if need be. */
bool crowd_admit(struct web *w, const struct sockaddr *from);

#endif
