/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies in a station's folder and should be told of though no entry is contradicted by it. */
#ifndef VX_PROOF_VERIFY_STRANGE_H
#define VX_PROOF_VERIFY_STRANGE_H

#include "base/moment.h"
#include "proof/verdict.h"
#include "proof/verify.h"
#include "proof/view.h"

/* A note of files under dir/aircheck that no entry names, in a view of all entries (verify_view).
 * running: what was written within the last minute may be named by an entry that was not read. */
bool verify_unknown(struct view *made, const char *dir, bool running, struct wall now,
		    struct verdict *verdict, struct err *e);

/* A note where the station's own copies of its signed heads (proof/heads.h) are gone, or cannot be
 * read, or are older than the log: by them nothing shows then that its end was cut off. */
void verify_copies(const struct verify *v, struct verdict *verdict);

#endif
