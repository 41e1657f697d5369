/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catching up: the view is opened or made anew, and brought to the end of the log. */
#ifndef VX_PROOF_CATCHUP_H
#define VX_PROOF_CATCHUP_H

#include "proof/chain.h"
#include "proof/view.h"

/* Whether a view belongs to this log is asked by the hashes of the first entry and of the last one
 * it has: a restored copy of either shows at once. One thread; path: NUL-terminated, ":memory:" for
 * none. *v is NULL when false is returned. */

/* The view that is there, which may stay behind (a full disk) and is then tried again; one that is
 * damaged, of another log or ahead of it is thrown away and made anew. */
bool catchup_open(struct view **v, const char *path, struct chain *c, struct err *e);

/* A new one; the path must be free. */
bool catchup_make(struct view **v, const char *path, struct chain *c, struct err *e);

/* Applies what the view has not. False + err: the rest waits, what is applied is committed. */
bool catchup_run(struct view *v, struct chain *c, struct err *e);

#endif
