/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a day's list, or one airing, as pages show it. */
#ifndef VX_STATION_LINE_H
#define VX_STATION_LINE_H

#include "base/civil.h"
#include "proof/reader.h"

#include <jansson.h>

/* A row of the log with all its members (proof/row.h), and: airing (its id), length_s, title (a
 * sound file bears its slot's name), kind "bulletin" | "file" | "slot", and fate: row_fate, or
 * "waiting" of what is promised and its time has not come. The caller's. */
json_t *line_row(const struct airing_row *r, struct wall now, const struct tz *tz);

/* What a list shows of a line, without members that say nothing: a busy day has hundreds of lines,
 * and a telephone asks for them anew with each airing. Takes the line; the caller's. */
json_t *line_brief(json_t *line);

#endif
