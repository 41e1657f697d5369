/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/ownkind.h"

#include "proof/alarm.h"
#include "proof/entry.h"

#include <string.h>

/* Not timetable.changed, which a command writes for a file that it saved; nor witness.seen, of a
 * word that may have come long before. */
static const char *const kinds[] = {
	KIND_STARTED,	      KIND_STOPPED,	    KIND_RECOVERED,	  KIND_CLOCK_STEPPED,
	KIND_SLEPT,	      KIND_OWED,	    KIND_ACCOUNTED,	  KIND_CLOCK_CORRECTED,
	KIND_DEVICE_LOST,     KIND_DEVICE_BACK,	    KIND_RELAY_LOST,	  KIND_RELAY_BACK,
	KIND_RELAY_LEVEL,     KIND_DISK_LOW,	    KIND_DISK_STALLED,	  KIND_KEPT,
	KIND_BROKEN,	      KIND_DROPPED,	    KIND_JOINED,	  KIND_AIR_SILENT,
	KIND_RELAY_BED,	      KIND_INTENDED,
	KIND_ENDED,	      KIND_MISSED,	    KIND_CHECKED,	  KIND_TEST_INTENDED,
	KIND_TEST_ENDED,      KIND_TEST_MISSED,	    KIND_RECORDING,	  KIND_REMOVED,
	KIND_EMERGENCY_RAISED, KIND_EMERGENCY_CHANGED, KIND_EMERGENCY_UNREAD,
	KIND_EMERGENCY_ENDED, KIND_CAP_RECEIVED,    KIND_PREFLIGHT,	  KIND_RECORDING_BEGUN,
};

bool ownkind_has(const char *kind, size_t len)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strlen(kinds[i]) == len && memcmp(kinds[i], kind, len) == 0)
			return true;
	return false;
}
