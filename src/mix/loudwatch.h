/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listens to a source that nobody has measured before: does it sound at all, and how loud. */
#ifndef VX_MIX_LOUDWATCH_H
#define VX_MIX_LOUDWATCH_H

#include <stdbool.h>
#include <stdint.h>

struct loudwatch;

struct loudwatch *loudwatch_create(void);
void loudwatch_destroy(struct loudwatch *w);

/* Mono, 48 kHz. Returns how many frames from the end of these the last one lies that can be heard
 * (0: the end itself), −1 when none can: within 100 ms nothing is above RELAY_SILENT_DB. */
int64_t loudwatch_put(struct loudwatch *w, const float *samples, int64_t frames);

/* Loudness in LUFS of about the last half minute in which something was heard; −INFINITY when that
 * is not known yet. */
double loudwatch_lufs(const struct loudwatch *w);

#endif
