/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that is made while it is sent: what comes over a connection of the station's goes out to
 * whoever asked, as fast as he takes it, and nothing of it is kept here. */
#ifndef VX_WEB_CARRY_H
#define VX_WEB_CARRY_H

#include "base/buf.h"

#include <jansson.h>

struct carry;
struct request;

/* GET: asks the station (api_ask), and takes the question back if whoever asked leaves; HEAD asks
 * nobody. */
void carry_answer(struct request *r);

/* For route->carry: the file that follows is the response, named as the reply's "file" says, of its
 * "type" and as long as its "bytes"; without these it is a zip file of a length that nobody knows.
 * fd and rest are taken over. What ends before that, or without a zip file's end, breaks the
 * connection, so that no browser takes half a file for a whole one. */
void carry_file(struct request *r, const json_t *reply, int fd, struct buf *rest);

/* The request has gone before its response. */
void carry_forsake(struct carry *c);

#endif
