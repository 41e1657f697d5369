/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk of a simulated station hangs, and lets go again. */
#ifndef VX_TESTS_SIM_SIMDISK_H
#define VX_TESTS_SIM_SIMDISK_H

#include "simstation.h"

/* Now and then, more often while something is on air, for a moment or for minutes; for some of them
 * with its signer dead in the end. */
void simdisk_hang(struct simstation *s);

/* Before each step: it works again when its time has come. As the desk does: what got into the log
 * late counts from then on. */
void simdisk_look(struct simstation *s);

#endif
