/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the station answers, on its way over a thin line: compressed, and not sent twice. */
#ifndef VX_WEB_PACKED_H
#define VX_WEB_PACKED_H

#include <jansson.h>

struct request;

/* Answers a GET with this JSON (takes the reference): 304 where the asker has it already (ETag),
 * compressed where that is worth it and the asker takes gzip. Nothing is kept by caches all the
 * same: a page that wants to ask with If-None-Match keeps the tag and the answer itself. */
void packed_answer(struct request *r, json_t *body);

#endif
