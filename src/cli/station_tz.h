/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's settings and its local time, for commands that print or read times. */
#ifndef VX_CLI_STATION_TZ_H
#define VX_CLI_STATION_TZ_H

#include "base/civil.h"
#include "base/err.h"
#include "plan/settings.h"

/* The settings of DIR/station.yaml; NULL when there are none that can be read. free() them. */
struct settings *station_settings(const char *data);

/* The zone of DIR/station.yaml; Asia/Ho_Chi_Minh when there is no such file or it has a fault:
 * commands that only read must work on a folder whose settings are broken. */
bool station_tz(struct tz *tz, const char *data, struct err *e);

#endif
