/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a bulletin (all that a person said about it, not its sound) in an entry of the log:
 * title, level, language, sort (its kind), fund, programmes, slots, from, to. */
#ifndef VX_PROOF_WORDING_H
#define VX_PROOF_WORDING_H

#include "base/bulletin.h"

#include <jansson.h>

/* Adds them to an entry. */
void wording_add(json_t *entry, const struct bulletin *b);

/* Takes them from one; what it does not have, or what does not fit, is unset. The rest of b
 * stays. */
void wording_take(const json_t *entry, struct bulletin *b);

/* {"title": …}: of the words of `was` those that `is` has otherwise; the caller's. */
json_t *wording_changes(const struct bulletin *was, const struct bulletin *is);

#endif
