/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tusgate.h"

#include <stdio.h>
#include <string.h>

#define MINUTE_MS 60000

bool tusgate_pass(struct tusgate *g, const char *address, int64_t now_ms)
{
	int own = 0, all = 0;

	for (int i = 0; i < TUS_BEGIN_PER_MINUTE; i++) {
		bool recent = g->last[i].address[0] != '\0' &&
			      now_ms - g->last[i].at_ms < MINUTE_MS;
		all += recent;
		own += recent && strcmp(g->last[i].address, address) == 0;
	}
	if (own >= TUS_ADDRESS_PER_MINUTE || all >= TUS_BEGIN_PER_MINUTE)
		return false;
	snprintf(g->last[g->at].address, sizeof(g->last[0].address), "%s", address);
	g->last[g->at].at_ms = now_ms;
	g->at = (g->at + 1) % TUS_BEGIN_PER_MINUTE;
	return true;
}
