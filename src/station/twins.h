/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a bulletin is here already, so that nothing is aired and paid for twice unnoticed. */
#ifndef VX_STATION_TWINS_H
#define VX_STATION_TWINS_H

#include "base/bulletin.h"
#include "base/civil.h"
#include "base/warnings.h"

struct likeness;
struct view;

/* Adds a finding if an earlier bulletin is like this one: of the same file, else of the same sound
 * (its master has the same bytes: the file was only renamed, tagged or packed anew), else it sounds
 * the same (as likeness_look found), else of the same title and to a second the same length. The
 * nearest of those is told, and of several the newest. A view that cannot be asked tells
 * nothing. */
void twins_tell(struct view *view, const struct bulletin *b, const char *original_sha256,
		const struct likeness *like, const struct tz *tz, struct warnings *w);

#endif
