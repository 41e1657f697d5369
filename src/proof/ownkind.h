/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Own kinds: entries that only a station at work writes. */
#ifndef VX_PROOF_OWNKIND_H
#define VX_PROOF_OWNKIND_H

#include <stdbool.h>
#include <stddef.h>

/* Whether an entry of this kind (so many bytes, no final NUL) shows that the station ran when it
 * was written: no command writes one into the log of a station that is off, and neither does the
 * log itself when it is opened. Pure; any thread. */
bool ownkind_has(const char *kind, size_t len);

#endif
