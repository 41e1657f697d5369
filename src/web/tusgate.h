/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often uploads may be begun: so many a minute by one address, and so many by all. Pure. */
#ifndef VX_WEB_TUSGATE_H
#define VX_WEB_TUSGATE_H

#include "base/limits.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise. */
struct tusgate {
	struct {
		char address[48];
		int64_t at_ms;
	} last[TUS_BEGIN_PER_MINUTE]; /* a ring of the newest */
	int at;
};

/* True, and counted, if one more may begin now (monotonic). */
bool tusgate_pass(struct tusgate *g, const char *address, int64_t now_ms);

#endif
