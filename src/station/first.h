/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first run: while there is no account, whoever reads the console may make the first one. */
#ifndef VX_STATION_FIRST_H
#define VX_STATION_FIRST_H

#include "base/err.h"
#include "people/onetime.h"

#include <jansson.h>
#include <stdbool.h>

struct request;
struct station;

/* The code of one start of the station; nothing but its hash is kept, and in memory only: the next
 * start makes another one. Zero-initialise; on the station's thread. */
struct first {
	bool open;
	unsigned char hash[ONETIME_HASH_BYTES];
};

/* Makes the code and tells it on the console, unless there are accounts. */
void first_begin(struct station *st);

/* user.first {code, name, person?, password, address?, agent?}: makes the first account, an
 * administrator, and logs them in: {"session", "account"}. ERR_CONFLICT when there is an account,
 * ERR_REFUSED for another code, ERR_TOO_MANY when this address tried too often. */
bool first_run(struct request *rq, json_t *reply, struct err *e);

#endif
