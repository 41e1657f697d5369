/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is to be handed in: the deadlines of seeds/thoi-han.yaml held against what people have
 * marked as handed in. */
#ifndef VX_STATION_HANDINS_H
#define VX_STATION_HANDINS_H

#include "base/civil.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

struct desk;

#define HANDINS_NEAR_DAYS 14 /* told on the first screen */

/* {"today", "deadlines": [{"code", "what", "who", "to", "source", "due" (the last day in time),
 * "left" (days; negative: late by as many), "state": "open" | "late" | "handed-in" | "before" (due
 * before the log begins, so that nobody here can say), "near", "document", "on", "by", "late_by"
 * (days, of what was handed in too late), "period": {"first", "last", "year", "number"} or null}…
 * by day], "always": [those without a day: {"code", …, "when": "at-once" | "periodic"}], "near":
 * how many are near or late and not handed in, "faults": of the file}. A year back and a year
 * ahead. people: gets the names. The caller's; NULL + err. */
json_t *handins_tell(struct desk *d, json_t *people, struct err *e);

/* Whether something with this code is due on that last day. ERR_NOT_FOUND. */
bool handins_has(struct desk *d, const char *code, struct date due, struct err *e);

#endif
