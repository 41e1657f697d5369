/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two operators who are signed in to a web server in a test, and a station that says what the test
 * likes. One at a time: the station of a web_case is asked without a word of whose it is. */
#ifndef VX_TESTS_SUPPORT_SIGNED_IN_H
#define VX_TESTS_SUPPORT_SIGNED_IN_H

#include "people/users.h"
#include "support/web_case.h"

#define SIGNED_IN_USERS 2

struct signed_in {
	struct web_case web;
	struct users *users;
	char tokens[SIGNED_IN_USERS][SESSION_TOKEN_BYTES];
	const char *says; /* the station, to whatever it is told; with "\n" */
	char told[8192];  /* the last that the station was told; "" nothing yet */
};

void signed_in_start(struct signed_in *s, const char *says);
void signed_in_end(struct signed_in *s);

/* What came back for a request of one of them (0, 1); the caller frees. body: NULL none. */
struct buf signed_in_ask(struct signed_in *s, int who, const char *head, const char *body);

/* The same of the first one; fails unless `want` is in it. */
void signed_in_asked(struct signed_in *s, const char *head, const char *body, const char *want);

#endif
