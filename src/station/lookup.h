/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One airing looked up: whoever asks is shown what the log says of it (proof/afresh.h). A bulletin
 * that airs for years makes that a long way through the log, and so aside: the station's thread has
 * a timetable to keep. */
#ifndef VX_STATION_LOOKUP_H
#define VX_STATION_LOOKUP_H

#include "proof/reader.h"
#include "station/commands.h"

/* {"airing", "decisions", "people", "recording"} will be the answer. row: as the view has it, which
 * the asker may see. */
bool lookup_begin(struct request *rq, const struct airing_row *row, json_t *reply, struct err *e);

#endif
