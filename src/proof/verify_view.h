/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds the SQLite view against the log: the tables are made anew from the entries, in a file that
 * has no name and vanishes, and compared row by row. */
#ifndef VX_PROOF_VERIFY_VIEW_H
#define VX_PROOF_VERIFY_VIEW_H

#include "proof/verify.h"
#include "proof/view.h"

/* path: of view.sqlite; if it is not there, that is a note. *made: the view of all entries, the
 * caller's (view_close), for what else asks it. False + err: it could not be made (no room for
 * it). */
bool verify_view(const struct verify *v, const char *path, struct verdict *verdict,
		 struct view **made, struct err *e);

/* The view of the entries below `to`, without one to compare it with: made if *made is NULL, else
 * gone on with. *made is the caller's either way. */
bool verify_view_make(const struct verify *v, int64_t to, struct view **made, struct err *e);

/* The same of a view in which nothing is yet (NULL: none is yet), in one pass with who wants to see
 * each entry of the log, those from `to` on, too. o: what json_read makes of it. */
bool verify_view_along(const struct verify *v, int64_t to, struct view **made,
		       void (*each)(int64_t n, const json_t *o, void *arg), void *arg,
		       struct err *e);

#endif
