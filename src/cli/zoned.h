/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The zones of a place: what "--place" means when it names a commune or village and no zone.
 * Pure. */
#ifndef VX_CLI_ZONED_H
#define VX_CLI_ZONED_H

#include "base/err.h"
#include "plan/places.h"
#include "plan/settings.h"

#define ZONED_BYTES (ZONES_MAX * NAME_BYTES)

/* *place: a zone's name, or the code or name of a place; becomes "a,b", in out, for a place: the
 * zones that are bound to it, or to what lies in it on that day; a zone that is bound to none is
 * where the station is. What is neither stays as it is: a zone that there was once. ERR_USAGE:
 * no zone is there. */
bool zoned(const struct settings *s, const struct places *places, struct date day,
	   const char **place, char out[static ZONED_BYTES], struct err *e);

#endif
