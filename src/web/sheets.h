/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /api/registers/NAME/import: somebody's sheet as the body, looked at by the station; it stays
 * in DIR/incoming for an hour, and …/import/apply writes what was looked at and nothing else: the
 * same bytes, with the same effect. One thread. */
#ifndef VX_WEB_SHEETS_H
#define VX_WEB_SHEETS_H

#include <jansson.h>
#include <stddef.h>

struct request;
struct web;

/* The route's steps. 200: the command register.import's answer, and "sheet", by which it can be
 * applied, unless nothing of it can be or need be. */
void sheets_begin(struct request *r);
void sheets_body(struct request *r, const char *data, size_t len);
void sheets_look(struct request *r);
void sheets_looked(struct request *r, json_t *body);

/* {"sheet", "sha256", "effect"}, as they were told to the same account. */
void sheets_apply(struct request *r);
void sheets_applied(struct request *r, json_t *body);

/* The request has gone: what nobody was told of goes too. */
void sheets_forsake(struct request *r);

/* All of them. */
void sheets_drop(struct web *w);

#endif
