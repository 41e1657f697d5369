/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the catalogue and of deadlines; as those of proof/entry.h. */
#ifndef VX_PROOF_ENTRY_LISTS_H
#define VX_PROOF_ENTRY_LISTS_H

#include "proof/entry.h"

#define KIND_LISTS "catalogue.changed"
#define KIND_DEADLINE "deadline.marked"

/* The lists of seeds/ as they are from now on: all files that the station keeps. kept: their texts
 * are (station/versions.h). who: "" when nobody said. */
json_t *entry_lists_changed(const struct entry_file *files, int count, bool kept, const char *who);

/* What was due on that last day was handed in with a document ("12/BC-UBND") on a day; or, with
 * taken_back, was not, for a reason. The newest for a deadline and day counts. */
json_t *entry_deadline_marked(const char *deadline, struct date due, const char *document,
			      struct date on, bool taken_back, const char *reason,
			      const char *who);

#endif
