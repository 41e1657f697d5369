/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of addresses: which method and path leads to which function. */
#ifndef VX_WEB_ROUTE_H
#define VX_WEB_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

struct request;

struct route {
	const char *method; /* "GET" (HEAD too) or "POST" */
	const char *path;
	/* Called when the head is there; may refuse. NULL: nothing to do. */
	void (*begin)(struct request *r);
	/* Called for each piece of the body; NULL: a JSON body is collected, none for GET. */
	void (*body)(struct request *r, const char *data, size_t len);
	/* Called when the request is whole: answers, or suspends and answers later. */
	void (*answer)(struct request *r);
	bool stream;  /* no deadline for the response */
	const char *command; /* for api_ask: what to ask the station */
};

/* The route of a method and path. NULL if there is none; *other_method is then true if the path
 * exists with another method. Paths that no route has belong to the site (static files). */
const struct route *route_find(const char *method, const char *path, bool *other_method);

#endif
