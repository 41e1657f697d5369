/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose bulletins, and which airings, an answer may tell of: all, or only those of one sender. */
#ifndef VX_STATION_SIGHT_H
#define VX_STATION_SIGHT_H

#include "base/bulletin.h"

#include <jansson.h>
#include <stdbool.h>

struct request;
struct world;

/* The one sender whose things the request may be told of ("user:7"); NULL: everybody's. "" is
 * nobody: the web process asks so ("narrow":true) for what it then tells to several accounts of
 * which none may see all. Lives as long as the request. */
const char *sight_of(const struct request *rq);

/* True if what this sender handed in may be told. only: as sight_of gives it. */
bool sight_has(const char *only, const char *sender);

/* The same of a bulletin; NULL is none, and no secret. */
bool sight_has_bulletin(const char *only, const struct bulletin *b);

/* A plan as plan_json made it: occurrences stay, because a free slot must be found; which of
 * others' bulletins stand in them is taken out ("bulletin", "sha256" null, "title" ""). */
void sight_narrow_plan(json_t *plan, const char *only, const struct world *w);

#endif
