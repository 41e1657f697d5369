/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came with the program: its catalogue, and what else lies beside that. */
#ifndef VX_CLI_SHIPPED_H
#define VX_CLI_SHIPPED_H

#include "base/limits.h"

/* The folder in which seeds/ lies: PREFIX/share/vangxa of an installed program, the sources' own of
 * one in build/NAME. Found from the program itself, as the page is. */
void shipped_dir(char out[static PATH_BYTES]);

#endif
