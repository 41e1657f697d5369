/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of airings from their entries; for view_apply. */
#ifndef VX_PROOF_VIEW_AIRING_H
#define VX_PROOF_VIEW_AIRING_H

#include "proof/view.h"

#include <jansson.h>

/* The row of entry n, of its kind; o: the entry, all of whose members may be missing. */
bool view_airing_intended(struct view *v, int64_t n, const json_t *o, struct err *e);
bool view_airing_missed(struct view *v, int64_t n, const json_t *o, struct err *e);
bool view_airing_ended(struct view *v, int64_t n, const json_t *o, struct err *e);
bool view_airing_checked(struct view *v, int64_t n, const json_t *o, struct err *e);

/* An outcome's row takes the place of its intent's, whatever that was; so an intent waits for it,
 * as long as no other entry or question looks at its row. Settle: those that wait get their rows.
 * Forget: they get none. Outcome: that of intent n has come, by whatever way its row is written;
 * whether it waited. */
bool view_airing_settle(struct view *v, struct err *e);
void view_airing_forget(struct view *v);
bool view_airing_outcome(struct view *v, int64_t n);

/* Entries [from_n, to_n] were corrected: airings whose clock was off belong to the day on which
 * they were. */
bool view_airing_count_anew(struct view *v, int64_t from_n, int64_t to_n, struct err *e);

#endif
