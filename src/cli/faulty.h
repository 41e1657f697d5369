/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Word to whoever works with timetables of which some cannot be read. */
#ifndef VX_CLI_FAULTY_H
#define VX_CLI_FAULTY_H

#include "plan/faults.h"

#include <stdio.h>

/* One line to `to` that names the files with errors and the command that lists them. Returns how
 * many files that are: 0, and no line, when all timetables are whole. `data`: the station's
 * folder. */
int faulty_tell(const struct faults *f, const char *data, FILE *to);

#endif
