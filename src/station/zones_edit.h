/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The zones of station.yaml as a form changes them: added, renamed, wired otherwise, taken out.
 * Pure. */
#ifndef VX_STATION_ZONES_EDIT_H
#define VX_STATION_ZONES_EDIT_H

#include "base/err.h"
#include "plan/settings.h"
#include "plan/timetable.h"
#include "plan/yamledit.h"

#include <jansson.h>
#include <stdbool.h>

/* Makes the list what `rows` say: [{"was": the name that it has now, "" for a new one; "name",
 * "device", "channel"; "microphone", "" none, or left out: as it is}], all texts. A zone that no
 * row was is taken out; where the stream is a zone that gets another name, it follows. The order of
 * those that stay is the file's. False + err: ERR_USAGE for rows that are none, ERR_REFUSED as
 * yamledit. */
bool zones_edit(struct yamledit *ed, const json_t *rows, struct err *e);

/* The names of the slots that name this zone (those that play in all zones do not), each once. A
 * new reference. */
json_t *zones_named_by(const struct schedule *schedule, int zone);

#endif
