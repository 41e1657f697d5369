/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many days of recordings there are, in a line for people. */
#ifndef VX_CLI_KEPTLINE_H
#define VX_CLI_KEPTLINE_H

#include "base/buf.h"

#include <jansson.h>

/* keep: as keeping_json (station/keeping.h) gives it. Appends one line with its newline. */
void keptline_add(const json_t *keep, struct buf *out);

#endif
