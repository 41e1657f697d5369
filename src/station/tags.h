/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a producer says about a bulletin when handing it in: the fields of bulletin.add. */
#ifndef VX_STATION_TAGS_H
#define VX_STATION_TAGS_H

#include "base/bulletin.h"
#include "base/warnings.h"
#include "station/commands.h"

/* Fills title, language, kind, level, fund, programmes, slots, from, to from a request; title is
 * needed. The sentence names the field that is wrong; from after to is wrong. */
bool tags_read(struct request *rq, struct bulletin *b, struct err *e);

/* Do these words mean anything to this station? A language or programme that its lists do not have
 * (catalogue.h) is refused: airings are paid and counted under these codes. A wished slot that no
 * timetable has, and a last day that is over, are warnings. */
bool tags_check(const struct desk *d, const struct bulletin *b, struct warnings *w, struct err *e);

#endif
