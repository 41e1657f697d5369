/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `vangxa check` asks the machine: device, clock, disk, folder. */
#ifndef VX_STATION_MACHINE_H
#define VX_STATION_MACHINE_H

#include "plan/faults.h"
#include "plan/settings.h"

/* Adds a fault for each thing of the machine that would keep a bulletin from being heard or proven:
 * a device that is not there, a clock that nobody disciplines or that is wrong, a full disk, a
 * folder that cannot be written. Starts a child process to list devices. */
void machine_check(const char *dir, const struct settings *s, struct faults *faults);

#endif
