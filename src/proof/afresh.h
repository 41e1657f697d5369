/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes outward as evidence is read from the log: the entries of the period are applied once
 * more to a view of their own. The one that lies beside the log is quick and bears no signature;
 * whoever can write to its file could make a report say anything. */
#ifndef VX_PROOF_AFRESH_H
#define VX_PROOF_AFRESH_H

#include "base/err.h"
#include "base/moment.h"
#include "proof/reader.h"
#include "sys/disk.h"

/* Of what is planned, or was said, in [from, to). The view's rows of that time are held against the
 * new ones: ERR_DIFFERS names the first that is not the same. *made, which stands where the view
 * stood, gives the rows (reader_close); of other times it has some and not all. d: of DIR, whose
 * log somebody may be writing. Not while have is held. */
bool afresh_make(struct view **made, struct view *have, struct disk *d, struct wall from,
		 struct wall to, struct err *e);

/* The row of one airing, read from the log, and to each the entries on its bulletin (bulletin.*,
 * by their numbers) up to the airing; they are the view's too, else ERR_DIFFERS. */
bool afresh_airing(struct view *have, struct disk *d, const char *id, struct airing_row *r,
		   bool (*each)(const struct event_row *said, void *arg), void *arg,
		   struct err *e);

#endif
