/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file as the answer to a request: this process has the connection of whoever asked the station
 * as its standard output, and says one line as the station would, then the file. It is whole
 * before its first byte goes out: what went wrong on the way is an answer too. */
#ifndef VX_CLI_ANSWER_H
#define VX_CLI_ANSWER_H

#include "base/err.h"

#include <stdbool.h>
#include <stdio.h>

/* An unnamed file to write it to, NULL + err. The caller's until answer_give. */
FILE *answer_begin(struct err *e);

/* id: the request's, as JSON. ok false: err is the answer. Closes the file (NULL: there is none).
 * Returns the process's exit status, 0 when the answer went out whole, be it an error. */
int answer_give(const char *id, FILE *file, bool ok, const char *name, const char *type,
		const struct err *err);

#endif
