/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verifies what those outside left beside the log against what the log tells of them: who takes
 * their words away, or spoils them, is named. */
#ifndef VX_STATION_SEEN_H
#define VX_STATION_SEEN_H

#include "proof/verify.h"

/* After verify_logs, of entries that are right. In a station's folder the settings hold the keys of
 * its witnesses; a pack has none, and their lines count for who brings a key (verify_cosigner). */
void seen_verify(const struct verify *v, bool pack, struct verdict *verdict);

#endif
