/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asides: which bulletins were put aside, as the entries up to one of them have it. */
#ifndef VX_STATION_ASIDES_H
#define VX_STATION_ASIDES_H

#include "base/err.h"
#include "proof/reader.h"
#include "station/stock.h"

#include <stdint.h>

/* Sets aside_n of all in the stock anew, by the entries before `until` (INT64_MAX: all). */
bool asides_read(struct stock *s, struct view *v, int64_t until, struct err *e);

#endif
