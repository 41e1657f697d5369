/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may approve what, and which entry that makes. */
#ifndef VX_STATION_APPROVAL_H
#define VX_STATION_APPROVAL_H

#include "base/bulletin.h"
#include "station/commands.h"

/* The entry of this approval: bulletin.approved, or bulletin.endorsed for the first of two persons
 * (station.yaml, approval: {persons: 2}). The caller's; NULL + err. What the request must say:
 *
 * * "sha256": the master that was heard; an account must, somebody at the machine may.
 * * "revision": the words that were read, as the bulletin tells it; may be left out.
 * * "document": a number, if station.yaml asks for one.
 *
 * Two persons are two accounts, neither of them the sender. Somebody at the machine ("uid:1000")
 * counts as one person, whoever sits there.
 *
 * With one person, an account approves what it has sent itself only if approval_own_allowed; the
 * entry then says "own": true. */
json_t *approval_entry(struct request *rq, const struct bulletin *b, struct err *e);

/* May whoever asks approve what they have sent? If station.yaml says so (approval: {own: true}), or
 * if no other enabled account may approve: a commune of one person must not be stuck. The rules
 * that we know name only the commune's leadership. */
bool approval_own_allowed(struct request *rq);

/* What to tell when station.yaml asks for two persons and fewer enabled accounts may approve: then
 * nothing can be approved over the page. NULL: all is well, or it cannot be known. The caller's. */
json_t *approval_short(struct users *u, const struct settings *s);

/* False + err with a sentence that says in which state the bulletin is. */
bool approval_wrong_state(const struct bulletin *b, struct err *e);

#endif
