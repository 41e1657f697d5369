/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time zones from the system's database, as tables for the pure code above. */
#ifndef VX_SYS_TZ_H
#define VX_SYS_TZ_H

#include "base/civil.h"
#include "base/err.h"

/* Fills the table for a zone name such as "Asia/Ho_Chi_Minh", 1970 to 2100. Goes through libc
 * (TZ + localtime_r), which knows every format of the database; call it before threads start.
 * ERR_NOT_FOUND for a name that the database does not have. */
bool tz_load(struct tz *tz, const char *name, struct err *e);

#endif
