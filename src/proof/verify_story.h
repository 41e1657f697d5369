/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what the entries tell fits together: each intent has one outcome, what aired had been
 * approved as the bytes that it was, levels of proof are claimed with what they rest on; and the
 * files that they name are there as named. */
#ifndef VX_PROOF_VERIFY_STORY_H
#define VX_PROOF_VERIFY_STORY_H

#include "proof/verify.h"
#include "proof/view.h"

/* One pass through all entries; some bytes of memory for each bulletin, two bits for each entry,
 * and some bytes for each airing. */
void verify_story(const struct verify *v, bool running, struct verdict *verdict);

/* The same of logs without a damaged entry, in one pass with verify_view_make of an empty view:
 * each entry is read once. False + err: the view could not be made. */
bool verify_story_view(const struct verify *v, bool running, int64_t to, struct view **made,
		       struct verdict *verdict, struct err *e);

/* Hashes masters, originals and recordings that the view (of all entries, see verify_view) names.
 * dir: the station's folder. What the log says is gone is not looked for. */
bool verify_sound(struct view *made, const char *dir, struct verdict *verdict, struct err *e);

/* Whether recordings that are gone were removed for cause and while nobody held them, and each
 * airing's recording is closed, told to be gone, or there still, and begins in it before its end.
 * The same view and folder; dir NULL: of a pack, which need not hold what was being written. */
bool verify_kept(struct view *made, const char *dir, struct verdict *verdict, struct err *e);

#endif
