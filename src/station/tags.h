/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a producer says about a bulletin when handing it in: the fields of bulletin.add. */
#ifndef VX_STATION_TAGS_H
#define VX_STATION_TAGS_H

#include "base/bulletin.h"
#include "station/commands.h"

/* Fills title, language, kind, level, fund, programmes, slots, from, to from a request; title is
 * needed. The sentence names the field that is wrong. */
bool tags_read(struct request *rq, struct bulletin *b, struct err *e);

#endif
