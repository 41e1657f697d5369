/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `vangxa check` asks the machine: device, clock, disk, folder. */
#ifndef VX_STATION_MACHINE_H
#define VX_STATION_MACHINE_H

#include "plan/faults.h"
#include "plan/settings.h"
#include "station/world.h"

/* Adds a fault for each thing of the machine that would keep a bulletin from being heard or proven:
 * a device that is not there, a clock that nobody disciplines or that is wrong, a full disk, a
 * folder that cannot be written. Starts a child process to list devices. */
void machine_check(const char *dir, const struct settings *s, struct faults *faults);

/* Adds a warning for each bulletin that may still air, today or later, and whose master is not
 * there or cannot be opened: its airings would be missed. */
void machine_check_masters(const char *dir, const struct world *w, struct wall now,
			   struct faults *faults);

#endif
