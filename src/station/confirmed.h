/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody has allowed for one time of the night does not hold for another: files that were
 * changed are held against those in force. */
#ifndef VX_STATION_CONFIRMED_H
#define VX_STATION_CONFIRMED_H

#include "base/err.h"
#include "station/world.h"

/* Adds to the faults of `files`, in both languages. */
void confirmed_check(struct world_files *files, const struct world_files *before);

/* The same against what the station in this folder had in force last, whether it runs or not. Where
 * nothing is kept there is nothing to hold them against. */
void confirmed_check_kept(struct world_files *files, const char *dir);

#endif
