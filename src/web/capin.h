/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /api/cap: a signed CAP message is handed to the station as it came. */
#ifndef VX_WEB_CAPIN_H
#define VX_WEB_CAPIN_H

#include <stddef.h>

struct request;

/* Only the head is there: one that says it is too long is refused before it is sent. */
void capin_begin(struct request *r);

void capin_body(struct request *r, const char *data, size_t len);
void capin_answer(struct request *r);

#endif
