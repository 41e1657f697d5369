/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs beside this one, whose libraries no other process of the station shall load. */
#ifndef VX_CLI_BECOME_H
#define VX_CLI_BECOME_H

/* Becomes the program `name`, which stands beside this one or where `make install` puts what people
 * do not call, with the arguments args (NULL-ended, without the name). Returns only when it is not
 * there: 1, and has told so; purpose: what it is for, as a reader would say. */
int become(const char *name, char *const args[], const char *purpose);

#endif
