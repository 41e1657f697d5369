/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole log into an empty view: indexes of its large tables are sorted together in the end
 * instead of being kept in order entry by entry. */
#ifndef VX_PROOF_VIEW_BULK_H
#define VX_PROOF_VIEW_BULK_H

#include "base/buf.h"
#include "proof/view.h"

/* Takes them away, except what applying itself asks; *indexes: the SQL that brings them back, for
 * view_bulk_end, which empties it. While no transaction is open, of a view that is nobody else's:
 * without view_bulk_end, or if that fails, it is to be thrown away. */
bool view_bulk_begin(struct view *v, struct buf *indexes, struct err *e);
bool view_bulk_end(struct view *v, struct buf *indexes, struct err *e);

#endif
