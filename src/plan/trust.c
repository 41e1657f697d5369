/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/trust.h"

#include "base/must.h"

struct wall trust_floor(bool has_entry, struct wall last_entry)
{
	struct wall built = {TRUST_BUILT_S * NS_PER_S};

	return has_entry && last_entry.ns > built.ns ? last_entry : built;
}

enum trust trust_judge(struct wall now, struct wall floor, bool synced)
{
	/* Even a synchronised clock: a time server can be wrong, the log is ours. */
	if (now.ns < floor.ns - TRUST_SLACK_NS)
		return TRUST_BEFORE;
	if (synced)
		return TRUST_SYNCED;
	return now.ns - TRUST_AHEAD_NS > floor.ns ? TRUST_TOO_FAR : TRUST_LIKELY;
}

bool trust_enough(enum trust trust)
{
	return trust == TRUST_SYNCED || trust == TRUST_LIKELY;
}

enum saying trust_saying(enum trust trust)
{
	static const enum saying sayings[] = {
		[TRUST_SYNCED] = SAYING_CLOCK_SYNCED, [TRUST_LIKELY] = SAYING_CLOCK_LIKELY,
		[TRUST_BEFORE] = SAYING_CLOCK_BEFORE, [TRUST_TOO_FAR] = SAYING_CLOCK_TOO_FAR,
	};

	must(trust < sizeof(sayings) / sizeof(sayings[0]));
	return sayings[trust];
}
