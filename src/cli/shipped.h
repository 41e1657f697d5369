/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came with the program: its catalogue, its page, the other programs. Found from the program
 * itself and not from the folder it was started in, so that any PREFIX works and nobody's web/dist
 * is served by accident. */
#ifndef VX_CLI_SHIPPED_H
#define VX_CLI_SHIPPED_H

#include "base/limits.h"

/* The folder in which this very program lies, without a slash at its end. */
void shipped_program_dir(char out[static PATH_BYTES / 2]);

/* The folder in which seeds/ lies: PREFIX/share/vangxa of an installed program (make install), the
 * sources' own of one in build/NAME. */
void shipped_dir(char out[static PATH_BYTES]);

/* The page's folder: PREFIX/share/vangxa/www or web/dist (make page). */
void shipped_www(char out[static PATH_BYTES]);

#endif
