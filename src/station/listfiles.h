/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of seeds/ as the log knows them: every change is an entry with the SHA-256 of each, and
 * the text is kept, so that an old report can be explained. */
#ifndef VX_STATION_LISTFILES_H
#define VX_STATION_LISTFILES_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct desk;

/* Writes catalogue.changed if the files are not those that the log last named, and keeps their
 * texts. who changed them, "" when nobody said. A station that never kept any has no entry. */
bool listfiles_note(struct desk *d, const char *who, struct err *e);

/* Of names, sizes and times of the files. */
uint64_t listfiles_stamp(const char *dir);

/* Once a second, with what the last call left in *stamp: notes what somebody changed by hand. */
void listfiles_poll(struct desk *d, uint64_t *stamp);

#endif
