/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing what is said about a bulletin; its sound never changes. */
#ifndef VX_STATION_EDIT_H
#define VX_STATION_EDIT_H

#include "base/bulletin.h"
#include "station/commands.h"

/* The entry that puts the request's words (as in bulletin.add; those not named stay) in place of
 * those of b:
 *
 * * bulletin.edited, of b itself, while b waits, or when b is approved and the new words only make
 *   it air less (bulletin_narrows): the approval covers that.
 * * bulletin.received otherwise: a new version of the same sound, which waits for approval, while
 *   what was approved goes on airing under the words that were approved. Also of one that was
 *   refused or withdrawn, which so asks again.
 *
 * The caller's; NULL with e->kind ERR_NONE: nothing would change; NULL + err. */
json_t *edit_entry(struct request *rq, const struct bulletin *b, struct err *e);

#endif
