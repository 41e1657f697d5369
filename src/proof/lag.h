/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a view that somebody reads beside the station is as new as the log. */
#ifndef VX_PROOF_LAG_H
#define VX_PROOF_LAG_H

#include "sys/disk.h"

#include <stdint.h>

struct view;

/* How many entries stand in the log's files behind the first `have`; 0 too when they cannot be
 * read. Needs no lock: what is being written at this moment may be counted or not. */
int64_t lag_behind(struct disk *d, int64_t have);

/* For commands that read DIR/view.sqlite: a sentence on stderr if the view lacks entries, as it
 * does while a full disk keeps the station from writing to it. An entry on its way is waited for,
 * half a second at most. */
void lag_warn(const char *dir, struct view *v);

#endif
