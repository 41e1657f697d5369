/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The registrar: looks at rows for a register before they are written: their values against the
 * station's own lists, whom and what they name. */
#ifndef VX_STATION_REGISTRAR_H
#define VX_STATION_REGISTRAR_H

#include "base/civil.h"
#include "base/codes.h"
#include "base/err.h"
#include "base/register.h"

#include <jansson.h>
#include <stdbool.h>

struct desk;
struct view;

/* A copy of what the station knows, so that a thread of its own can have it. */
struct registrar {
	const struct register_shape *shape;
	struct codes lists[CODES_LISTS];
	json_t *people;	  /* of the accounts: [{"id", "name", "person"}…] */
	struct date today; /* by the station's clock */
	struct view *view; /* the caller's: whose rows and bulletins may be named */
};

/* ERR_NOT_FOUND: no such register. The station's thread. registrar_close. */
bool registrar_open(struct registrar *g, const char *name, struct desk *d, struct err *e);
void registrar_close(struct registrar *g);

/* As register_row_take, of a row that was so before (NULL: a new one): what it has and the lists or
 * registers have no more, it may keep. A person of an account becomes its id, for the log shall
 * hold no names; what names a bulletin or a row names one that there is; what has
 * begun has begun by today. */
json_t *registrar_take(struct registrar *g, const json_t *given, const json_t *was,
		       void (*tell)(void *arg, const char *key, const char *why), void *arg,
		       int *faults);

#endif
