/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may talk to the server: listen addresses, Host names, Origins. Pure. */
#ifndef VX_WEB_GUARD_H
#define VX_WEB_GUARD_H

#include "base/err.h"

#include <netinet/in.h>
#include <stdbool.h>

/* Where to listen. */
struct listen_address {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} to;
	bool loopback; /* only this machine can reach it */
};

/* "127.0.0.1:8080", "[::1]:8080", ":8080" (every IPv4 address), "localhost:8080". Port 0–65535; no
 * names that need a name server. ERR_USAGE otherwise. */
bool guard_listen(const char *text, struct listen_address *a, struct err *e);

/* True if a Host header names this machine. A page elsewhere can make its own name resolve to our
 * address (DNS rebinding), and its requests then look like our page's: so addresses, "localhost",
 * and, when open, names without a dot or under .local, .lan, .internal, .home.arpa, and hosts[];
 * when not open only loopback addresses, "localhost" and hosts[]. */
bool guard_host(const char *host, bool open, const char *const hosts[], int host_count);

/* True if Origin is https:// followed by exactly Host; or http:// when it came without TLS (where
 * https is that of a proxy in front). */
bool guard_origin(const char *origin, const char *host, bool tls);

#endif
