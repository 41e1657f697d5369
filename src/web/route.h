/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of addresses: which method and path leads to which function. */
#ifndef VX_WEB_ROUTE_H
#define VX_WEB_ROUTE_H

#include "base/buf.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define ROUTE_PARAMETER_BYTES 65

struct request;

struct route {
	const char *method; /* "GET" (HEAD too), "POST"… */
	/* May hold one parameter, "{id}": 1–64 of A–Z a–z 0–9 - _, so that it can be no path, no
	 * pattern and nothing to escape. A path without it stands in front of one that fits too.
	 * Or "{path*}", last: the rest, 1–64 of a–z 0–9 - . /, at least one '/' among them, so that
	 * it is no file of the page's; whoever takes it reads it as names that he knows. */
	const char *path;
	/* Called when the head is there; may refuse. NULL: nothing to do. */
	void (*begin)(struct request *r);
	/* Called for each piece of the body; NULL: a JSON body is collected, none for GET. */
	void (*body)(struct request *r, const char *data, size_t len);
	/* Called when the request is whole: answers, or suspends and answers later. */
	void (*answer)(struct request *r);
	bool plain;   /* for browsers without scripts: a refusal is a page, not JSON */
	bool bare;    /* no body: none is asked for (DELETE, OPTIONS) */
	bool stream;  /* no deadline for the response */
	const char *command; /* for api_ask: what to ask the station */
	const char *right;   /* the command whose right it needs; NULL: route_right says */
	/* For api_ask: what to do with the station's answer; takes over body. NULL: pass it on. */
	void (*reply)(struct request *r, json_t *body);
	/* For api_ask: the answer when the station cannot be reached. NULL: that it cannot. */
	void (*away)(struct request *r);
	/* For api_ask: the station has said yes, and its connection carries the answer itself. */
	void (*carry)(struct request *r, const json_t *reply, int fd, struct buf *rest);
	const char *field;   /* for api_ask: the command's field that gets the parameter */
	const char *format;  /* for api_ask: the command's "format"; NULL: it has none */
	int wait_ms;	     /* for api_ask: how long the station may be silent; 0: as usual */
	bool csv;	     /* for api_ask: the reply's member "csv" is the whole response */
};

/* Row i of the table, NULL past the last. */
const struct route *route_number(size_t i);

/* The command whose right a visitor needs for this route, by people/rights.h; NULL: public. */
const char *route_right(const struct route *route);

/* True if the path is that of a route; its parameter goes to `parameter`, "" if it has none. */
bool route_fits(const char *pattern, const char *path,
		char parameter[static ROUTE_PARAMETER_BYTES]);

/* The route of a method and path, with the path's parameter. NULL if there is none; *other_method
 * is then true if the path exists with another method. Paths that no route has belong to the site
 * (static files). */
const struct route *route_find(const char *method, const char *path,
			       char parameter[static ROUTE_PARAMETER_BYTES], bool *other_method);

#endif
