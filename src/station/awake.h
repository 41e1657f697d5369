/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an operator starts by hand while people sleep needs a reason, which stands in the log: tests
 * and bulletins. */
#ifndef VX_STATION_AWAKE_H
#define VX_STATION_AWAKE_H

#include "base/err.h"
#include "station/playout.h"

#include <stdint.h>

/* False + ERR_REFUSED if no part of so many seconds from `now` on may sound without one: quiet
 * hours, or a clock that cannot tell. `what` opens the sentence, in the reader's language: "muốn
 * phát" ↔ "to play it". */
bool awake(const struct playout *p, struct wall now, int64_t seconds, const char *why,
	   const char *what, struct err *e);

#endif
