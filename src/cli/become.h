/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs beside this one, whose libraries no other process of the station shall load. */
#ifndef VX_CLI_BECOME_H
#define VX_CLI_BECOME_H

#include "base/err.h"

#include <stdbool.h>

/* Becomes the program `name`, which stands beside this one or where `make install` puts what people
 * do not call, with argv as it is: people find in `ps` what they called. Returns only when it is
 * not there: false. purpose: what it is for, as a reader would say. */
bool become_with(const char *name, char *const argv[], const char *purpose, struct err *e);

/* The same with the arguments args (NULL-ended, without the name); 1 when it is not there, and has
 * told so. */
int become(const char *name, char *const args[], const char *purpose);

#endif
