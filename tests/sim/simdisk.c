/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simdisk.h"

#include "simworld.h"

void simdisk_hang(struct simstation *s)
{
	static const uint64_t most_ms[] = {400, 5000, 60000, 600000};

	if (s->stall.hangs ||
	    chance_below(&s->hangs, playout_busy(&s->playout) ? 400 : 8000) != 0)
		return;
	uint64_t most = most_ms[chance_below(&s->hangs, 4)];
	int64_t ms = (int64_t)chance_below(&s->hangs, most);
	s->stall_to = mono_add_ns(s->clock.now_mono, ms * NS_PER_MS);
	s->stall.hangs = true;
	s->stall.before = chance_below(&s->hangs, 2) == 0;
	s->stalls++;
}

void simdisk_look(struct simstation *s)
{
	if (s->stall.hangs && s->clock.now_mono.ns >= s->stall_to.ns) {
		s->stall.hangs = false;
		s->stall.dies = chance_below(&s->hangs, 8) == 0;
	}
	if (s->landed == ledger_landed(s->ledger))
		return;
	s->landed = ledger_landed(s->ledger);
	simworld_decided(s);
}
