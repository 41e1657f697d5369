/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of one bulletin: every entry about it, and when it aired or did not. */
#ifndef VX_STATION_PAST_H
#define VX_STATION_PAST_H

#include "base/bulletin.h"
#include "station/desk.h"

#include <jansson.h>

/* At most so many airings, the newest: a notice every half hour has 500 a month. */
#define PAST_AIRINGS_MAX 200

/* {"history": [{"entry", "kind", "at", "who", "name", "document", "reason", "was", "replaces"}…] by
 * age, without what an entry does not have; "airings": [line_row…], newest first; "airings_all":
 * how many there are}. NULL + err; the caller owns it. */
json_t *past_make(struct desk *d, const struct bulletin *b, struct err *e);

#endif
