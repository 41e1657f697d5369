/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/relayfault.h"

#include "base/must.h"

#define FIRST_STATUS 40 /* of RELAY_ENDED */

const char *relay_fault_code(enum relay_fault f)
{
	static const char *const codes[] = {
#define X(name, code) code,
		RELAY_FAULTS(X)
#undef X
	};

	must(f < RELAY_FAULT_COUNT);
	return codes[f];
}

int relay_fault_status(enum relay_fault f)
{
	must(f < RELAY_FAULT_COUNT);
	return f == RELAY_NONE ? 0 : FIRST_STATUS + (int)f - 1;
}

enum relay_fault relay_fault_of(int status)
{
	if (status == 0)
		return RELAY_NONE;
	if (status < FIRST_STATUS || status >= FIRST_STATUS + RELAY_FAULT_COUNT - 1)
		return RELAY_CRASHED;
	return (enum relay_fault)(status - FIRST_STATUS + 1);
}
